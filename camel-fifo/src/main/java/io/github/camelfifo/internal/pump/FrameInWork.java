package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;
import java.io.IOException;
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

    /** The state once the worker has left. */
    private static final Object LEFT = new Object();

    private final Owner owner;
    private final PumpTarget target;
    private final Message message;
    private final Verdict earlier;
    /** Null at first; then the verdict, or LEFT and then the verdict. */
    private final AtomicReference<Object> state = new AtomicReference<>();
    /** Published by the verdict. */
    private Runnable whenTaken;

    /**
     * A message that comes next.
     *
     * @param earlier the verdict of the last try; null for the first try
     */
    FrameInWork(Owner owner, PumpTarget target, Message message, Verdict earlier) {
        this.owner = owner;
        this.target = target;
        this.message = message;
        this.earlier = earlier;
    }

    /** The message; null when it was lost. */
    public Frame frame() {
        return message.frame();
    }

    /** Why a message was lost: it was too long, or could not be stored. Null for a message that is there. */
    public IOException failure() {
        return message.failure();
    }

    /** The verdict about the same message the last time; null when it comes for the first time. */
    public Verdict earlier() {
        return earlier;
    }

    /** How many frames the message has. */
    public int frameCount() {
        return message.frameCount();
    }

    /** The number of the session of writers that the message came from, from 1 for each reader. */
    public long session() {
        return message.session();
    }

    /** The number of frames in which malformed text was replaced since the last message. */
    public long malformedFrames() {
        return message.malformedFrames();
    }

    /** Identifies the FIFO that the message came from. */
    public Object source() {
        return owner;
    }

    /** Whether the FIFO is being closed. */
    public boolean isClosing() {
        return owner.isClosing();
    }

    /** The handler passes the message on to whoever wants it: it counts as delivered now, or as delivered once more. */
    public void passesOn() {
        target.countDelivery(message, earlier);
    }

    /** Whether {@link #end} was called. */
    public boolean isEnded() {
        return state.get() instanceof Verdict;
    }

    /** Ends the message. Any thread may do so; only the first call counts. */
    public void end(Verdict how) {
        Object before;
        do {
            before = state.get();
            if (before instanceof Verdict) {
                return;
            }
        } while (!state.compareAndSet(before, how));
        try {
            target.gate().end();
        } finally {
            if (before == LEFT) {
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
        return state.compareAndSet(null, LEFT);
    }

    Message message() {
        return message;
    }

    Verdict verdict() {
        return state.get() instanceof Verdict given ? given : Verdict.CUT_SHORT;
    }

    /** Whether somebody waits until the message has left the pipe. */
    boolean isAwaited() {
        return whenTaken != null;
    }

    /** The message has left the pipe. */
    void taken() {
        if (whenTaken != null) {
            whenTaken.run();
        }
    }
}
