package io.github.camelfifo.internal.pump;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a pump is to do, as {@link FlowControl} keeps it: pause, flow, or drain up to a target. Each drain is an object of its
 * own, so that the end of one drain never counts for another.
 */
final class PumpMode {

    /** Nothing is read, and no further message is begun. */
    static final PumpMode PAUSED = new PumpMode(0, false);
    /** Everything that comes is delivered. */
    static final PumpMode FLOWING = new PumpMode(Long.MAX_VALUE, false);

    /** A stop waits a second at most for a pipe that cannot be read. */
    private static final int MOST_FAILURES = (int) (1_000 / FlowControl.RETRY_MILLIS);

    /** Camel asks again only after a second once it was told that something is left. */
    private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final long target;
    private final boolean endAtTarget;
    private final long beganNanos = System.nanoTime();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    /** The owner's. */
    private int failures;

    /**
     * A drain.
     *
     * @param target the position to read up to
     * @param endAtTarget whether to deliver an unfinished frame too, when the pipe runs empty in the middle of it
     */
    PumpMode(long target, boolean endAtTarget) {
        this.target = target;
        this.endAtTarget = endAtTarget;
    }

    boolean isDrain() {
        return this != PAUSED && this != FLOWING;
    }

    boolean endsAtTarget() {
        return endAtTarget;
    }

    /** How many bytes are missing to the target; 0 or less where it is reached. */
    long missingFrom(long position) {
        return target - position;
    }

    /** Reading has failed once more. */
    boolean hasFailedTooOften() {
        return ++failures >= MOST_FAILURES;
    }

    void end() {
        if (isDrain()) {
            done.complete(null);
        }
    }

    /** Is done when this drain is. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Whether this is a drain with something left to do; one that has just begun gets a moment to find out. */
    boolean isDrainPending() {
        if (!isDrain()) {
            return false;
        }
        long left = beganNanos + FIRST_LOOK_NANOS - System.nanoTime();
        try {
            done.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !done.isDone();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
