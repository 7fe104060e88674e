package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.ErrnoException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has those who hold or await a lock look at it when something has happened to its file, and when their time has come;
 * each has a {@link WatchedLock}. There is one for all lock files of an engine. Thread-safe.
 */
final class LockWatch extends PipeTask {

    private final WakeUp wakeUp;
    private final Set<WatchedLock> locks = ConcurrentHashMap.newKeySet();
    private final FileEvents<WatchedLock> events = new FileEvents<>(this, WatchedLock::happened);

    LockWatch(PipeEngine engine) {
        super(engine);
        this.wakeUp = new WakeUp(this);
    }

    @Override
    protected Outcome work(Worker worker) throws ErrnoException {
        events.take();
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
        events.close();
    }

    void join(WatchedLock member) {
        locks.add(member);
    }

    void leave(WatchedLock member) {
        locks.remove(member);
    }

    /** Tells the member of events at its lock file; without, only looks find changes. */
    FileEvents<WatchedLock> events() {
        return events;
    }
}
