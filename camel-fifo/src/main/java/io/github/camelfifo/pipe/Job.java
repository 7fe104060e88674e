package io.github.camelfifo.pipe;

/**
 * What a {@link PipeEngine} runs on its workers: a {@link PipeTask}, or an action without a state, which can always be
 * taken.
 */
abstract class Job {

    /**
     * Whether this never runs the user's code and never waits. Then it runs although all workers are taken by jobs that do.
     *
     * @return false for a job that may take or wait as long as it likes
     */
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
