package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When Camel's time for a stop has run out, nothing further is begun, and what is left is accounted for. */
class ForcedStopTest extends FifoTestSupport {

    private final Received begun = new Received();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private Path fifo;

    @BeforeEach
    void startRoute() throws Exception {
        fifo = folder.fifo("in");
        start(routes -> {
            routes.from(uri(fifo)).routeId("in").process(begun).process(this::waitAtTheGate);
            routes.from("direct:other").routeId("other").to("log:other");
        });
        closing(gate::countDown);
    }

    private void waitAtTheGate(Exchange exchange) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            interrupted.set(true);
            Thread.currentThread().interrupt();
        }
    }

    /** Not after a whole second: Camel looks once a second, and one that finds its time over just then stops all the same. */
    private boolean isStoppedInTime() throws Exception {
        return context.getRouteController().stopRoute("in", 1_500, TimeUnit.MILLISECONDS, true);
    }

    private void writeThreeLines() throws Exception {
        write(fifo, "1\n22\n333\n");
        begun.awaitCount(1);
    }

    @Test
    void theContextsTimeoutInterruptsTheExchangeInWorkAndBeginsNoOther() throws Exception {
        LogCapture log = new LogCapture();
        writeThreeLines();
        context.getShutdownStrategy().setTimeout(1);

        assertThat(millis(context::stop)).isBetween(900L, 10_000L);

        await().untilTrue(interrupted);
        begun.assertNothingMore(1);
        await().untilAsserted(
                        () -> assertThat(log.lines("7 bytes", fifo.toString())).isNotEmpty());
    }

    @Test
    void theRoutesTimeoutInterruptsTheExchangeInWorkAndBeginsNoOther() throws Exception {
        LogCapture log = new LogCapture();
        writeThreeLines();

        long millis = millis(() -> context.getRouteController().stopRoute("in", 1, TimeUnit.SECONDS));

        assertThat(millis).isBetween(900L, 10_000L);
        await().untilTrue(interrupted);
        begun.assertNothingMore(1);
        await().untilAsserted(
                        () -> assertThat(log.lines("7 bytes", fifo.toString())).isNotEmpty());
    }

    @Test
    void aRouteWhoseStopTimedOutCanBeStartedAgain() throws Exception {
        writeThreeLines();
        context.getRouteController().stopRoute("in", 1, TimeUnit.SECONDS);
        gate.countDown();
        // Camel's shutdown goes on in its only thread where it was interrupted, and would stop what is started
        // meanwhile
        context.getRouteController().stopRoute("other");
        int count = begun.count();

        context.getRouteController().startRoute("in");
        write(fifo, "again\n");

        await().until(() -> begun.lines().contains("again"));
        assertThat(begun.count()).isBetween(count + 1, count + 3);
    }

    @Test
    void aShutdownThatWasGivenUpLeavesAConsumerAloneThatWasStartedAgain() throws Exception {
        gate.countDown();
        FifoConsumer consumer = (FifoConsumer) context.getRoute("in").getConsumer();

        Thread givenUp = new Thread(() -> {
            Thread.currentThread().interrupt();
            consumer.prepareShutdown(false, false);
        });
        givenUp.start();
        givenUp.join();

        write(fifo, "1\n");
        begun.awaitLines("1");
    }

    @Test
    void aStopThatIsGivenUpAfterItsTimeoutLeavesTheRouteRunning() throws Exception {
        writeThreeLines();

        assertThat(isStoppedInTime()).isFalse();
        gate.countDown();
        begun.awaitLines("1", "22", "333");
        assertThat(interrupted).isFalse();
        write(fifo, "4\n");
        begun.awaitLines("1", "22", "333", "4");
    }

    @Test
    void aStopThatIsGivenUpCanBeTriedAgain() throws Exception {
        writeThreeLines();
        assertThat(isStoppedInTime()).isFalse();
        gate.countDown();

        context.getRouteController().stopRoute("in");

        assertThat(begun.lines()).containsExactly("1", "22", "333");
        assertThat(context.getRouteController().getRouteStatus("in").isStopped())
                .isTrue();
    }
}
