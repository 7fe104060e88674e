package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import java.nio.file.Path;

/** A path whose file one follower follows; {@link PathWatch} makes it. Thread-safe. */
final class WatchedPath implements AutoCloseable {

    private final PathWatch watch;
    private final String path;
    private final String folder;
    private final long intervalMillis;
    private final PathWatch.Follower follower;
    private volatile FileIdentity followed;
    private volatile boolean closed;
    /** Whether the last look found all well; confined to the watch's owner. */
    private boolean settled;
    /** Whether the path is a symbolic link, whose target may change without a change of this folder; likewise. */
    private boolean link;
    /** Guarded by this. */
    private Integer inotifyWatch;

    WatchedPath(PathWatch watch, String path, long intervalMillis, PathWatch.Follower follower) {
        this.watch = watch;
        this.path = path;
        this.folder = Path.of(path).getParent().toString();
        this.intervalMillis = intervalMillis;
        this.follower = follower;
    }

    /**
     * From now on the follower is told when this file is no longer at the path; at once, if that is so already. The
     * follower has to keep the file open, see {@link FileIdentity}.
     */
    synchronized void follow(Descriptor file, FileIdentity identity) {
        if (closed) {
            return;
        }
        watch.events().remove(this, inotifyWatch);
        inotifyWatch = watch.events().add(this, inotify -> inotify.watch(file));
        followed = identity;
        watch.join(this);
        recheck();
        watch.schedule();
    }

    /** Follows no file for now: the follower looks again in each interval, until it follows a file. */
    synchronized void expect() {
        if (!closed) {
            forget();
            watch.join(this);
        }
    }

    /** Has the follower look now. */
    synchronized void ask() {
        expect();
        recheck();
        watch.schedule();
    }

    /** Does not look until {@link #ask} or {@link #follow}. */
    synchronized void unfollow() {
        watch.leave(this);
        forget();
    }

    /** The follower is no longer called; a call in work goes on. */
    @Override
    public synchronized void close() {
        closed = true;
        unfollow();
    }

    private void forget() {
        watch.events().remove(this, inotifyWatch);
        inotifyWatch = null;
        followed = null;
    }

    String folder() {
        return folder;
    }

    long intervalMillis() {
        return intervalMillis;
    }

    void recheck() {
        watch.recheck(this);
    }

    boolean needsLooks() {
        return link || !settled;
    }

    /** Only the watch's owner calls this. */
    void look() {
        if (!closed) {
            settled = isStillThere() || asksFollower();
        }
    }

    private boolean isStillThere() {
        FileIdentity expected = followed;
        if (expected == null) {
            return false;
        }
        Posix posix = watch.engine().posix();
        boolean itself = is(expected, posix.statusAt(path, false));
        link = !itself && is(expected, posix.statusAt(path, true));
        return itself || link;
    }

    private static boolean is(FileIdentity expected, FileStatus there) {
        return there != null && there.identity().equals(expected);
    }

    private boolean asksFollower() {
        try {
            return follower.look();
        } catch (RuntimeException | Error e) {
            watch.engine().report(e);
            return false;
        }
    }
}
