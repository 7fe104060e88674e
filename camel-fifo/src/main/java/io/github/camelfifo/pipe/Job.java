package io.github.camelfifo.pipe;

/**
 * What a {@link PipeEngine} runs on its workers: a {@link PipeTask}, or an action without a state, which can always be
 * taken.
 */
abstract class Job {

    /** {@return whether this never runs the user's code and never waits; then it runs although all workers are taken} */
    protected boolean isBrief() {
        return false;
    }

    /** On a worker that took this from a queue. */
    abstract void runFromQueue(Worker worker);

    /** On a worker, after an event: runs a job that waits; its owner looks again where there is one. */
    void takeAndRun(Worker worker) {
        runFromQueue(worker);
    }

    /** Takes a job that waits, to stand in a queue until {@link #runFromQueue}; false when it need not or is taken. */
    boolean takeForQueue() {
        return true;
    }

    /** For assertions alone: without them nobody notes the owner. */
    boolean isOwnedByCurrentThread() {
        return true;
    }
}
