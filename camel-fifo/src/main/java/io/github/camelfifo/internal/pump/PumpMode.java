package io.github.camelfifo.internal.pump;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Says what a pump does: pause, flow, or drain up to a target. {@link FlowControl} keeps it. Each drain is its own
 * object, so that the end of one drain never counts for another.
 */
final class PumpMode {

    /** Nothing is read, and no further message is begun. */
    static final PumpMode PAUSED = new PumpMode(0, false);
    /** Everything is delivered. */
    static final PumpMode FLOWING = new PumpMode(Long.MAX_VALUE, false);

    /** The pause after a failed read. */
    static final long RETRY_MILLIS = 100;

    /** A stop waits at most a second for a pipe that cannot be read. */
    private static final int MOST_FAILURES = (int) (1_000 / RETRY_MILLIS);

    /** Camel asks again only after a second when the answer was that something is left. */
    private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final long target;
    private final boolean endAtTarget;
    private final long beganNanos = System.nanoTime();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    /** Only the pump's owner uses this. */
    private int failures;

    /**
     * A drain.
     *
     * @param target the position to read up to
     * @param endAtTarget whether to deliver an unfinished frame too, if the pipe runs empty in its middle
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

    /** How many bytes are missing up to the target; 0 or less when it is reached. */
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

    /** Completes when this drain ends. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Whether this is a drain that is not done; waits a moment for a drain that has just begun. */
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
