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
 * Notices for {@link FollowedPipe} when another file comes to a path than the one that is followed there. The quick way is
 * inotify on that very file, which tells at once when it is unlinked, renamed or replaced. It does not tell when a folder
 * above was renamed or a link leads elsewhere now. So once in an interval a look at each folder, and at its paths where the
 * folder has changed, finds that. A thousand paths in one folder cost a single stat(2) an interval.
 *
 * <p>
 * One for all paths of an engine; thread-safe. {@link #close()} ends it; followers must have closed their paths before.
 */
final class PathWatch extends PipeTask {

    /** Who follows the file at a path. */
    @FunctionalInterface
    interface Follower {

        /**
         * The path holds another file than the one that is followed, or none. Called by a worker, one call at a time; must
         * not wait. True when all is well again; otherwise it is called again within an interval.
         */
        boolean look();
    }

    private final WakeUp wakeUp;
    private final Map<String, WatchedFolder> folders = new ConcurrentHashMap<>();
    /** The next paths to look at; a thousand others cost nothing then. */
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

    /** Begins to watch an absolute path, of which the follower is told; until {@link WatchedPath#follow} nothing happens. */
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
        // whoever adds a path meanwhile has the task run again
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

    /** Has inotify tell of a file. Null where the kernel refuses, so that only the looks at the folder find changes. */
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
