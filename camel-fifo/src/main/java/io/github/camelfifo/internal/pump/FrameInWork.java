package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One message between a pump and its handler: the pump makes it, and the handler ends it. When the handler ends it on
 * another thread while the pump's worker leaves, it decides which of the two continues the pump.
 */
public final class FrameInWork {

    /** The pump. */
    interface Owner {

        boolean isClosing();

        void resume();
    }

    private final Owner owner;
    private final DeliveryGate gate;
    private final Frames frames;
    private final Frame frame;
    private final IOException failure;
    private final Verdict earlier;
    /** The first of the two sets it: the worker that leaves, or the thread that ends the message. */
    private final AtomicBoolean met = new AtomicBoolean();

    private final AtomicReference<Verdict> verdict = new AtomicReference<>();
    /** Published by the verdict. */
    private Runnable whenTaken;

    /**
     * A message that comes next.
     *
     * @param frame null when a frame was lost
     * @param failure why it was lost; null when there is a frame
     * @param earlier the verdict of the last try; null for the first try
     */
    FrameInWork(Owner owner, DeliveryGate gate, Frames frames, Frame frame, IOException failure, Verdict earlier) {
        this.owner = owner;
        this.gate = gate;
        this.frames = frames;
        this.frame = frame;
        this.failure = failure;
        this.earlier = earlier;
    }

    /** The message; null when it was lost. */
    public Frame frame() {
        return frame;
    }

    /** Why a message was lost: it was too long, or could not be stored. Null for a message that is there. */
    public IOException failure() {
        return failure;
    }

    /** The verdict about the same message the last time; null when it comes for the first time. */
    public Verdict earlier() {
        return earlier;
    }

    /** How many frames the message has. Valid until {@link #end}, like the numbers below. */
    public int frameCount() {
        return frames.frameCount();
    }

    /** The number of the session of the consumer's writers that the message came from, from 1. */
    public long session() {
        return frames.session();
    }

    /** The number of frames in which malformed text was replaced since the last call. */
    public long malformedFrames() {
        return frames.malformedFrames();
    }

    /** Identifies the FIFO that the message came from. */
    public Object source() {
        return owner;
    }

    /** Whether the FIFO is being closed. */
    public boolean isClosing() {
        return owner.isClosing();
    }

    /** Whether {@link #end} was called. */
    public boolean isEnded() {
        return verdict.get() != null;
    }

    /** Ends the message. Any thread may do so; only the first call counts. */
    public void end(Verdict how) {
        if (!verdict.compareAndSet(null, how)) {
            return;
        }
        try {
            gate.end();
        } finally {
            if (met.getAndSet(true)) {
                owner.resume();
            }
        }
    }

    /** Ends the message well; the action runs once its bytes have left the pipe. */
    public void endAndThen(Runnable action) {
        whenTaken = action;
        end(Verdict.DONE);
    }

    /** The worker leaves for other work; false when the message has ended and the worker has to continue here. */
    boolean leave() {
        return !met.getAndSet(true);
    }

    Verdict verdict() {
        Verdict given = verdict.get();
        return given == null ? Verdict.CUT_SHORT : given;
    }

    /** The message has left the pipe. */
    void taken() {
        if (whenTaken != null) {
            whenTaken.run();
        }
    }
}
