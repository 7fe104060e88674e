package io.github.camelfifo.pipe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The writing end of a named pipe, for one producer. Opened when the first frame comes, without waiting for a reader, and
 * then kept open: what a reader leaves unread when it goes stays in the kernel for the next one. Nothing here waits in
 * the caller's thread; what cannot be written at once is finished by the engine.
 *
 * <p>
 * All writers to one path share one descriptor and one queue, so frames of any length leave this process whole and in
 * the order of their arrival.
 *
 * <p>
 * Thread-safe.
 */
public final class PipeWriter implements AutoCloseable {

    private static final long PATIENCE_AT_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final SharedWriter shared;
    private final Consumer<PipeWriter> whenClosed;
    private final WriterState state = new WriterState();

    PipeWriter(SharedWriter shared, Consumer<PipeWriter> whenClosed) {
        this.shared = shared;
        this.whenClosed = whenClosed;
    }

    /**
     * Writes a frame after all that arrived before it. When the pipe is free and has room, that happens here and now.
     *
     * @param  request is done exactly once
     * @return         true when it is done, well or not; false when {@link WriteRequest#completed()} will be called
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
     * From now on nothing waits for a reader for ever: a frame without a time limit for that fails instead. To be called
     * when the writer will be closed as soon as its frames are done, which such a frame would put off for ever.
     */
    public void prepareToStop() {
        state.prepareToStop();
        shared.lookThroughWaiting();
    }

    /** Fails all frames of this writer that are not written, and lets go of the pipe. The second call does nothing. */
    @Override
    public void close() {
        if (!state.close()) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE_AT_CLOSE_NANOS;
        while (state.hasRequests() && System.nanoTime() - deadline < 0) {
            if (!shared.withdraw(state)) {
                // its owner is in a system call that does not wait
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
        whenClosed.accept(this);
    }
}
