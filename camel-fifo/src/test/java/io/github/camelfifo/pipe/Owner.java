package io.github.camelfifo.pipe;

import io.github.camelfifo.testing.Soon;

/** Lets a test do what only the owner of a task may do. */
final class Owner {

    /** What to do. */
    @FunctionalInterface
    interface Action<T, E extends Exception> {
        T run() throws E;
    }

    /** Likewise, without a result. */
    @FunctionalInterface
    interface Step<E extends Exception> {
        void run() throws E;
    }

    private Owner() {}

    /** Waits until nobody owns the task, nor has asked for it to be run. */
    static <T, E extends Exception> T get(PipeTask task, Action<T, E> action) throws E {
        while (!task.claimIfWaiting()) {
            Soon.letOthersRun();
        }
        try {
            return action.run();
        } finally {
            task.handOver(false);
        }
    }

    static <E extends Exception> void run(PipeTask task, Step<E> step) throws E {
        get(task, () -> {
            step.run();
            return null;
        });
    }
}
