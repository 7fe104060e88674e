package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Inotify;
import java.util.HashMap;
import java.util.HashSet;
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
    /** Guards the fields below. */
    private final Object lock = new Object();

    private final Map<Integer, Set<WatchedPath>> byInotifyWatch = new HashMap<>();
    private Inotify inotify;
    private Watch events;
    private boolean ended;

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
        takeEvents();
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
        synchronized (lock) {
            ended = true;
            if (inotify != null) {
                engine().cancel(events);
                inotify.close();
                inotify = null;
            }
        }
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

    /**
     * Has inotify report changes of a file. Null when the kernel refuses; then only looks at the folder find changes.
     */
    Integer addToInotify(WatchedPath path, Descriptor file) {
        synchronized (lock) {
            if (ended) {
                return null;
            }
            try {
                if (inotify == null) {
                    inotify = engine().posix().inotify("inotify");
                    events = engine().watch(this, inotify.descriptor());
                }
                int watch = inotify.watch(file);
                byInotifyWatch.computeIfAbsent(watch, unused -> new HashSet<>()).add(path);
                return watch;
            } catch (ErrnoException e) {
                return null;
            }
        }
    }

    void removeFromInotify(WatchedPath path, Integer watch) {
        synchronized (lock) {
            Set<WatchedPath> paths = watch == null ? null : byInotifyWatch.get(watch);
            if (paths != null && paths.remove(path) && paths.isEmpty()) {
                byInotifyWatch.remove(watch);
                if (inotify != null) {
                    inotify.unwatch(watch);
                }
            }
        }
    }

    private void takeEvents() throws ErrnoException {
        synchronized (lock) {
            if (inotify == null) {
                return;
            }
            Set<Integer> happened = inotify.take();
            byInotifyWatch.forEach((watch, paths) -> {
                if (happened.contains(watch) || happened.contains(Inotify.OVERFLOW)) {
                    paths.forEach(WatchedPath::recheck);
                }
            });
            events.arm(Epoll.IN);
        }
    }
}
