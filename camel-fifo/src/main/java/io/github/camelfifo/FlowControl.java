package io.github.camelfifo;

import io.github.camelfifo.pipe.Intake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a pump may read and deliver, and how far: it is paused, flowing, or draining up to a target. Any thread may change
 * that; the pump's owner acts on what it finds. Paused when made.
 */
final class FlowControl implements Frames.Permit {

    /** What the pump is to do; each drain is one of its own, so that the end of one is never taken for that of another. */
    static final class Mode {

        private static final int MOST_FAILURES = (int) (1_000 / FramePump.RETRY_MILLIS);

        /** Nothing is read, and no further frame is begun. */
        static final Mode PAUSED = new Mode(0, false);
        /** Whatever comes is delivered. */
        static final Mode FLOWING = new Mode(Long.MAX_VALUE, false);

        /** Of a drain, like what follows. */
        private final long target;

        private final boolean endAtTarget;
        private final long beganNanos = System.nanoTime();
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        /** The owner's. */
        private int failures;

        private Mode(long target, boolean endAtTarget) {
            this.target = target;
            this.endAtTarget = endAtTarget;
        }

        boolean isDrain() {
            return this != PAUSED && this != FLOWING;
        }

        /** Whether an unfinished frame is delivered too, when the pipe runs empty in the middle of it. */
        boolean endsAtTarget() {
            return endAtTarget;
        }

        /** Reading has failed once more; a stop does not wait longer than a second for a pipe that cannot be read. */
        boolean hasFailedTooOften() {
            return ++failures >= MOST_FAILURES;
        }

        private void end() {
            if (isDrain()) {
                done.complete(null);
            }
        }
    }

    private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Intake intake;
    private final Frames frames;
    private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.PAUSED);
    /** Held from when the owner finds that it may read until it has read. */
    private final ReentrantLock reading = new ReentrantLock();

    FlowControl(Intake intake, Frames frames) {
        this.intake = intake;
        this.frames = frames;
    }

    Mode now() {
        return mode.get();
    }

    boolean isPaused() {
        return now() == Mode.PAUSED;
    }

    boolean isDraining() {
        return now().isDrain();
    }

    /** Whatever comes from now on. Ends a drain. */
    void flow() {
        become(Mode.FLOWING);
    }

    /** What comes after the return stays in the kernel. Ends a drain. */
    void pause() {
        become(Mode.PAUSED);
        awaitRead();
    }

    /**
     * Up to a position of the intake and no further than to the end of the frame that this cuts; what comes after the return
     * and beyond that stays in the kernel. Then it pauses. Ends another drain.
     *
     * @return is done when this is
     */
    CompletableFuture<Void> drain(long target, boolean endAtTarget) {
        Mode drain = new Mode(target, endAtTarget);
        become(drain);
        awaitRead();
        return drain.done;
    }

    /** A drain has come to its end; does nothing when it is none, or something else has been asked for since. */
    void drained(Mode drain) {
        if (drain.isDrain()) {
            become(drain, Mode.PAUSED);
        }
    }

    /** Pauses a flow; false when something else has been asked for since. */
    boolean pauseIfFlowing() {
        return become(Mode.FLOWING, Mode.PAUSED);
    }

    /** Whether a drain has read as far as it has to. For the owner. */
    boolean isTargetReached(Mode drain) {
        return intake.position() >= drain.target;
    }

    /**
     * Whether a drain has something left to do. Where it has just begun it gets a moment to find out, because Camel, told that
     * something is left, asks again only after a second.
     */
    boolean isDrainPending() {
        Mode drain = now();
        if (!drain.isDrain()) {
            return false;
        }
        long left = drain.beganNanos + FIRST_LOOK_NANOS - System.nanoTime();
        try {
            drain.done.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !drain.done.isDone();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int begin() {
        reading.lock();
        int allowance = allowance(now());
        if (allowance == 0) {
            reading.unlock();
        }
        return allowance;
    }

    @Override
    public void end() {
        reading.unlock();
    }

    private int allowance(Mode now) {
        if (now == Mode.PAUSED) {
            return 0;
        }
        if (now == Mode.FLOWING) {
            return Integer.MAX_VALUE;
        }
        long missing = now.target - intake.position();
        return missing > 0 ? (int) Math.min(missing, Integer.MAX_VALUE) : frames.bytesWanted();
    }

    private void become(Mode next) {
        mode.getAndSet(next).end();
    }

    private boolean become(Mode expected, Mode next) {
        boolean changes = mode.compareAndSet(expected, next);
        if (changes) {
            expected.end();
        }
        return changes;
    }

    /** An owner that was about to read in the mode before has read then, and asks for the mode before it reads again. */
    private void awaitRead() {
        reading.lock();
        try {
            // whoever held it is through
        } finally {
            reading.unlock();
        }
    }
}
