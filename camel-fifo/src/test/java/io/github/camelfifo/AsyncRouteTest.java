package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes that answer later, on another thread: still one exchange at a time, in order, and none hangs. */
class AsyncRouteTest extends FifoTestSupport {

    private static final int LINES = 30_000;

    private final Received received = new Received();
    private final AtomicInteger inWork = new AtomicInteger();
    private final AtomicInteger mostInWork = new AtomicInteger();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    private void enter(Exchange exchange) {
        mostInWork.accumulateAndGet(inWork.incrementAndGet(), Math::max);
        exchange.getExchangeExtension().addOnCompletion(new org.apache.camel.support.SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                inWork.decrementAndGet();
            }
        });
    }

    private void writeAndExpectAll() {
        sh("seq \"$2\" > \"$1\"", fifo, LINES).await();

        received.awaitNumbers(LINES);
        assertThat(mostInWork).hasValue(1);
    }

    @Test
    void threadsKeepTheOrder() throws Exception {
        start(routes -> routes.from(uri(fifo)).process(this::enter).threads(4).process(received));

        writeAndExpectAll();
    }

    @Test
    void aSedaThatAnswersKeepsTheOrder() throws Exception {
        start(routes -> {
            routes.from(uri(fifo)).process(this::enter).to(ExchangePattern.InOut, "seda:behind");
            routes.from("seda:behind?concurrentConsumers=4").process(received);
        });

        writeAndExpectAll();
    }

    enum Answer {
        ON_ANOTHER_THREAD,
        BEFORE_PROCESS_RETURNS,
        AT_ONCE,
        FROM_ANOTHER_THREAD_BEFORE_PROCESS_RETURNS,
        AT_RANDOM
    }

    @ParameterizedTest
    @EnumSource
    void anAsynchronousProcessorKeepsTheOrder(Answer answer) throws Exception {
        ExecutorService others = Executors.newFixedThreadPool(2);
        closing(others::shutdownNow);
        long seed = System.nanoTime();
        Answering processor = new Answering(answer, others, new Random(seed));
        System.out.println("AsyncRouteTest " + answer + ", seed " + seed);
        start(routes ->
                routes.from(uri(fifo)).process(this::enter).process(processor).process(received));

        writeAndExpectAll();
    }

    /** Ten FIFOs at once, so that pipes wait for workers while others answer. */
    @Test
    void manyFifosWithAsynchronousRoutesKeepTheirOrder() throws Exception {
        ExecutorService others = Executors.newFixedThreadPool(2);
        closing(others::shutdownNow);
        Received[] all = new Received[10];
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(2);
        routes(routes -> {
            for (int i = 0; i < all.length; i++) {
                all[i] = new Received();
                routes.from(uri(folder.path("in" + i)))
                        .process(new Answering(Answer.AT_RANDOM, others, new Random(i)))
                        .process(all[i]);
            }
        });
        context.start();

        sh("for i in 0 1 2 3 4 5 6 7 8 9; do seq 5000 > \"$1/in$i\" & done; wait", folder.path())
                .await();

        for (Received each : all) {
            each.awaitNumbers(5_000);
        }
    }

    @Test
    void whileAnAnswerIsDueNothingMoreIsReadAndWritersWait() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        closing(gate::countDown);
        start(routes -> routes.from(uri(fifo, "chunkSize=1k"))
                .process(received)
                .threads(1)
                .process(exchange -> gate.await()));
        PipeEnd writer = writer(fifo);
        writer.write("first\n");
        received.awaitCount(1);
        int held = writer.fill();
        ShellProcess waiting = sh("echo last > \"$1\"", fifo);

        await().during(Duration.ofMillis(300)).until(() -> writer.unread() == held && waiting.isAlive());
        gate.countDown();

        // the writer before it goes only now, or the consumer might see an end between the two
        waiting.await();
        writer.close();
        // what filled the pipe has no line's end of its own
        received.awaitCount(2);
        assertThat((String) received.frame(1).body()).hasSize(held + 4).endsWith("last");
    }

    /** As a route policy may do it. */
    @Test
    void aConsumerThatIsStoppedAndStartedWaitsForTheAnswerThatIsOnItsWay() throws Exception {
        BlockingQueue<AsyncCallback> due = new LinkedBlockingQueue<>();
        start(routes -> routes.from(uri(fifo))
                .routeId("in")
                .process(this::enter)
                .process(received)
                .process(new AsyncProcessorSupport() {
                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        due.add(callback);
                        return false;
                    }
                }));
        write(fifo, "1\n2\n");
        received.awaitCount(1);

        Consumer consumer = context.getRoute("in").getConsumer();
        consumer.stop();
        consumer.start();

        received.assertNothingMore(1);
        due.take().done(false);
        received.awaitNumbers(2);
        due.take().done(false);
        assertThat(mostInWork).hasValue(1);
    }

    @Test
    void stopWaitsForAnAnswerThatIsOnItsWay() throws Exception {
        start(routes -> routes.from(uri(fifo))
                .routeId("in")
                .threads(1)
                .process(exchange -> StopTest.takes(2))
                .process(received));
        write(fifo, Received.lines(500));

        context.getRouteController().stopRoute("in");

        assertThat(received.count()).isEqualTo(500);
        received.assertNumbers(500);
    }

    @Test
    void theContextsStopWaitsForAnAnswerThatIsOnItsWay() throws Exception {
        start(routes -> routes.from(uri(fifo))
                .threads(1)
                .process(exchange -> StopTest.takes(2))
                .process(received));
        write(fifo, Received.lines(500));

        context.stop();

        assertThat(received.count()).isEqualTo(500);
        received.assertNumbers(500);
    }

    /** Answers in one of the ways that {@link org.apache.camel.AsyncProcessor} allows. */
    private static final class Answering extends AsyncProcessorSupport {

        private static final List<Answer> CERTAIN = List.copyOf(EnumSet.complementOf(EnumSet.of(Answer.AT_RANDOM)));

        private final Answer answer;
        private final ExecutorService others;
        private final Random random;

        Answering(Answer answer, ExecutorService others, Random random) {
            this.answer = answer;
            this.others = others;
            this.random = random;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Answer now = answer == Answer.AT_RANDOM ? CERTAIN.get(random.nextInt(CERTAIN.size())) : answer;
            switch (now) {
                case AT_ONCE -> {
                    callback.done(true);
                    return true;
                }
                case BEFORE_PROCESS_RETURNS -> callback.done(false);
                case FROM_ANOTHER_THREAD_BEFORE_PROCESS_RETURNS -> {
                    var answered = others.submit(() -> callback.done(false));
                    while (!answered.isDone()) {
                        Thread.onSpinWait();
                    }
                }
                default -> others.execute(() -> callback.done(false));
            }
            return false;
        }
    }
}
