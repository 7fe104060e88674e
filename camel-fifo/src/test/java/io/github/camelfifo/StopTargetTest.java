package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ShutdownRunningTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stop processes what is in the pipe when it is called, to the byte, and what comes later stays whole in the kernel. */
class StopTargetTest extends FifoTestSupport {

    private static final int BEFORE = 20;

    private final Received received = new Received();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ExecutorService stopper = Executors.newSingleThreadExecutor();
    private PipeEnd writer;
    /** Keeps what the consumer leaves in the pipe. */
    private PipeEnd holder;

    /** What is stopped. */
    enum Stopped {
        ROUTE,
        CONTEXT
    }

    @BeforeEach
    void startRouteThatWaitsAtTheGate() throws Exception {
        Path fifo = folder.fifo("in");
        closing(stopper::shutdownNow);
        start(routes -> routes.from(uri(fifo, "chunkSize=16"))
                .routeId("in")
                .process(exchange -> gate.await())
                .process(received));
        closing(gate::countDown);
        holder = reader(fifo);
        writer = writer(fifo);
    }

    /** Returns when the target has been taken, with the stop still on its way. */
    private Future<?> stopLater(Stopped what) {
        FifoConsumer consumer = (FifoConsumer) context.getRoute("in").getConsumer();
        Future<?> stop = stopper.submit(() -> {
            if (what == Stopped.CONTEXT) {
                context.stop();
            } else {
                context.getRouteController().stopRoute("in");
            }
            return null;
        });
        // a context's stop drains at once; a route's stop suspends the consumer first
        await().until(() ->
                what == Stopped.CONTEXT ? consumer.getPendingExchangesSize() == 1 : consumer.isSuspendingOrSuspended());
        return stop;
    }

    private void openTheGateAndAwait(Future<?> stop) throws Exception {
        gate.countDown();
        stop.get(30, TimeUnit.SECONDS);
    }

    private String leftInThePipe() throws Exception {
        return new String(holder.read(holder.unread()), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenWhileTheConsumerDrainsStaysInThePipe(Stopped what) throws Exception {
        writer.write(Received.lines(BEFORE));
        Future<?> stop = stopLater(what);
        writer.write("late 1\nlate 2\n");

        openTheGateAndAwait(stop);

        received.assertNumbers(BEFORE);
        assertThat(leftInThePipe()).isEqualTo("late 1\nlate 2\n");
    }

    @ParameterizedTest
    @EnumSource
    void aLineThatIsBegunByThenIsReadExactlyToItsEnd(Stopped what) throws Exception {
        writer.write(Received.lines(BEFORE) + "begun, ");
        Future<?> stop = stopLater(what);
        writer.write("ended\nlate 1\nlate 2\n");

        openTheGateAndAwait(stop);

        assertThat(received.lines()).hasSize(BEFORE + 1).endsWith("begun, ended");
        assertThat(received.frames()).noneMatch(Received.Frame::isMarkedIncomplete);
        assertThat(leftInThePipe()).isEqualTo("late 1\nlate 2\n");
    }

    /** A route policy does so when one of the exchanges ends that are drained. */
    @Test
    void aConsumerThatIsResumedWhileItDrainsStopsAllTheSame() throws Exception {
        FifoConsumer consumer = (FifoConsumer) context.getRoute("in").getConsumer();
        writer.write(Received.lines(BEFORE));
        consumer.deferShutdown(ShutdownRunningTask.CompleteCurrentTaskOnly);
        consumer.suspend();
        Thread draining = new Thread(() -> consumer.prepareShutdown(false, false));
        draining.start();
        await().until(() -> draining.getState() == Thread.State.WAITING);

        consumer.resume();
        writer.write("late 1\nlate 2\n");
        gate.countDown();

        draining.join(30_000);
        assertThat(draining.isAlive()).isFalse();
        received.assertNumbers(BEFORE);
        assertThat(leftInThePipe()).isEqualTo("late 1\nlate 2\n");
    }

    @ParameterizedTest
    @EnumSource
    void stopDoesNotWaitForTheRestOfALineWhoseWriterIsThere(Stopped what) throws Exception {
        writer.write("1\n2\nbegun");
        Future<?> stop = stopLater(what);
        gate.countDown();

        assertThat(millis(() -> stop.get(30, TimeUnit.SECONDS))).isLessThan(5_000);
        assertThat(received.lines()).startsWith("1", "2");
        assertThat(holder.unread()).isZero();
    }
}
