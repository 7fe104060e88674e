package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A consumer whose stop Camel gives up, while a route policy resumes it. */
class StopGivenUpTest extends FifoTestSupport {

    private final Received received = new Received();
    private final Semaphore gate = new Semaphore(0);
    private Path fifo;

    /** Pretends to stop, when told so: what asks is the consumer. */
    private static final class Context extends DefaultCamelContext {

        private volatile boolean pretendsToStop;

        @Override
        public boolean isStopping() {
            return pretendsToStop || super.isStopping();
        }
    }

    private final Context stopping = new Context();

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    private FifoConsumer start(DefaultCamelContext camel) throws Exception {
        closing(camel);
        closing(() -> gate.release(10_000));
        camel.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from(uri(fifo))
                        .routeId("in")
                        .process(exchange -> gate.acquire())
                        .process(received);
            }
        });
        camel.start();
        return (FifoConsumer) camel.getRoute("in").getConsumer();
    }

    /** A stop of the route that drains in its own thread. */
    private static Thread drain(FifoConsumer consumer) {
        Thread thread = new Thread(() -> consumer.prepareShutdown(false, false));
        thread.start();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    @RepeatedTest(30)
    void whoIsResumedJustWhenItsStopIsGivenUpFlows() throws Exception {
        FifoConsumer consumer = start(new DefaultCamelContext());
        write(fifo, "1\n2\n");
        await().until(() -> gate.hasQueuedThreads());
        boolean unused = consumer.deferShutdown(ShutdownRunningTask.CompleteCurrentTaskOnly);
        consumer.suspend();
        Thread draining = drain(consumer);
        CountDownLatch now = new CountDownLatch(1);
        Thread policy = new Thread(() -> {
            now.countDown();
            consumer.resume();
        });

        policy.start();
        now.await();
        draining.interrupt();
        policy.join(30_000);
        draining.join(30_000);
        gate.release(100);
        write(fifo, "3\n");

        received.awaitNumbers(3);
    }

    @Test
    void whoWasResumedDuringAStopThatWasGivenUpDoesNotFlowOnWhenTheNextOneIsGivenUpToo() throws Exception {
        FifoConsumer consumer = start(stopping);
        write(fifo, "1\n2\n");
        await().until(() -> gate.hasQueuedThreads());
        boolean unused = consumer.deferShutdown(ShutdownRunningTask.CompleteCurrentTaskOnly);
        consumer.suspend();
        Thread first = drain(consumer);
        consumer.resume();
        first.interrupt();
        first.join(30_000);
        write(fifo, "3\n");

        stopping.pretendsToStop = true;
        assertThat(consumer.deferShutdown(ShutdownRunningTask.CompleteCurrentTaskOnly))
                .isTrue();
        PipeEnd writer = writer(fifo);
        writer.write("4\n5\n");
        Thread second = drain(consumer);
        second.interrupt();
        second.join(30_000);
        gate.release(100);

        received.awaitNumbers(3);
        received.assertNothingMore(3);
        stopping.pretendsToStop = false;
    }
}
