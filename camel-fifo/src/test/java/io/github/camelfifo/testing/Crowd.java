package io.github.camelfifo.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several threads that do the same at the same time. */
public final class Crowd {

    private static final long PATIENCE_SECONDS = 120;

    private Crowd() {}

    /** What each one does. */
    @FunctionalInterface
    public interface Member {

        /**
         * Does it.
         *
         * @param number from 0
         */
        void act(int number) throws Exception;
    }

    /** Lets so many threads begin at once, waits for all of them, and throws what the first of them threw. */
    public static void run(int size, Member member) throws Exception {
        CyclicBarrier start = new CyclicBarrier(size);
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    start.await();
                    member.act(number);
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
