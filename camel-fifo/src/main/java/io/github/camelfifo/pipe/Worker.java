package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.util.function.BooleanSupplier;

/** The memory and the share of time that a thread of the engine has for its tasks. Confined to that thread. */
public final class Worker implements AutoCloseable {

    /** Long enough to make a hand-over cheap, short enough for waiting tasks. */
    private static final long SHARE_NANOS = 10_000_000;

    private final Epoll.Event event = new Epoll.Event();
    private final Posix posix;
    private final BooleanSupplier othersWait;
    private ReadBuffer buffer = new ReadBuffer(0);
    private ScratchPipe scratch;
    private long shareEnd;
    private boolean mayRunUserCode;

    Worker(Posix posix, BooleanSupplier othersWait) {
        this.posix = posix;
        this.othersWait = othersWait;
    }

    /**
     * This thread's read buffer. The next task uses it too: a task must copy unused bytes before its work ends. It is
     * the same buffer until a larger one is needed, and holds the bytes of the last use.
     */
    ReadBuffer buffer(int capacity) {
        if (buffer.capacity() < capacity) {
            buffer = new ReadBuffer(capacity);
        }
        return buffer;
    }

    /** {@return whether to end work with {@link PipeTask.Outcome#AGAIN}: the share is over and no worker is free} */
    public boolean shouldGiveWay() {
        return !othersWait.getAsBoolean() && System.nanoTime() - shareEnd >= 0;
    }

    /** This thread's scratch pipe, opened at first use. */
    ScratchPipe scratch() throws ErrnoException {
        if (scratch == null) {
            scratch = new ScratchPipe(posix);
        }
        return scratch;
    }

    /** To be called when the thread ends. */
    @Override
    public void close() {
        if (scratch != null) {
            scratch.close();
        }
    }

    Epoll.Event event() {
        return event;
    }

    /** Whether this thread may run the user's code now, see {@link UserWork}. */
    boolean mayRunUserCode() {
        return mayRunUserCode;
    }

    void mayRunUserCode(boolean may) {
        mayRunUserCode = may;
    }

    void startShare() {
        shareEnd = System.nanoTime() + SHARE_NANOS;
    }
}
