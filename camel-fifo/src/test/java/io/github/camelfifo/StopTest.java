package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.apache.camel.ShutdownRoute;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written before stop is processed when stop returns, and no more, whatever stops and whatever is behind. */
class StopTest extends FifoTestSupport {

    private static final int LINES = 1_000;
    private static final int FEWER = 300;

    private final Received received = new Received();
    private final Received behind = new Received();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    /** Work that takes its time, as a database's answer does. */
    static void takes(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private RouteDefinition slowRoute(org.apache.camel.builder.RouteBuilder routes) {
        return routes.from(uri(fifo))
                .routeId("in")
                .process(exchange -> takes(2))
                .process(received);
    }

    private void stopRoute() throws Exception {
        context.getRouteController().stopRoute("in");
    }

    private void startRoute() throws Exception {
        context.getRouteController().startRoute("in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:behind", "seda:behind?size=5000"})
    void whenTheContextStopsAllThatWasWrittenIsProcessed(String next) throws Exception {
        start(routes -> {
            slowRoute(routes).to(next);
            routes.from(next).process(behind);
        });
        write(fifo, Received.lines(LINES));

        context.stop();

        assertThat(behind.count()).isEqualTo(LINES);
        behind.assertNumbers(LINES);
        received.assertNothingMore(LINES);
        assertThat(behind.count()).isEqualTo(LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:behind", "seda:behind?size=5000"})
    void whenTheRouteStopsAllThatWasWrittenIsProcessed(String next) throws Exception {
        start(routes -> {
            slowRoute(routes).to(next);
            routes.from(next).process(behind);
        });
        write(fifo, Received.lines(LINES));

        stopRoute();

        assertThat(received.count()).isEqualTo(LINES);
        if (next.startsWith("direct:")) {
            behind.assertNumbers(LINES);
        }
        behind.awaitNumbers(LINES);
        received.assertNothingMore(LINES);
        assertThat(context.getRouteController().getRouteStatus("in")).isEqualTo(ServiceStatus.Stopped);
    }

    @Test
    void whenTheContextStopsAllThatWasWrittenIsProcessedThoughTheWriterIsStillThere() throws Exception {
        start(routes -> slowRoute(routes));
        PipeEnd writer = writer(fifo);
        writer.write(Received.lines(FEWER));

        context.stop();

        assertThat(received.count()).isEqualTo(FEWER);
        received.assertNumbers(FEWER);
    }

    @Test
    void whenTheRouteStopsAllThatWasWrittenIsProcessedThoughTheWriterIsStillThere() throws Exception {
        start(routes -> slowRoute(routes));
        PipeEnd writer = writer(fifo);
        writer.write(Received.lines(FEWER));

        stopRoute();

        assertThat(received.count()).isEqualTo(FEWER);
        received.assertNumbers(FEWER);
    }

    @Test
    void whatIsWrittenAfterTheRoutesStopWaitsForItsNextStart() throws Exception {
        start(routes -> slowRoute(routes));
        PipeEnd writer = writer(fifo);
        PipeEnd holder = reader(fifo);
        writer.write("1\n2\n");
        stopRoute();
        received.assertNumbers(2);
        writer.write("3\n4\n");
        received.assertNothingMore(2);

        startRoute();
        received.awaitNumbers(4);
        assertThat(holder.unread()).isZero();
    }

    @ParameterizedTest
    @EnumSource(ShutdownRoute.class)
    void everyShutdownRouteIsLossless(ShutdownRoute shutdownRoute) throws Exception {
        start(routes -> {
            slowRoute(routes).shutdownRoute(shutdownRoute).to("direct:behind");
            routes.from("direct:behind").process(behind);
        });
        write(fifo, Received.lines(FEWER));

        context.stop();

        assertThat(behind.count()).isEqualTo(FEWER);
        behind.assertNumbers(FEWER);
    }

    @ParameterizedTest
    @EnumSource(ShutdownRunningTask.class)
    void everyShutdownRunningTaskIsLossless(ShutdownRunningTask task) throws Exception {
        start(routes -> slowRoute(routes).shutdownRunningTask(task));
        write(fifo, Received.lines(FEWER));

        context.stop();

        assertThat(received.count()).isEqualTo(FEWER);
        received.assertNumbers(FEWER);
    }

    /** The second FIFO's consumer goes on to what was there when stop was called; what came later is accounted for. */
    @Test
    void whatTheRouteWritesIntoAnotherFifoIsProcessedOrLogged() throws Exception {
        LogCapture log = new LogCapture();
        Path second = folder.fifo("second");
        start(routes -> {
            slowRoute(routes).to(uri(second));
            routes.from(uri(second)).routeId("second").process(behind);
        });
        write(fifo, Received.lines(FEWER));
        behind.awaitCount(1);

        context.stop();

        received.assertNumbers(FEWER);
        behind.assertNumbers(behind.count());
        int lost =
                Received.lines(FEWER).length() - Received.lines(behind.count()).length();
        assertThat(lost == 0
                        || !log.lines("WARN", lost + " bytes", second.toString())
                                .isEmpty())
                .as("%d bytes lost; logged: %s", lost, log.lines("WARN"))
                .isTrue();
    }

    @Test
    void aRouteThatIsStoppedAndStartedManyTimesGoesOn() throws Exception {
        start(routes -> routes.from(uri(fifo)).routeId("in").process(received));
        for (int i = 1; i <= 100; i++) {
            write(fifo, i + "\n");
            stopRoute();
            received.assertNumbers(i);
            startRoute();
        }
    }

    @Test
    void aRouteThatIsRemovedAndAddedAgainGoesOn() throws Exception {
        start(routes -> routes.from(uri(fifo)).routeId("in").process(received));
        for (int i = 1; i <= 20; i++) {
            write(fifo, i + "\n");
            stopRoute();
            assertThat(context.removeRoute("in")).isTrue();
            received.assertNumbers(i);
            routes(routes -> routes.from(uri(fifo)).routeId("in").process(received));
        }
    }

    @Test
    void theContextIsSuspendedAndResumed() throws Exception {
        start(routes -> routes.from(uri(fifo)).routeId("in").process(received));
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        received.awaitNumbers(1);
        context.suspend();
        writer.write("2\n3\n");
        received.assertNothingMore(1);

        context.resume();
        received.awaitNumbers(3);
    }

    @Test
    void theContextIsStoppedAndStartedAgain() throws Exception {
        start(routes -> {
            routes.from(uri(fifo)).routeId("in").process(received);
            routes.from("direct:out").to(uri(fifo));
        });
        for (int i = 1; i <= 3; i++) {
            context.createProducerTemplate().sendBody("direct:out", String.valueOf(i));
            context.stop();
            received.assertNumbers(i);
            context.start();
        }
    }

    /** Lines are there before the consumer is; the route behind is started after it. */
    @Test
    void nothingIsReadBeforeTheContextHasStarted() throws Exception {
        reader(fifo);
        writer(fifo).write("1\n2\n3\n");

        start(routes -> {
            routes.from(uri(fifo)).startupOrder(1).to("direct:late");
            routes.from("direct:late").startupOrder(2).process(received);
        });

        received.awaitNumbers(3);
    }

    @Test
    void stopWaitsForTheExchangeInWork() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        start(routes -> routes.from(uri(fifo))
                .routeId("in")
                .process(exchange -> {
                    begun.countDown();
                    takes(500);
                })
                .process(received));
        write(fifo, "1\n");
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        stopRoute();

        received.assertNumbers(1);
    }

    @Test
    void stopIsQuickOnceAllIsProcessed() throws Exception {
        start(routes -> routes.from(uri(fifo)).routeId("in").process(received));
        List<Long> stops = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            PipeEnd writer = writer(fifo);
            writer.write("line\n");
            received.awaitCount(i);
            await().until(() -> context.getInflightRepository().size() == 0);
            stops.add(millis(this::stopRoute));
            assertThat(context.getRouteController().getRouteStatus("in").isStopped())
                    .isTrue();
            startRoute();
        }

        // Camel looks again after a second where an exchange has not quite ended
        assertThat(stops.stream().sorted().toList().get(2)).isLessThan(900);
    }
}
