package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import java.nio.file.Path;

/** A path at which one follower follows what is there. Thread-safe. */
public final class WatchedPath implements AutoCloseable {

    private final PathWatch watch;
    private final String path;
    private final String folder;
    private final long intervalMillis;
    private final PathWatch.Follower follower;
    private volatile FileIdentity followed;
    private volatile boolean recheckAsked;
    private volatile boolean closed;
    /** The watch's owner's: whether the last look was satisfied. */
    private boolean settled;
    /** Likewise: whether a symbolic link leads there, whose target may be replaced without a trace in this folder. */
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
     * From now on the follower is told when this file is not at the path any more; at once, when that is so already.
     *
     * @param file what was found at the path; the follower has to keep it open in some way, see {@link FileIdentity}
     * @param identity of it
     */
    public synchronized void follow(Descriptor file, FileIdentity identity) {
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

    /** Nothing is followed for now: a follower that is looking is asked again in each interval, until it follows something. */
    public synchronized void expect() {
        if (!closed) {
            forget();
            watch.join(this);
        }
    }

    /** Has the follower asked now, whatever is followed. */
    public synchronized void ask() {
        expect();
        recheck();
        watch.schedule();
    }

    /** Nothing is looked for until {@link #ask} or {@link #follow}. */
    public synchronized void unfollow() {
        watch.leave(this);
        forget();
    }

    /** The follower is told nothing any more, but for a call that is in work. */
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
        if (!recheckAsked) {
            recheckAsked = true;
            watch.recheck(this);
        }
    }

    boolean needsLooks() {
        return link || !settled;
    }

    /** The watch's owner looks now; false when nobody had asked for it. */
    boolean clearRecheck() {
        if (!recheckAsked) {
            // not written then: another thread may just have asked, and count on a look after that
            return false;
        }
        recheckAsked = false;
        return true;
    }

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
        Posix posix = watch.itsEngine().posix();
        link = false;
        if (is(expected, posix.statusAt(path, false))) {
            return true;
        }
        link = is(expected, posix.statusAt(path, true));
        return link;
    }

    private static boolean is(FileIdentity expected, FileStatus there) {
        return there != null && there.identity().equals(expected);
    }

    private boolean asksFollower() {
        try {
            return follower.look();
        } catch (RuntimeException | Error e) {
            watch.itsEngine().report(e);
            return false;
        }
    }
}
