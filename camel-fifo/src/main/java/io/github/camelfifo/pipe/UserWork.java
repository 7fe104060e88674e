package io.github.camelfifo.pipe;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Runs the user's code on the engine's workers, for {@link PipeEngine}. That code may wait for anything, also for other
 * pipes of this engine. A limited number of workers does such work at once; there is one worker more, so that one is
 * always left for brief jobs: writers, time limits, paths, polls.
 *
 * <ul>
 * <li>A job that begins new work waits until one of those workers is free.
 * <li>An action that continues begun work ({@link #carryOn}) never waits, because one of those workers may wait for it.
 * When all of them are busy, it gets a {@link SpareThreads spare} thread.
 * </ul>
 *
 * <p>
 * Thread-safe.
 */
final class UserWork implements AutoCloseable {

    private final Semaphore free;
    private final SpareThreads spare;
    private final Consumer<Job> queue;
    private final Consumer<Throwable> errorHandler;
    /** Jobs in the state QUEUED, in the order of arrival. */
    private final Queue<Job> waiting = new ConcurrentLinkedQueue<>();
    /** The worker of the current thread; null on all other threads, other engines' workers included. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Worker> current = new ThreadLocal<>();

    /** Uses at most {@code most} workers at once; {@code queue} has a worker look at a job. */
    UserWork(int most, SpareThreads spare, Consumer<Job> queue, Consumer<Throwable> errorHandler) {
        this.free = new Semaphore(most);
        this.spare = spare;
        this.queue = queue;
        this.errorHandler = errorHandler;
    }

    /** Says that the calling thread is this worker from now on. */
    void begins(Worker worker) {
        current.set(worker);
    }

    /** Whether a job waits for a worker. */
    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** After an event for a job: runs it, or lets it wait if it is not brief. */
    void runAfterEvent(Worker worker, Job job) {
        if (job.isBrief()) {
            job.takeAndRun(worker);
            return;
        }
        if (waiting.isEmpty() && take(worker)) {
            runAndGiveBack(worker, () -> job.takeAndRun(worker));
        } else if (job.takeForQueue()) {
            waiting.add(job);
        }
        runWaiting(worker);
    }

    /** Runs a job from the run queue, or lets it wait if it is not brief. */
    void runFromQueue(Worker worker, Job job) {
        if (job.isBrief()) {
            job.runFromQueue(worker);
        } else {
            waiting.add(job);
            runWaiting(worker);
        }
    }

    /**
     * Continues begun work: on this thread if it may run the user's code, otherwise on a thread that may. Reports what
     * the action throws.
     */
    void carryOn(Runnable action) {
        Worker worker = current.get();
        if (worker == null || worker.mayRunUserCode()) {
            run(action);
        } else if (take(worker)) {
            runAndGiveBack(worker, action);
            Job next = waiting.poll();
            if (next != null) {
                queue.accept(next);
            }
        } else {
            spare.execute(() -> run(action));
        }
    }

    /** Ends the spare threads; waits for them, and interrupts those that do not come back. */
    @Override
    public void close() {
        spare.close();
    }

    /**
     * Runs waiting jobs. Looks at the queue again after it gave the worker back, because a job that found no worker is
     * in the queue by then.
     */
    private void runWaiting(Worker worker) {
        while (!waiting.isEmpty() && take(worker)) {
            Job next = waiting.poll();
            runAndGiveBack(worker, () -> {
                if (next != null) {
                    next.runFromQueue(worker);
                }
            });
        }
    }

    private boolean take(Worker worker) {
        boolean taken = free.tryAcquire();
        if (taken) {
            worker.mayRunUserCode(true);
        }
        return taken;
    }

    private void runAndGiveBack(Worker worker, Runnable action) {
        try {
            run(action);
        } finally {
            worker.mayRunUserCode(false);
            free.release();
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            errorHandler.accept(e);
        }
    }
}
