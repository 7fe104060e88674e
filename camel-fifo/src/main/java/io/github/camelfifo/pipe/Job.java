package io.github.camelfifo.pipe;

/**
 * Work that a {@link PipeEngine} runs on its workers: a {@link PipeTask}, or an action without a state, which any
 * worker may take at any time.
 */
abstract class Job {

    /** {@return whether this never runs the user's code and never waits; then it runs even if the workers are busy} */
    protected boolean isBrief() {
        return false;
    }

    /** Runs this on a worker that took it from a queue. */
    abstract void runFromQueue(Worker worker);

    /** Runs a waiting job on a worker, after an event; if the job has an owner, the owner looks again. */
    void takeAndRun(Worker worker) {
        runFromQueue(worker);
    }

    /** Takes a waiting job for a queue, until {@link #runFromQueue}; false when it is taken or need not run. */
    boolean takeForQueue() {
        return true;
    }

    /** For assertions only: without them, the owner is not noted. */
    boolean isOwnedByCurrentThread() {
        return true;
    }
}
