package io.github.camelfifo.pipe;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The lock of a FIFO's only reader: readers in all processes ask for it, and one has it. {@link Pipes} makes it. The user
 * calls it under a lock of its own, except {@link #close()} and {@link #lookSoon()}, which any thread may call.
 *
 * <p>
 * Nothing tells when a lock is given up: the event for the close of a killed process's descriptor comes before the
 * unlock. So after each event this tries several times, and without events once a second.
 */
public final class ReaderLock implements AutoCloseable {

    /** Looks at the lock when something has happened to its file, and after a time. */
    @FunctionalInterface
    public interface Follower {

        /**
         * A worker calls this, one call at a time; it must not wait.
         *
         * @param happened whether something has happened to the file since the last look
         * @return after how many milliseconds to look again at the latest
         */
        long look(boolean happened);
    }

    /** What became of a lock that was held. */
    public enum Hold {
        /** It is held. */
        KEPT,
        /** The file had left its path, and the lock of its successor is held instead. */
        RENEWED,
        /** The file had left its path, and somebody else has the lock of its successor. */
        LOST
    }

    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long ALL_PAUSES_MILLIS = 200;
    private static final long LONG_PAUSE_MILLIS = 1_000;
    /** How soon the holder looks at the path when inotify does not tell. */
    private static final long LOOK_MILLIS = 200;
    /** How long the holder of a file that has left its path has time to make a new one. */
    private static final long PRECEDENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * LOOK_MILLIS);

    private final LockFile file;
    private final WatchedLock watched;
    private long nextPause = FIRST_PAUSE_MILLIS;
    private long pausesLeft = ALL_PAUSES_MILLIS;
    /** When the open file was first seen to have left its path, by {@link Clock}; 0 while it is there. */
    private long goneSince;

    ReaderLock(LockFile file, LockWatch watch, Follower follower) {
        this.file = file;
        this.watched = new WatchedLock(watch, follower);
    }

    /** {@return the absolute path of the lock file} */
    public String path() {
        return file.path();
    }

    /**
     * Opens the lock file, and makes it if it is missing. The follower looks from now on.
     *
     * @throws IOException when this is no usable file, or the system refuses
     */
    public void open() throws IOException {
        file.open();
        watched.watch(file);
    }

    /**
     * Tries once to get the lock.
     *
     * @param happened as for {@link Follower#look}
     * @return whether it is held now, and its file is at the path
     * @throws IOException when no usable file is at the path
     */
    public boolean take(boolean happened) throws IOException {
        if (happened) {
            restartPauses();
        }
        if (!file.isAtPath()) {
            return takeSuccessor();
        }
        goneSince = 0;
        return takeAtPath();
    }

    /**
     * Sees that a held lock is that of the file at the path.
     *
     * @return what became of it
     * @throws IOException when no usable file is at the path; the old one is held then
     */
    public Hold check() throws IOException {
        if (file.isAtPath()) {
            return Hold.KEPT;
        }
        boolean renewed = file.renew();
        watched.watch(file);
        restartPauses();
        return renewed ? Hold.RENEWED : Hold.LOST;
    }

    /** {@return after how many milliseconds to try again, grows from try to try} */
    public long pauseMillis() {
        if (goneSince > 0) {
            return LOOK_MILLIS;
        }
        if (pausesLeft == 0) {
            return LONG_PAUSE_MILLIS;
        }
        long pause = Math.min(nextPause, pausesLeft);
        pausesLeft -= pause;
        nextPause = 2 * pause;
        return pause;
    }

    /** {@return after how many milliseconds to check a held lock again} */
    public long checkMillis() {
        return watched.isWatched() ? LONG_PAUSE_MILLIS : LOOK_MILLIS;
    }

    /**
     * Writes into the file who holds the lock, for people.
     *
     * @param holder in words
     * @throws IOException when the system refuses
     */
    public void write(String holder) throws IOException {
        file.write(holder);
    }

    /** {@return who held the lock last, as far as the file says} */
    public String holder() {
        return file.holder();
    }

    /** Has the follower look soon. */
    public void lookSoon() {
        watched.lookIn(0);
    }

    /** Gives the lock up for good, and wakes those who wait for it. */
    @Override
    public void close() {
        watched.close();
        file.close();
    }

    private boolean takeAtPath() throws IOException {
        if (!file.tryLock()) {
            return false;
        }
        if (file.isAtPath()) {
            return true;
        }
        file.unlock();
        restartPauses();
        return false;
    }

    /** The holder of the old file goes first: it may be reading, and makes the new file. */
    private boolean takeSuccessor() throws IOException {
        long now = Clock.nanos();
        if (goneSince == 0) {
            goneSince = now;
        }
        boolean holderIsGone = file.tryLock();
        if (!holderIsGone && now - goneSince < PRECEDENCE_NANOS) {
            return false;
        }
        try {
            open();
        } catch (IOException e) {
            file.unlock();
            throw e;
        }
        goneSince = 0;
        return takeAtPath();
    }

    private void restartPauses() {
        nextPause = FIRST_PAUSE_MILLIS;
        pausesLeft = ALL_PAUSES_MILLIS;
    }
}
