package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a pump read as far as its mode allows. Any thread may change the mode; the pump's owner reads and acts on the mode
 * that it finds. Paused when made.
 */
final class FlowControl {

    /** From {@link #fill}: the mode allows no further byte. */
    static final int MAY_NOT_READ = Integer.MIN_VALUE;

    /** After reading has failed. */
    static final long RETRY_MILLIS = 100;

    private final Intake intake;
    private final AtomicReference<PumpMode> mode = new AtomicReference<>(PumpMode.PAUSED);
    /** Held from when the owner finds that it may read until it has read. */
    private final ReentrantLock reading = new ReentrantLock();

    FlowControl(Intake intake) {
        this.intake = intake;
    }

    PumpMode now() {
        return mode.get();
    }

    /** Everything that comes from now on. Ends a drain. */
    void flow() {
        become(PumpMode.FLOWING);
    }

    /** Bytes that come after the return stay in the kernel. Ends a drain. */
    void pause() {
        become(PumpMode.PAUSED);
        awaitRead();
    }

    /**
     * Up to a position of the intake, and on to the end of the frame that the position cuts. Bytes that come after the return
     * and lie beyond stay in the kernel. Pauses then. Ends another drain.
     */
    CompletableFuture<Void> drain(long target, boolean endAtTarget) {
        PumpMode drain = new PumpMode(target, endAtTarget);
        become(drain);
        awaitRead();
        return drain.done();
    }

    /** A drain has come to its end. Does nothing to another mode, nor when the mode has changed since. */
    void drained(PumpMode drain) {
        if (drain.isDrain()) {
            become(drain, PumpMode.PAUSED);
        }
    }

    /** Pauses a flow; false when the mode has changed since. */
    boolean pauseIfFlowing() {
        return become(PumpMode.FLOWING, PumpMode.PAUSED);
    }

    /** Whether a drain has read up to its target. For the owner. */
    boolean isTargetReached(PumpMode drain) {
        return drain.missingFrom(intake.position()) <= 0;
    }

    /**
     * Reads as {@link Intake#fill}, as far as the mode allows. For the owner.
     *
     * @param bytesWanted the least number of bytes that can end the frame in work; 0 between frames
     * @return {@link #MAY_NOT_READ} too
     */
    int fill(Worker worker, int bytesWanted) throws IOException {
        reading.lock();
        try {
            int most = allowance(now(), bytesWanted);
            return most == 0 ? MAY_NOT_READ : intake.fill(worker, most);
        } finally {
            reading.unlock();
        }
    }

    private int allowance(PumpMode now, int bytesWanted) {
        if (now == PumpMode.PAUSED) {
            return 0;
        }
        if (now == PumpMode.FLOWING) {
            return Integer.MAX_VALUE;
        }
        long missing = now.missingFrom(intake.position());
        return missing > 0 ? (int) Math.min(missing, Integer.MAX_VALUE) : bytesWanted;
    }

    private void become(PumpMode next) {
        mode.getAndSet(next).end();
    }

    private boolean become(PumpMode expected, PumpMode next) {
        boolean changes = mode.compareAndSet(expected, next);
        if (changes) {
            expected.end();
        }
        return changes;
    }

    /** An owner that was about to read in the last mode has read then, and asks for the mode before it reads again. */
    private void awaitRead() {
        reading.lock();
        try {
            // whoever held it is through
        } finally {
            reading.unlock();
        }
    }
}
