package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import java.io.IOException;

/** One consumer's or producer's use of a named pipe, from its start to its stop. Thread-safe. */
public final class PipeUse implements AutoCloseable {

    private final PipeUses uses;
    private final NamedPipe pipe;
    private final boolean delete;
    private volatile boolean located;
    private boolean closed;

    PipeUse(PipeUses uses, NamedPipe pipe, boolean delete) {
        this.uses = uses;
        this.pipe = pipe;
        this.delete = delete;
    }

    /**
     * Finds the FIFO, and makes it where that is wanted; from now on it counts as used. Does nothing when it was found
     * before.
     *
     * @throws IOException as {@link NamedPipe#locate()}
     */
    public void locate() throws IOException {
        if (!located) {
            locateFirst();
        }
    }

    /**
     * Ends the use. The last one at the path removes the FIFO, if any of its users wanted that and it is still the one
     * that they used. Does nothing when called again.
     *
     * @throws IOException when the FIFO could not be removed
     */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            uses.end(pipe);
        }
    }

    private synchronized void locateFirst() throws IOException {
        if (located || closed) {
            return;
        }
        Descriptor found = pipe.locate();
        if (delete) {
            uses.keep(pipe, found);
        } else {
            found.close();
        }
        located = true;
    }
}
