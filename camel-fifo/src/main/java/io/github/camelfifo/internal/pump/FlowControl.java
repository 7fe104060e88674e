package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a {@link FramePump} read as far as its mode allows. Any thread may change the mode; the pump's owner reads by
 * it. Starts paused.
 */
final class FlowControl {

    /** From {@link #fill}: the mode allows no further byte. */
    static final int MAY_NOT_READ = Integer.MIN_VALUE;

    private final Intake intake;
    private final AtomicReference<PumpMode> mode = new AtomicReference<>(PumpMode.PAUSED);

    FlowControl(Intake intake) {
        this.intake = intake;
    }

    PumpMode now() {
        return mode.get();
    }

    /** Lets the pump read everything. Ends a drain. */
    void flow() {
        become(PumpMode.FLOWING);
    }

    /** Lets the pump read nothing: bytes that come after the return stay in the kernel. Ends a drain. */
    void pause() {
        become(PumpMode.PAUSED);
        awaitRead();
    }

    /**
     * Lets the pump read up to a position of the intake, and on to the end of a frame that the position cuts, and then
     * pauses. Later bytes beyond that stay in the kernel. Ends another drain.
     */
    CompletableFuture<Void> drain(long target, boolean endAtTarget) {
        PumpMode drain = new PumpMode(target, endAtTarget);
        become(drain);
        awaitRead();
        return drain.done();
    }

    /** Ends a drain. Does nothing to another mode, nor when the mode has changed since. */
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
     * @param behindFrame whether to read as {@link Intake#fillBehindFrame}
     * @return as {@link Intake#fill}, or {@link #MAY_NOT_READ}
     */
    synchronized int fill(Worker worker, int bytesWanted, boolean behindFrame) throws IOException {
        // the lock is held from the check of the mode until the end of the read, see awaitRead
        int most = allowance(now(), bytesWanted);
        if (most == 0) {
            return MAY_NOT_READ;
        }
        return behindFrame ? intake.fillBehindFrame(worker, most) : intake.fill(worker, most);
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

    /** Waits until the owner has finished a read of the last mode; it checks the mode before the next one. */
    private synchronized void awaitRead() {
        // whoever has the lock knows that the read has ended
    }
}
