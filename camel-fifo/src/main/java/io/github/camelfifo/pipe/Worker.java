package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.util.function.BooleanSupplier;

/** The engine's thread, as the task sees it that runs on it. Confined to that thread. */
public final class Worker implements AutoCloseable {

    /** Long enough to make handing over cheap, short enough for the others who wait. */
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
     * This thread's read buffer, which the next task uses too: what a task has not used of it when its work ends, it must
     * copy.
     *
     * @param  capacity at least so many bytes
     * @return          the same buffer every time, until a larger one is needed; with whatever the last use left in it
     */
    public ReadBuffer buffer(int capacity) {
        if (buffer.capacity() < capacity) {
            buffer = new ReadBuffer(capacity);
        }
        return buffer;
    }

    /**
     * Whether the task has had its share while other pipes wait for a worker.
     *
     * @return whether to end the work with {@link PipeTask.Outcome#AGAIN}
     */
    public boolean shouldGiveWay() {
        return !othersWait.getAsBoolean() && System.nanoTime() - shareEnd >= 0;
    }

    /** This thread's scratch pipe, opened when it is first needed. */
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

    /** Whether what this thread does now may run the user's code, see {@link UserWork}. */
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
