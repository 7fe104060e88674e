package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultInflightRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Suspended, a consumer leaves what comes in the kernel's pipe, and keeps the pipe open. */
class SuspendTest extends FifoTestSupport {

    private static final int LINES = 1_000;

    private final Received received = new Received();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    private void startRoute(int millis) throws Exception {
        start(routes -> routes.from(uri(fifo))
                .routeId("in")
                .process(exchange -> StopTest.takes(millis))
                .process(received));
    }

    private void suspend() throws Exception {
        context.getRouteController().suspendRoute("in");
    }

    private int suspendAndCount() throws Exception {
        suspend();
        return received.count();
    }

    private void resume() throws Exception {
        context.getRouteController().resumeRoute("in");
    }

    @Test
    void suspendDrainsNothing() throws Exception {
        startRoute(20);
        write(fifo, Received.lines(LINES));
        received.awaitCount(1);

        int count = suspendAndCount();

        assertThat(count).isLessThan(LINES / 2);
        received.assertNothingMore(count);
    }

    @Test
    void whatCameInTheMeantimeIsDeliveredAfterResume() throws Exception {
        startRoute(2);
        write(fifo, Received.lines(LINES / 2));
        received.awaitCount(1);
        suspend();
        PipeEnd writer = writer(fifo);
        for (int i = LINES / 2 + 1; i <= LINES; i++) {
            writer.write(i + "\n");
        }

        resume();

        received.awaitNumbers(LINES);
    }

    @Test
    void bytesStayInThePipe() throws Exception {
        startRoute(0);
        suspend();
        PipeEnd writer = writer(fifo);
        writer.write("1\n2\n");

        received.assertNothingMore(0);
        assertThat(writer.unread()).isEqualTo(4);

        resume();
        received.awaitNumbers(2);
    }

    /** Camel itself does not know of it in that moment. */
    @Test
    void suspendWaitsForAFrameThatIsAboutToEnterTheRoute() throws Exception {
        CountDownLatch enters = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        closing(goesOn::countDown);
        context.setInflightRepository(new DefaultInflightRepository() {
            @Override
            public void add(Exchange exchange, String routeId) {
                enters.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.add(exchange, routeId);
            }
        });
        startRoute(0);
        write(fifo, "1\n2\n");
        enters.await();

        FutureTask<Void> suspension = new FutureTask<>(() -> {
            suspend();
            return null;
        });
        new Thread(suspension).start();
        await().during(Duration.ofMillis(500)).until(() -> !suspension.isDone());
        goesOn.countDown();
        suspension.get();

        assertThat(received.count()).isEqualTo(1);
        received.assertNothingMore(1);
    }

    @Test
    void aWriterOfMoreThanThePipeHoldsWaitsForResume() throws Exception {
        startRoute(0);
        suspend();
        ShellProcess writer = sh("seq 50000 > \"$1\"", fifo);
        await().during(Duration.ofMillis(500)).until(writer::isAlive);

        resume();

        writer.await();
        received.awaitNumbers(50_000);
    }

    @Test
    void suspendedAndResumedManyTimesNothingIsLost() throws Exception {
        startRoute(0);
        ShellProcess writer = sh("seq 50000 > \"$1\"", fifo);
        for (int i = 0; i < 12; i++) {
            suspend();
            resume();
        }

        writer.await();
        received.awaitNumbers(50_000);
    }

    @Test
    void whenASuspendedConsumerStopsNothingMoreIsProcessedAndTheBytesAreLogged() throws Exception {
        LogCapture log = new LogCapture();
        startRoute(0);
        suspend();
        writer(fifo).write("1\n22\n333\n");

        context.stop();

        assertThat(received.count()).isZero();
        received.assertNothingMore(0);
        assertThat(log.lines("9 bytes", fifo.toString())).isNotEmpty();
    }

    @Test
    void whenASuspendedRouteStopsNothingMoreIsProcessedAndTheBytesAreLogged() throws Exception {
        LogCapture log = new LogCapture();
        startRoute(20);
        write(fifo, Received.lines(LINES));
        received.awaitCount(1);
        int count = suspendAndCount();

        context.getRouteController().stopRoute("in");

        received.assertNothingMore(count);
        int left = Received.lines(LINES).length() - Received.lines(count).length();
        assertThat(log.lines(fifo.toString()))
                .as("some line, or lines, that account for %d bytes", left)
                .satisfies(lines -> assertThat(
                                lines.stream().mapToInt(SuspendTest::bytesIn).sum())
                        .isEqualTo(left));
    }

    @Test
    void aSuspendedRouteThatIsStoppedAndStartedFlowsAgain() throws Exception {
        startRoute(0);
        suspend();
        PipeEnd writer = writer(fifo);
        context.getRouteController().stopRoute("in");
        context.getRouteController().startRoute("in");
        writer.write("1\n");

        received.awaitNumbers(1);
    }

    @Test
    void aRouteThatIsSuspendedBeforeItsContextHasStartedReadsNothing() throws Exception {
        reader(fifo);
        writer(fifo).write("1\n");
        start(routes -> routes.from(uri(fifo)).routeId("in").autoStartup(false).process(received));
        received.assertNothingMore(0);

        context.getRouteController().startRoute("in");
        received.awaitNumbers(1);
    }

    /** The number before the first "bytes" of a log line. */
    private static int bytesIn(String line) {
        var matcher = java.util.regex.Pattern.compile("(\\d+) bytes").matcher(line);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
