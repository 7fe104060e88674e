package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;

/**
 * A thousand FIFOs with more to do than there are workers: each gives way to others in the middle of what it has read. They
 * are small: of the usual size, a user may have 1,024 (fs.pipe-user-pages-soft), and other tests need some.
 */
class ManyPipesTest extends FifoTestSupport {

    private static final int PIPES = 1_000;
    private static final int WORKERS = 8;
    /** Enough, with what each takes, to use up a pipe's turn at least once. */
    private static final int LINES = 30;

    private static final int NANOS_EACH = 500_000;

    private final Received[] all = new Received[PIPES];
    private final AtomicInteger inMidBuffer = new AtomicInteger();
    private final AtomicInteger mostInMidBuffer = new AtomicInteger();

    private void startRoutes(Processor onOddPipes) throws Exception {
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(WORKERS);
        context.getShutdownStrategy().setTimeout(60);
        // a thousand routes' beans take longer than all the rest
        context.disableJMX();
        routes(routes -> {
            for (int i = 0; i < PIPES; i++) {
                all[i] = new Received();
                var route = routes.from(uri(folder.path("in" + i), "pipeCapacity=4k"))
                        .process(this::work);
                if (i % 2 != 0) {
                    route.process(onOddPipes);
                }
                route.process(all[i]);
            }
        });
        context.start();
    }

    private void work(Exchange exchange) {
        long sequence = exchange.getMessage().getHeader(FifoConstants.SEQUENCE, Long.class);
        if (sequence == 1) {
            mostInMidBuffer.accumulateAndGet(inMidBuffer.incrementAndGet(), Math::max);
        } else if (sequence == LINES) {
            inMidBuffer.decrementAndGet();
        }
        LockSupport.parkNanos(NANOS_EACH);
    }

    /** Each FIFO is written to once, and its writer goes: nothing comes that could push on what hangs. */
    private void writeOnce() throws Exception {
        String lines = Received.lines(LINES);
        for (int i = 0; i < PIPES; i++) {
            write(folder.path("in" + i), lines);
        }
    }

    private void expectAll() {
        for (Received each : all) {
            each.awaitNumbers(LINES);
        }
        assertThat(mostInMidBuffer).as("pipes that had begun and given way").hasValueGreaterThan(2 * WORKERS);
    }

    /** Every other route answers some of its exchanges on another thread. */
    @Test
    void aThousandPipesWithFewWorkersLoseNothingAndHangNowhere() throws Exception {
        ExecutorService others = Executors.newFixedThreadPool(2);
        closing(others::shutdownNow);
        startRoutes(new SometimesLater(others));

        writeOnce();
        expectAll();
    }

    @Test
    void aThousandPipesThatAreFullOfLinesStopLosslessly() throws Exception {
        startRoutes(exchange -> {});

        writeOnce();
        context.stop();

        for (Received each : all) {
            assertThat(each.count()).isEqualTo(LINES);
        }
        expectAll();
    }

    /** Answers most exchanges at once and some on another thread. */
    private static final class SometimesLater extends AsyncProcessorSupport {

        private final ExecutorService others;

        SometimesLater(ExecutorService others) {
            this.others = others;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            long sequence = exchange.getMessage().getHeader(FifoConstants.SEQUENCE, Long.class);
            if (sequence % 10 != 0) {
                callback.done(true);
                return true;
            }
            others.execute(() -> callback.done(false));
            return false;
        }
    }
}
