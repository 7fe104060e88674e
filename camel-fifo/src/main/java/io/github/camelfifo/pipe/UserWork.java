package io.github.camelfifo.pipe;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Runs the user's code on the engine's workers. That code may wait for whatever it likes, for other pipes of this engine
 * too. A limited number of workers does such work at once; there is one worker more than that, so one is always left for
 * what is brief: writers, time limits, paths, polls.
 *
 * <ul>
 * <li>A job that begins something waits until one of those workers is free.
 * <li>What goes on with something that was begun ({@link #carryOn}) may be what one of those workers waits for. It gets a
 * thread in any case: a {@link SpareThreads spare} one where all of them are taken.
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
    /** In the state QUEUED, in the order in which they came. */
    private final Queue<Job> waiting = new ConcurrentLinkedQueue<>();
    /** The worker that this thread is; null on every other thread, be it another engine's worker. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Worker> current = new ThreadLocal<>();

    /** At most so many workers at once; {@code queue} has a worker look at a job. */
    UserWork(int most, SpareThreads spare, Consumer<Job> queue, Consumer<Throwable> errorHandler) {
        this.free = new Semaphore(most);
        this.spare = spare;
        this.queue = queue;
        this.errorHandler = errorHandler;
    }

    /** The calling thread is this worker from now on. */
    void begins(Worker worker) {
        current.set(worker);
    }

    /** Whether a job waits for a worker. */
    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** An event has come for a job: runs it, or has it wait if it is not brief. */
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

    /** Runs a job that stood in the run queue, or has it wait if it is not brief. */
    void runFromQueue(Worker worker, Job job) {
        if (job.isBrief()) {
            job.runFromQueue(worker);
        } else {
            waiting.add(job);
            runWaiting(worker);
        }
    }

    /**
     * Goes on with what was begun: here, where this thread may run the user's code, and otherwise on a thread that may.
     * What the action throws is reported.
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

    /** Looks at the queue again after it gave the worker back: a job that found no worker was in the queue before that. */
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
