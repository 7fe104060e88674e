package io.github.camelfifo.pipe;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives writers to producers; all writers to one path share one descriptor and one queue. Thread-safe. */
public final class PipeWriters {

    private final PipeEngine engine;
    private final PipeListener listener;
    private final PipeUses uses;
    private final PathWatch watch;
    /** Guarded by this. */
    private final Map<Key, Shared> writers = new HashMap<>();

    PipeWriters(PipeEngine engine, PipeListener listener, PipeUses uses, PathWatch watch) {
        this.engine = engine;
        this.listener = listener;
        this.uses = uses;
        this.watch = watch;
    }

    /**
     * A writer to a named pipe; it opens the pipe when the first frame comes.
     *
     * @param pipe the target
     * @param sessions whether each message is a session: the pipe is opened for it and closed after it
     * @param checkMillis the longest time until the writer notices that the FIFO at the path was removed or replaced,
     *     0: never. The first value above 0 counts for all writers to the path
     * @return to be closed
     */
    public synchronized PipeWriter writer(NamedPipe pipe, boolean sessions, long checkMillis) {
        Key key = new Key(pipe.path(), sessions, pipe.strictness());
        Shared shared = writers.computeIfAbsent(key, unused -> new Shared(sharedWriter(pipe, sessions)));
        if (!sessions && checkMillis > 0) {
            // each session opens the path again in any case
            shared.writer.follow(user -> new FollowedPipe(watch, pipe, checkMillis, user, listener));
        }
        PipeWriter writer = new PipeWriter(shared.writer, closed -> closed(key, closed));
        shared.users.add(writer);
        return writer;
    }

    /** Calls {@link PipeWriter#prepareToStop()} of all present writers. */
    public synchronized void prepareToStop() {
        writers.values().forEach(shared -> shared.users.forEach(PipeWriter::prepareToStop));
    }

    /** Closes all writers that their users have not closed. */
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
            // at once, even if a worker still owns the task: the caller may remove the FIFO next, and a look would make
            // it again
            shared.writer.followNoLonger();
            shared.writer.close();
        }
    }

    /** Writers with the same key open the same FIFO in the same way. */
    private record Key(String path, boolean sessions, int strictness) {}

    private record Shared(SharedWriter writer, Set<PipeWriter> users) {

        Shared(SharedWriter writer) {
            this(writer, new HashSet<>());
        }
    }
}
