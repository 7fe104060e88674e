package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.util.function.BooleanSupplier;

/** What a thread of the engine has for the tasks that it runs: memory and a share of time. Confined to that thread. */
public final class Worker implements AutoCloseable {

    /** Long enough to make handing over cheap, short enough for tasks that wait. */
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
     * This thread's read buffer, which the next task uses too: what a task has not used when its work ends, it must copy.
     * It is the same buffer until a larger one is needed, with whatever the last use left in it.
     */
    ReadBuffer buffer(int capacity) {
        if (buffer.capacity() < capacity) {
            buffer = new ReadBuffer(capacity);
        }
        return buffer;
    }

    /** {@return whether to end the work with {@link PipeTask.Outcome#AGAIN}: the share is over, and no other worker is free} */
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

    /** When the thread ends. */
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
