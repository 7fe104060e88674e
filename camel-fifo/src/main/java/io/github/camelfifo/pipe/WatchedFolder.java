package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.FileStamp;
import io.github.camelfifo.posix.Posix;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Paths of a {@link PathWatch} with the same parent folder. Any thread adds and removes; only its owner looks. */
final class WatchedFolder {

    /** A file system's clock may tick in seconds: for so long after a change, another one may have the same time. */
    private static final long COARSEST_CLOCK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String path;
    private final Set<WatchedPath> members = ConcurrentHashMap.newKeySet();
    /** The shortest that any member had. */
    private volatile long intervalNanos = Clock.NEVER;

    private long dueNanos;
    private long uncertainUntilNanos;
    private FileStamp seen;
    /** Members that need a look although the folder has not changed. */
    private final Set<WatchedPath> unsettled = new HashSet<>();

    WatchedFolder(String path) {
        this.path = path;
    }

    void add(WatchedPath member) {
        members.add(member);
        intervalNanos = Math.min(intervalNanos, TimeUnit.MILLISECONDS.toNanos(member.intervalMillis()));
    }

    /** True when that was the last one. */
    boolean remove(WatchedPath member) {
        members.remove(member);
        return members.isEmpty();
    }

    /** When it is due and the folder has changed, has its paths rechecked; gives the time of {@link Clock} of the next look. */
    long look(Posix posix, long now) {
        if (now >= dueNanos) {
            // at multiples of the interval, so that a thousand folders wake one worker once and not a thousand times
            long interval = intervalNanos;
            dueNanos = (now / interval + 1) * interval;
            FileStamp stamp = posix.stampAt(path);
            if (stamp == null || !Objects.equals(stamp, seen)) {
                seen = stamp;
                uncertainUntilNanos = now + COARSEST_CLOCK_NANOS;
            }
            unsettled.retainAll(members);
            boolean mayHaveChanged = now < uncertainUntilNanos;
            (mayHaveChanged ? members : unsettled).forEach(WatchedPath::recheck);
        }
        return dueNanos;
    }

    /** Does nothing about a path that has left. */
    void lookAt(WatchedPath path) {
        if (members.contains(path)) {
            // until it has been looked at with success
            unsettled.add(path);
            path.look();
            if (!path.needsLooks()) {
                unsettled.remove(path);
            }
        }
    }
}
