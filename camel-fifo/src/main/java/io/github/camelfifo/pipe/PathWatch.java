package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.ErrnoException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices for {@link FollowedPipe} when a path no longer leads to the followed file. The quick way is inotify on that
 * file, which tells at once when the file is unlinked, renamed or replaced. It does not tell when a folder above was
 * renamed or a link leads elsewhere now. So once in an interval this looks at each folder, and at its paths if the
 * folder has changed. A thousand paths in one folder cost a single stat(2) an interval.
 *
 * <p>
 * There is one for all paths of an engine. Thread-safe. Followers must close their paths before {@link #close()}.
 */
final class PathWatch extends PipeTask {

    /** The follower of the file at a path. */
    @FunctionalInterface
    interface Follower {

        /**
         * The path no longer leads to the followed file. A worker calls this, one call at a time; it must not wait.
         * True when all is well again; otherwise it is called again within an interval.
         */
        boolean look();
    }

    private final WakeUp wakeUp;
    private final Map<String, WatchedFolder> folders = new ConcurrentHashMap<>();
    /** The next paths to look at; all others cost nothing then. */
    private final Set<WatchedPath> toRecheck = ConcurrentHashMap.newKeySet();

    private final FileEvents<WatchedPath> events = new FileEvents<>(this, WatchedPath::recheck);

    PathWatch(PipeEngine engine) {
        super(engine);
        this.wakeUp = new WakeUp(this);
    }

    /** Begins to watch an absolute path for the follower; nothing happens until {@link WatchedPath#follow}. */
    WatchedPath watch(String path, long intervalMillis, Follower follower) {
        return new WatchedPath(this, path, intervalMillis, follower);
    }

    @Override
    protected Outcome work(Worker worker) throws ErrnoException {
        events.take();
        long now = Clock.nanos();
        long next = Clock.NEVER;
        for (WatchedFolder folder : folders.values()) {
            next = Math.min(next, folder.look(engine().posix(), now));
        }
        recheckPaths();
        wakeUp.at(next);
        return Outcome.WAIT;
    }

    @Override
    protected boolean isBrief() {
        return true;
    }

    /** One by one: when a look throws, the other paths are still there for the next run. */
    private void recheckPaths() {
        // a thread that adds a path meanwhile has the task run again
        for (WatchedPath path : List.copyOf(toRecheck)) {
            toRecheck.remove(path);
            WatchedFolder folder = folders.get(path.folder());
            if (folder != null) {
                folder.lookAt(path);
            }
        }
    }

    @Override
    protected void release() {
        events.close();
    }

    void recheck(WatchedPath path) {
        toRecheck.add(path);
    }

    void join(WatchedPath path) {
        folders.compute(path.folder(), (name, there) -> {
            WatchedFolder folder = there == null ? new WatchedFolder(name) : there;
            folder.add(path);
            return folder;
        });
    }

    void leave(WatchedPath path) {
        folders.computeIfPresent(path.folder(), (name, folder) -> folder.remove(path) ? null : folder);
    }

    /** Tells the path of changes of a file; without, only looks at the folder find changes. */
    FileEvents<WatchedPath> events() {
        return events;
    }
}
