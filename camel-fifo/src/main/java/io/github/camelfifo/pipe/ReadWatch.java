package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Inotify;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;

/**
 * Tells whether anybody has read from a named pipe since a moment: until then, nobody knows what was written since. Requests
 * use it to see whether an answer can be theirs. Thread-safe.
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
     * Begins to watch for reads from now on.
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
     * {@return true for sure when somebody has read what was written after the last {@link #begin()}; false for sure when
     * nobody has read anything since}
     */
    public synchronized boolean hasBeenRead() {
        try {
            read |= closed || inotify.drain();
        } catch (ErrnoException e) {
            // cannot tell
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
