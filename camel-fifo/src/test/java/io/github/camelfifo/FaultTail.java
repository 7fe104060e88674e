package io.github.camelfifo;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whoever reads what a producer writes. Used by one thread. */
final class FaultTail implements AutoCloseable {

    private static final Posix POSIX = Posix.system();

    private final Path fifo;
    private final boolean sessions;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final StringBuilder text = new StringBuilder();
    private final List<String> ended = new ArrayList<>();
    private Descriptor descriptor;

    /**
     * Opens it.
     *
     * @param sessions whether to close at end of file and to open again, as {@code while true; do cat fifo; done} does
     */
    FaultTail(Path fifo, boolean sessions) throws ErrnoException {
        this.fifo = fifo;
        this.sessions = sessions;
        open();
    }

    /** Opens it again, or does nothing. */
    void open() throws ErrnoException {
        if (descriptor == null) {
            try (Descriptor found = POSIX.openPath(fifo.toString())) {
                descriptor = POSIX.reopenForReading(found);
            }
        }
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** Reads what is there. */
    void read() {
        try {
            open();
            while (true) {
                int count = POSIX.read(descriptor, buffer.clear());
                if (count > 0) {
                    text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
                    continue;
                }
                if (sessions && count == Posix.END_OF_FILE && text.length() > 0) {
                    leave();
                }
                return;
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines, or the sessions, that have been read; what has not ended comes last. */
    List<String> units() {
        List<String> all = new ArrayList<>(ended);
        int from = 0;
        for (int end = text.indexOf("\n"); !sessions && end >= 0; end = text.indexOf("\n", from)) {
            all.add(text.substring(from, end + 1));
            from = end + 1;
        }
        if (from < text.length()) {
            all.add(text.substring(from));
        }
        return all;
    }

    @Override
    public void close() {
        leave();
    }

    /** Closes it, until it is opened again; what has been read of a session is all that there will be. */
    void leave() {
        if (sessions && text.length() > 0) {
            ended.add(text.toString());
            text.setLength(0);
        }
        if (descriptor != null) {
            descriptor.close();
            descriptor = null;
        }
    }
}
