package io.github.camelfifo.pipe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One lock file that its follower holds or awaits, in a {@link LockWatch}. {@link ReaderLock} has it. Thread-safe. */
final class WatchedLock implements AutoCloseable {

    private static final long AFTER_FAILURE_MILLIS = 1_000;

    private final LockWatch watch;
    private final ReaderLock.Follower follower;
    /** The time of the next look, by {@link Clock}. */
    private final AtomicLong dueNanos = new AtomicLong(Clock.NEVER);

    private volatile boolean happened;
    private volatile boolean closed;
    /** Null when inotify does not watch the file. Guarded by this. */
    private Integer inotifyWatch;

    WatchedLock(LockWatch watch, ReaderLock.Follower follower) {
        this.watch = watch;
        this.follower = follower;
    }

    /** Watches this file from now on; the follower looks soon, for what has happened before. */
    synchronized void watch(LockFile file) {
        if (!closed) {
            watch.events().remove(this, inotifyWatch);
            inotifyWatch = watch.events().add(this, inotify -> inotify.watchLock(file.descriptor()));
            watch.join(this);
            lookIn(0);
        }
    }

    /** Whether inotify tells what happens to the file. */
    synchronized boolean isWatched() {
        return inotifyWatch != null;
    }

    /** Has the follower look after so many milliseconds, or earlier. */
    void lookIn(long millis) {
        dueIn(millis);
        watch.schedule();
    }

    /** Something has happened to the file. */
    void happened() {
        happened = true;
    }

    /** Only the watch's owner calls this; gives the time of the next look. */
    long lookIfDue() {
        boolean event = happened;
        if (!closed && (event || dueNanos.get() <= Clock.nanos())) {
            happened = false;
            dueNanos.set(Clock.NEVER);
            long next = AFTER_FAILURE_MILLIS;
            try {
                next = follower.look(event);
            } finally {
                dueIn(next);
            }
        }
        return closed ? Clock.NEVER : dueNanos.get();
    }

    private void dueIn(long millis) {
        long due = Clock.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
        dueNanos.accumulateAndGet(due, Math::min);
    }

    /** The follower is no longer called; a call in work goes on. */
    @Override
    public synchronized void close() {
        closed = true;
        watch.leave(this);
        watch.events().remove(this, inotifyWatch);
        inotifyWatch = null;
    }
}
