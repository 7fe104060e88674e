package io.github.camelfifo.pipe;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The writers of this process, so that all to one path share one descriptor and one queue. Thread-safe. */
public final class PipeWriters {

    private final PipeEngine engine;
    private final PipeListener listener;
    /** Guarded by this. */
    private final Map<Key, Shared> writers = new HashMap<>();

    /**
     * No writers yet.
     *
     * @param engine   writes what cannot be written at once
     * @param listener is told what no message can report
     */
    public PipeWriters(PipeEngine engine, PipeListener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /**
     * A writer to a named pipe, which is opened when the first frame comes.
     *
     * @param  pipe where to
     * @param  sessions whether each message is a session of its own: opened for it, and closed after it
     * @return      to be closed
     */
    public synchronized PipeWriter writer(NamedPipe pipe, boolean sessions) {
        Key key = new Key(pipe.path(), sessions, pipe.strictness());
        Shared shared =
                writers.computeIfAbsent(key, unused -> new Shared(new SharedWriter(engine, pipe, sessions, listener)));
        PipeWriter writer = new PipeWriter(shared.writer, closed -> closed(key, closed));
        shared.users.add(writer);
        return writer;
    }

    /** Prepares all writers that there are now, see {@link PipeWriter#prepareToStop()}. */
    public synchronized void prepareToStop() {
        writers.values().forEach(shared -> shared.users.forEach(PipeWriter::prepareToStop));
    }

    /** Closes all writers that there are still, for users who never do. */
    void close() {
        List<PipeWriter> open;
        synchronized (this) {
            open = writers.values().stream()
                    .flatMap(shared -> shared.users.stream())
                    .toList();
        }
        open.forEach(PipeWriter::close);
    }

    private synchronized void closed(Key key, PipeWriter writer) {
        Shared shared = writers.get(key);
        shared.users.remove(writer);
        if (shared.users.isEmpty()) {
            writers.remove(key);
            shared.writer.close();
        }
    }

    /** What is written by one writer: it opens for all what each of them would open. */
    private record Key(String path, boolean sessions, int strictness) {}

    private static final class Shared {
        private final SharedWriter writer;
        private final Set<PipeWriter> users = new HashSet<>();

        Shared(SharedWriter writer) {
            this.writer = writer;
        }
    }
}
