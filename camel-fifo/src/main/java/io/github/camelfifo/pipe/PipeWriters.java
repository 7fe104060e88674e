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
    private final PipeUses uses;
    private final PathWatch watch;
    /** Guarded by this. */
    private final Map<Key, Shared> writers = new HashMap<>();

    /**
     * No writers yet.
     *
     * @param engine   writes what cannot be written at once
     * @param listener is told what no message can report
     * @param uses is told which FIFO is written to
     * @param watch tells when another FIFO is to be written to
     */
    public PipeWriters(PipeEngine engine, PipeListener listener, PipeUses uses, PathWatch watch) {
        this.engine = engine;
        this.listener = listener;
        this.uses = uses;
        this.watch = watch;
    }

    /**
     * A writer to a named pipe, which is opened when the first frame comes.
     *
     * @param  pipe where to
     * @param  sessions whether each message is a session of its own: opened for it, and closed after it
     * @param checkMillis within which a FIFO that was removed or replaced at the path is noticed, where no other writer to
     *     the path has said so before; 0: never
     * @return      to be closed
     */
    public synchronized PipeWriter writer(NamedPipe pipe, boolean sessions, long checkMillis) {
        Key key = new Key(pipe.path(), sessions, pipe.strictness());
        Shared shared = writers.computeIfAbsent(key, unused -> new Shared(sharedWriter(pipe, sessions)));
        if (!sessions && checkMillis > 0) {
            // a session opens what is at the path in any case
            shared.writer.follow(user -> new FollowedPipe(watch, pipe, checkMillis, user, listener));
        }
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

    private SharedWriter sharedWriter(NamedPipe pipe, boolean sessions) {
        return new SharedWriter(
                engine,
                pipe.path(),
                task -> sessions
                        ? new SessionOutlet(engine, task, pipe, listener, uses)
                        : new PipeOutlet(engine, task, pipe, listener, uses),
                listener);
    }

    private synchronized void closed(Key key, PipeWriter writer) {
        Shared shared = writers.get(key);
        shared.users.remove(writer);
        if (shared.users.isEmpty()) {
            writers.remove(key);
            // before a worker lets go of it, too: the caller may remove the FIFO next, and it must not be made anew
            shared.writer.followNoLonger();
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
