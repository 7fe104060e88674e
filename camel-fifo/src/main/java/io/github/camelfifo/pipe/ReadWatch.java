package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Inotify;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;

/**
 * Tells whether anybody has read from a named pipe since a moment: before that, nobody can know what was written since.
 * Requests use it to decide whether a frame can be their answer. Thread-safe.
 */
public final class ReadWatch implements AutoCloseable {

    private final NamedPipe pipe;
    private final Inotify inotify;
    /** Guarded by this, like {@link #closed}. */
    private boolean read;

    private boolean closed;

    ReadWatch(Posix posix, NamedPipe pipe) throws ErrnoException {
        this.pipe = pipe;
        this.inotify = posix.inotify(pipe.path());
    }

    /**
     * Watches for reads from now on.
     *
     * @throws IOException when the pipe is not there, or the kernel refuses to watch it
     */
    public synchronized void begin() throws IOException {
        if (closed) {
            return;
        }
        try (Descriptor found = pipe.locate()) {
            inotify.watchReading(found);
        }
        inotify.drain();
        read = false;
    }

    /**
     * {@return surely true when somebody has read bytes that were written after the last {@link #begin()}; surely false
     * when nobody has read anything since}
     */
    public synchronized boolean hasBeenRead() {
        try {
            read |= closed || inotify.drain();
        } catch (ErrnoException e) {
            // unknown, so true
            read = true;
        }
        return read;
    }

    @Override
    public synchronized void close() {
        closed = true;
        inotify.close();
    }
}
