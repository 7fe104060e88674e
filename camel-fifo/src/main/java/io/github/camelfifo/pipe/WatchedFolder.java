package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.FileStamp;
import io.github.camelfifo.posix.Posix;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The paths of a {@link PathWatch} in one parent folder. Any thread adds and removes; only the watch's owner looks. */
final class WatchedFolder {

    /** A file system's clock may tick in seconds: within this time, two changes may have the same time. */
    private static final long COARSEST_CLOCK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String path;
    private final Set<WatchedPath> members = ConcurrentHashMap.newKeySet();
    /** The shortest interval of all members, past ones included. */
    private volatile long intervalNanos = Clock.NEVER;

    private long dueNanos;
    private long uncertainUntilNanos;
    private FileStamp seen;
    /** Members that need a look even if the folder has not changed. */
    private final Set<WatchedPath> unsettled = new HashSet<>();

    WatchedFolder(String path) {
        this.path = path;
    }

    void add(WatchedPath member) {
        members.add(member);
        intervalNanos = Math.min(intervalNanos, TimeUnit.MILLISECONDS.toNanos(member.intervalMillis()));
    }

    /** Removes a member; true when it was the last one. */
    boolean remove(WatchedPath member) {
        members.remove(member);
        return members.isEmpty();
    }

    /** Rechecks the paths if a look is due and the folder has changed; gives the next look's time, by {@link Clock}. */
    long look(Posix posix, long now) {
        if (now >= dueNanos) {
            // at multiples of the interval, so that a thousand folders need one wake-up and not a thousand
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

    /** Looks at a path; does nothing when the path was removed. */
    void lookAt(WatchedPath path) {
        if (members.contains(path)) {
            // until a look succeeds
            unsettled.add(path);
            path.look();
            if (!path.needsLooks()) {
                unsettled.remove(path);
            }
        }
    }
}
