package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens on one FIFO does not hold up another. */
class FairnessTest extends FifoTestSupport {

    /** What starves would wait for ever. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Received received = new Received();

    @Test
    void twentyFifosWithSleepingRoutesDoNotDelayATwentyFirst() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        closing(gate::countDown);
        AtomicInteger asleep = new AtomicInteger();
        Path quick = folder.fifo("quick");
        start(routes -> {
            for (int i = 0; i < 20; i++) {
                routes.from(uri(folder.path("sleeping" + i))).process(exchange -> {
                    asleep.incrementAndGet();
                    gate.await();
                });
            }
            routes.from(uri(quick)).process(received);
        });
        for (int i = 0; i < 20; i++) {
            write(folder.path("sleeping" + i), "1\n2\n3\n");
        }
        await().untilAtomic(asleep, org.hamcrest.Matchers.is(20));

        write(quick, "line\n");

        await().atMost(SOON).until(() -> received.count() == 1);
        assertThat(asleep).hasValue(20);
        gate.countDown();
        await().untilAtomic(asleep, org.hamcrest.Matchers.is(60));
    }

    @Test
    void aFloodedFifoDoesNotStarveAQuietOne() throws Exception {
        floodBeside(2);
    }

    @Test
    void aFloodedFifoDoesNotStarveAQuietOneEvenWithOneWorker() throws Exception {
        floodBeside(1);
    }

    private void floodBeside(int workers) throws Exception {
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(workers);
        Path flooded = folder.fifo("flooded");
        Path quiet = folder.fifo("quiet");
        AtomicInteger flood = new AtomicInteger();
        start(routes -> {
            routes.from(uri(flooded)).process(exchange -> flood.incrementAndGet());
            routes.from(uri(quiet)).process(received);
        });
        sh("exec yes > \"$1\"", flooded);
        await().until(() -> flood.get() > 1_000);

        PipeEnd writer = writer(quiet);
        for (int i = 1; i <= 20; i++) {
            writer.write(i + "\n");
            int expected = i;
            await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> received.count() == expected);
        }

        int before = flood.get();
        await("the flood goes on").until(() -> flood.get() > before);
    }

    /** More sleeping routes than workers: those that are left wait for a worker, and lose nothing. */
    @Test
    void moreSleepingRoutesThanWorkersOnlyWait() throws Exception {
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(3);
        CountDownLatch gate = new CountDownLatch(1);
        closing(gate::countDown);
        AtomicInteger asleep = new AtomicInteger();
        Received[] all = new Received[10];
        routes(routes -> {
            for (int i = 0; i < all.length; i++) {
                all[i] = new Received();
                routes.from(uri(folder.path("in" + i)))
                        .process(exchange -> {
                            asleep.incrementAndGet();
                            gate.await();
                        })
                        .process(all[i]);
            }
        });
        context.start();
        for (int i = 0; i < all.length; i++) {
            write(folder.path("in" + i), Received.lines(10));
        }
        await().untilAtomic(asleep, org.hamcrest.Matchers.is(3));
        await().during(Duration.ofMillis(300)).untilAtomic(asleep, org.hamcrest.Matchers.is(3));

        gate.countDown();

        for (Received each : all) {
            each.awaitNumbers(10);
        }
    }
}
