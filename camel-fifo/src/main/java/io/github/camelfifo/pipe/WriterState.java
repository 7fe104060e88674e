package io.github.camelfifo.pipe;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows whether a {@link PipeWriter} is closed or will stop soon, and how many of its requests are not done, for its
 * requests and its queue. Thread-safe.
 */
final class WriterState {

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean stopping;

    void requestBegins() {
        inFlight.incrementAndGet();
    }

    void requestEnds() {
        inFlight.decrementAndGet();
    }

    boolean hasRequests() {
        return inFlight.get() > 0;
    }

    void prepareToStop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Closes it; false when it was closed before. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    boolean isClosed() {
        return closed.get();
    }
}
