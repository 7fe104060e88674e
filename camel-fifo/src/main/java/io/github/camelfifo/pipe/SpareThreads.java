package io.github.camelfifo.pipe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads of {@link UserWork} for actions that must not wait for a worker, because the worker may wait for them. There
 * is one thread, and one more each time none becomes free for some milliseconds while an action waits: so many quick
 * actions share one thread, and actions that wait for each other get as many as they need. Idle threads end.
 * Thread-safe.
 */
final class SpareThreads implements AutoCloseable {

    private static final long STALLED_MILLIS = 5;
    private static final long IDLE_SECONDS = 10;
    private static final long PATIENCE_AT_STOP_MILLIS = 5_000;

    private final ScheduledExecutorService timer;
    private final ThreadPoolExecutor threads;
    private final AtomicLong begun = new AtomicLong();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private boolean watched;

    /** The timer notices that no thread becomes free. */
    SpareThreads(ThreadFactory factory, ScheduledExecutorService timer) {
        this.timer = timer;
        threads = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
        // run it even after the engine was closed: somebody may wait for this action
        threads.setRejectedExecutionHandler((action, closed) -> action.run());
    }

    /** Runs an action soon; in the calling thread once this is closed. */
    void execute(Runnable action) {
        threads.execute(() -> run(action));
        watch();
    }

    private void run(Runnable action) {
        begun.incrementAndGet();
        running.add(Thread.currentThread());
        try {
            action.run();
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    private synchronized void watch() {
        if (!watched && !threads.getQueue().isEmpty()) {
            watched = true;
            long seen = begun.get();
            var unused = timer.schedule(() -> look(seen), STALLED_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look(long begunBefore) {
        synchronized (this) {
            watched = false;
        }
        if (threads.getQueue().isEmpty()) {
            threads.setCorePoolSize(1);
            threads.setMaximumPoolSize(1);
        } else if (begun.get() == begunBefore) {
            int more = Math.max(threads.getCorePoolSize(), threads.getPoolSize()) + 1;
            threads.setMaximumPoolSize(more);
            threads.setCorePoolSize(more);
        }
        watch();
    }

    /** Waits for the threads, except the calling one, and interrupts slow ones. */
    @Override
    public void close() {
        threads.shutdown();
        if (running.contains(Thread.currentThread())) {
            return;
        }
        try {
            if (!threads.awaitTermination(PATIENCE_AT_STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                endNow();
            }
        } catch (InterruptedException e) {
            endNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the remaining actions here, because somebody may wait for them. */
    private void endNow() {
        threads.shutdownNow().forEach(Runnable::run);
    }
}
