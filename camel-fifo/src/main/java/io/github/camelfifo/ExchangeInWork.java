package io.github.camelfifo;

/**
 * Whether a consumer has an exchange in work: never more than one, whatever has become of the pump that it came from. It is
 * begun by the pump whose turn it is, and ended by whatever thread is done with it; any thread may ask.
 */
final class ExchangeInWork {

    /** Or a pump looks for one to begin. */
    private volatile boolean inWork;

    /** Published by that. */
    private int begun;
    /** The number of the last one that was told of. */
    private volatile int told;
    /** Whether another one is to begin after this one. */
    private volatile boolean awaited;

    /** How many have been begun, with turns in which there was none to begin. */
    int begun() {
        // what was begun is published by this
        boolean unused = inWork;
        return begun;
    }

    boolean isThere() {
        return inWork;
    }

    /**
     * Begins the next one, but not before the last one has ended that was in work when the consumer was stopped and started
     * again. The pumps of one start take turns, and those of the last one do not ask.
     *
     * @return false when {@link #end} will tell that it has
     */
    boolean mayBegin() {
        if (inWork) {
            awaited = true;
            if (inWork) {
                return false;
            }
        }
        begun++;
        inWork = true;
        return true;
    }

    /** Ends it; gives whether another one has been put off meanwhile. */
    boolean end() {
        inWork = false;
        boolean another = awaited;
        if (another) {
            awaited = false;
        }
        return another;
    }

    /** Whether there is one that was not told of yet, which it is by this. */
    boolean tellOnce() {
        boolean tells = inWork && begun != told;
        if (tells) {
            told = begun;
        }
        return tells;
    }
}
