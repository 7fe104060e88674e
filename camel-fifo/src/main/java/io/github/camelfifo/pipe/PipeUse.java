package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;

/** The use of a named pipe by one consumer or producer, from start to stop; {@link PipeUses} gives it. Thread-safe. */
public final class PipeUse implements AutoCloseable {

    private final NamedPipe pipe;
    private final Consumer<Descriptor> whenLocated;
    private final Closeable whenClosed;
    private volatile boolean located;
    private boolean closed;

    /** {@code whenLocated} has to keep or close the FIFO's descriptor; {@code whenClosed} is called once. */
    PipeUse(NamedPipe pipe, Consumer<Descriptor> whenLocated, Closeable whenClosed) {
        this.pipe = pipe;
        this.whenLocated = whenLocated;
        this.whenClosed = whenClosed;
    }

    /**
     * Finds the FIFO, and makes it if the options say so. Does nothing when it was found before.
     *
     * @throws IOException as {@link NamedPipe#locate()}
     */
    public void locate() throws IOException {
        if (!located) {
            locateFirst();
        }
    }

    /**
     * Ends the use. The last user of the path removes the FIFO, if any user wanted that and it is still the FIFO that
     * they used. Does nothing when called again.
     *
     * @throws IOException when the FIFO could not be removed
     */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            whenClosed.close();
        }
    }

    private synchronized void locateFirst() throws IOException {
        if (!located && !closed) {
            whenLocated.accept(pipe.locate());
            located = true;
        }
    }
}
