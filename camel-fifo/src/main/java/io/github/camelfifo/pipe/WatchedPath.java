package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import java.nio.file.Path;

/** A path at which one follower follows the file that is there, see {@link PathWatch}. Thread-safe. */
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
    /** Whether a symbolic link leads there, whose target may change without a trace in this folder; likewise. */
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
     * From now on the follower is told when this file is not at the path any more; at once, when that is so already. The
     * follower has to keep the file open in some way, see {@link FileIdentity}.
     */
    synchronized void follow(Descriptor file, FileIdentity identity) {
        if (closed) {
            return;
        }
        watch.removeFromInotify(this, inotifyWatch);
        inotifyWatch = watch.addToInotify(this, file);
        followed = identity;
        watch.join(this);
        recheck();
        watch.schedule();
    }

    /** Follows nothing for now: a follower that looks is asked again in each interval, until it follows something. */
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

    /** Looks for nothing until {@link #ask} or {@link #follow}. */
    synchronized void unfollow() {
        watch.leave(this);
        forget();
    }

    /** The follower is called no more; a call in work goes on. */
    @Override
    public synchronized void close() {
        closed = true;
        unfollow();
    }

    private void forget() {
        watch.removeFromInotify(this, inotifyWatch);
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

    /** By the watch's owner. */
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
