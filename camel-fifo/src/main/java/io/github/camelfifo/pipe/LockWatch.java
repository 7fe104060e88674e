package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Inotify;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has those who hold or await a lock look at it when something has happened to its file, and when their time has come;
 * each has a {@link WatchedLock}. There is one for all lock files of an engine, with one inotify set, because a user may
 * have only 128. Thread-safe.
 */
final class LockWatch extends PipeTask {

    private final WakeUp wakeUp;
    private final Set<WatchedLock> locks = ConcurrentHashMap.newKeySet();
    /** Guards the fields below. */
    private final Object lock = new Object();

    private final Map<Integer, Set<WatchedLock>> byInotifyWatch = new HashMap<>();
    private Inotify inotify;
    private Watch events;
    private boolean ended;

    LockWatch(PipeEngine engine) {
        super(engine);
        this.wakeUp = new WakeUp(this);
    }

    @Override
    protected Outcome work(Worker worker) throws ErrnoException {
        takeEvents();
        long next = Clock.NEVER;
        for (WatchedLock each : locks) {
            next = Math.min(next, each.lookIfDue());
        }
        wakeUp.at(next);
        return Outcome.WAIT;
    }

    @Override
    protected boolean isBrief() {
        return true;
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

    void join(WatchedLock member) {
        locks.add(member);
    }

    void leave(WatchedLock member) {
        locks.remove(member);
    }

    /** Has inotify report events of a lock file. Null when the kernel refuses; then only looks find changes. */
    Integer addToInotify(WatchedLock member, LockFile file) {
        synchronized (lock) {
            if (ended) {
                return null;
            }
            try {
                if (inotify == null) {
                    inotify = engine().posix().inotify("inotify");
                    events = engine().watch(this, inotify.descriptor());
                }
                // several members may share a file and its watch
                int watch = inotify.watchLock(file.descriptor());
                byInotifyWatch.computeIfAbsent(watch, unused -> new HashSet<>()).add(member);
                return watch;
            } catch (ErrnoException e) {
                return null;
            }
        }
    }

    void removeFromInotify(WatchedLock member, Integer watch) {
        synchronized (lock) {
            Set<WatchedLock> members = watch == null ? null : byInotifyWatch.get(watch);
            if (members != null && members.remove(member) && members.isEmpty()) {
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
            byInotifyWatch.forEach((watch, members) -> {
                if (happened.contains(watch) || happened.contains(Inotify.OVERFLOW)) {
                    members.forEach(WatchedLock::happened);
                }
            });
            events.arm(Epoll.IN);
        }
    }
}
