package io.github.camelfifo.pipe;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The threads of a {@link PipeEngine}. At least one of them waits whenever that is possible: when the last waiting
 * worker takes work, another one is started, up to the limit. A worker that waits for a minute without work ends, but
 * only if another one still waits; compare-and-set on the number of waiting workers ensures this.
 */
final class WorkerPool {

    /** The work of the threads. */
    interface Duty {

        /** Makes a new thread's own memory; {@code othersWait} tells whether other threads wait for work. */
        Worker worker(BooleanSupplier othersWait);

        /** Waits for work; false when the time is over. Many threads wait at once. */
        boolean await(Worker worker, int timeoutMillis) throws Exception;

        /** Does the work that {@link #await} found. */
        void perform(Worker worker) throws Exception;
    }

    private static final int IDLE_MILLIS = 60_000;
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_AT_STOP_MILLIS = 5_000;

    private final ThreadFactory factory;
    private final int maxSize;
    private final Duty duty;
    private final Runnable whenLastHasLeft;
    private final Consumer<Throwable> errorHandler;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Guarded by this. */
    private final Set<Thread> threads = new HashSet<>();
    /** Whether the last attempt to start a thread has failed; guarded by this. */
    private boolean startingFails;
    /** Written under this lock. */
    private volatile int size;

    private volatile boolean stopping;

    WorkerPool(
            ThreadFactory factory, int maxSize, Duty duty, Runnable whenLastHasLeft, Consumer<Throwable> errorHandler) {
        this.factory = factory;
        this.maxSize = maxSize;
        this.duty = duty;
        this.whenLastHasLeft = whenLastHasLeft;
        this.errorHandler = errorHandler;
    }

    int size() {
        return size;
    }

    boolean hasWaiting() {
        return waiting.get() > 0;
    }

    void ensureOne() {
        if (size == 0) {
            startOne();
        }
    }

    /** From now on workers end after their work; {@code wake} ends the waiting of all workers, for good. */
    synchronized void stop(Runnable wake) {
        // before the wake-up: otherwise workers could wait again until this thread goes on
        stopping = true;
        wake.run();
        if (size == 0) {
            whenLastHasLeft.run();
        }
    }

    /** Waits for the workers to end, except the calling one, and interrupts slow ones. */
    synchronized void awaitStop() {
        int self = threads.contains(Thread.currentThread()) ? 1 : 0;
        boolean interrupted = !awaitSize(self);
        if (size > self) {
            threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
            interrupted |= !awaitSize(self);
        }
        if (size > self) {
            errorHandler.accept(new IllegalStateException(
                    (size - self) + " worker threads did not end, because their routes still wait"));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when the waiting thread was interrupted. */
    private synchronized boolean awaitSize(int wanted) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_AT_STOP_MILLIS);
        try {
            long left = deadline - System.nanoTime();
            while (size > wanted && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = deadline - System.nanoTime();
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private synchronized void startOne() {
        if (stopping || size >= maxSize) {
            return;
        }
        Thread thread = null;
        try {
            thread = factory.newThread(this::runWorker);
            size++;
            threads.add(thread);
            thread.start();
            startingFails = false;
        } catch (Throwable e) {
            // null when there is no memory for another thread: the others go on
            if (thread != null) {
                left(thread);
            }
            if (!startingFails) {
                startingFails = true;
                errorHandler.accept(e);
            }
        }
    }

    private synchronized void left(Thread thread) {
        threads.remove(thread);
        size--;
        if (size == 0 && stopping) {
            whenLastHasLeft.run();
        }
        notifyAll();
    }

    private void runWorker() {
        try (Worker worker = duty.worker(this::hasWaiting)) {
            while (awaitWork(worker)) {
                perform(worker);
            }
        } finally {
            left(Thread.currentThread());
        }
        // A worker that took work meanwhile found no free place. Not after a failure, because the next start would fail
        // too.
        if (!hasWaiting()) {
            startOne();
        }
    }

    private boolean awaitWork(Worker worker) {
        waiting.incrementAndGet();
        while (!stopping) {
            if (await(worker)) {
                if (waiting.decrementAndGet() == 0) {
                    startOne();
                }
                return true;
            }
            int seen = waiting.get();
            if (seen > 1 && waiting.compareAndSet(seen, seen - 1)) {
                return false;
            }
        }
        return false;
    }

    private boolean await(Worker worker) {
        try {
            return duty.await(worker, IDLE_MILLIS);
        } catch (Throwable e) {
            errorHandler.accept(e);
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            return false;
        }
    }

    private void perform(Worker worker) {
        try {
            duty.perform(worker);
        } catch (Throwable e) {
            errorHandler.accept(e);
        }
    }
}
