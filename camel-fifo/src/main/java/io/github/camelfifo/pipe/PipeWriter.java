package io.github.camelfifo.pipe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The writing end of a named pipe for one producer, which gets it from {@link PipeWriters}. It opens the FIFO when the
 * first frame comes, without waiting for a reader, and keeps it open: bytes that a reader leaves unread stay in the
 * kernel for the next reader. No method waits for the pipe; the engine writes the rest later.
 *
 * <p>
 * All writers to one path share one descriptor and one queue, so frames of any length leave this process whole and in
 * the order of their arrival. Thread-safe.
 */
public final class PipeWriter implements AutoCloseable {

    private static final long LONGEST_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final SharedWriter shared;
    private final Consumer<PipeWriter> whenClosed;
    private final WriterState state = new WriterState();

    PipeWriter(SharedWriter shared, Consumer<PipeWriter> whenClosed) {
        this.shared = shared;
        this.whenClosed = whenClosed;
    }

    /**
     * Writes a frame after all earlier ones; at once when the pipe is free and has room.
     *
     * @param request will be done exactly once
     * @return true when it is done, well or not; false when {@link WriteRequest#completed()} will be called
     */
    public boolean write(WriteRequest request) {
        request.comesFrom(state);
        if (state.isClosed()) {
            request.failed(new WriterClosedException(shared.path(), 0));
            request.ended();
            return true;
        }
        return shared.write(request);
    }

    /**
     * From now on, a frame that would wait for a reader for ever fails instead. The writer's user calls this before it
     * waits for the end of all frames and closes the writer.
     */
    public void prepareToStop() {
        state.prepareToStop();
        shared.deadlinesChanged();
    }

    /** {@return what the pipe is like now, for any thread; null when none is open or the kernel does not tell} */
    public PipeStatus status() {
        return shared.status();
    }

    /** Fails all unwritten frames of this writer, and releases the pipe. The second call does nothing. */
    @Override
    public void close() {
        if (!state.close()) {
            return;
        }
        long deadline = System.nanoTime() + LONGEST_CLOSE_NANOS;
        while (state.hasRequests() && System.nanoTime() - deadline < 0) {
            if (!shared.withdraw(state)) {
                // the owner is in a system call that does not wait
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
        whenClosed.accept(this);
    }
}
