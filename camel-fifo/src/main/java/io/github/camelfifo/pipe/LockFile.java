package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Folder;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.posix.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The file that the only reader of a FIFO locks, flock(2); {@link ReaderLock} uses it. It makes the file if it is
 * missing, and never removes it. Thread-safe.
 */
public final class LockFile implements AutoCloseable {

    /** How often the file may come and go between two calls before this fails. */
    private static final int ATTEMPTS = 10;

    private static final int OWNER_ONLY = 0600;
    private static final int READ_AND_WRITE = 6;
    private static final int READ = 4;
    private static final int CLASS_BITS = 3;
    private static final int CLASSES = 3;
    private static final int MOST_TEXT = 1000;

    private final Posix posix;
    private final Path path;
    private final PipeOptions options;
    /** Null unless the options are strict. */
    private final StrictRule rule;
    /** Null before the first opening. Guarded by this, like the fields below. */
    private RegularFile file;

    private boolean held;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param path    absolute
     * @param options of the FIFO: the file gets the same owner and group, and the permissions of those who may read
     */
    LockFile(Posix posix, Path path, PipeOptions options) {
        this.posix = posix;
        this.path = path;
        this.options = options;
        this.rule = StrictRule.of(posix, path, options);
    }

    /** {@return the absolute path} */
    public String path() {
        return path.toString();
    }

    /**
     * Opens the file at the path, and makes it if it is missing. Closes the file that was open before, with its lock.
     * No link is followed at the file's name, and an existing file is opened without O_CREAT.
     *
     * @throws IOException when another kind of file is there, when it is not to be trusted, or when the system refuses
     */
    synchronized void open() throws IOException {
        if (closed) {
            return;
        }
        RegularFile opened = openOrMake();
        closeFile();
        file = opened;
    }

    /**
     * Changes to the file that is at the path by now, and makes it if it is missing. The old file's lock is given up
     * only after the try to lock the new one.
     *
     * @return whether the new file is locked
     * @throws IOException as {@link #open()}; then nothing has changed
     */
    synchronized boolean renew() throws IOException {
        if (closed) {
            return false;
        }
        RegularFile next = openOrMake();
        boolean locked;
        try {
            locked = posix.tryLock(next.descriptor());
        } catch (ErrnoException e) {
            next.close();
            throw e;
        }
        closeFile();
        file = next;
        held = locked;
        return locked;
    }

    /** Locks the open file, if nobody has locked it; false also when this is closed. */
    synchronized boolean tryLock() throws ErrnoException {
        if (!held && !closed) {
            held = posix.tryLock(file.descriptor());
        }
        return held;
    }

    /** Whether the path still leads to the open file. */
    synchronized boolean isAtPath() throws ErrnoException {
        FileStatus there = posix.statusAt(path(), false);
        return !closed
                && there != null
                && there.identity().equals(file.descriptor().status().identity());
    }

    /** Unlocks the file, and wakes those who wait for it. */
    synchronized void unlock() throws ErrnoException {
        if (held) {
            held = false;
            posix.unlock(file.descriptor());
            try {
                file.touch();
            } catch (ErrnoException e) {
                // another user's file: those who wait look once a second
            }
        }
    }

    /** Writes who holds the lock, for people. Without permission to write, nothing is written. */
    synchronized void write(String holder) throws ErrnoException {
        if (!closed) {
            file.write((holder + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Who held the lock last, as far as the file says. */
    synchronized String holder() {
        try {
            String text = closed ? "" : new String(file.read(MOST_TEXT), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "unknown" : text;
        } catch (ErrnoException e) {
            return "unknown";
        }
    }

    /** The open file, to watch it. */
    synchronized Descriptor descriptor() {
        return file.descriptor();
    }

    /** Gives the lock up for good. */
    @Override
    public synchronized void close() {
        closed = true;
        closeFile();
    }

    private void closeFile() {
        try {
            unlock();
        } catch (ErrnoException e) {
            // closing it unlocks it too
        }
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private RegularFile openOrMake() throws IOException {
        try (Folder folder = new FolderWalk(posix, path, rule, false).to(path.getParent())) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                RegularFile opened = attempt % 2 == 1 ? existing(folder) : made(folder);
                if (opened != null) {
                    return opened;
                }
            }
        }
        throw new IOException("The lock file is made and removed again and again: " + path);
    }

    /** Null when the file is missing. */
    private RegularFile existing(Folder folder) throws IOException {
        try (Descriptor found = folder.openNoFollow(name(), path())) {
            FileStatus status = found.status();
            if (!status.isRegular()) {
                throw new IOException("Not a regular file but " + status.kind() + ": " + path);
            }
            if (rule != null) {
                rule.checkLockFile(status);
            }
            return folder.openFile(found);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return null;
            }
            throw e;
        }
    }

    /** Null when somebody else was quicker. */
    private RegularFile made(Folder folder) throws ErrnoException {
        int permissions = permissions();
        RegularFile made;
        try {
            made = folder.makeFile(name(), OWNER_ONLY & permissions);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EEXIST) {
                return null;
            }
            throw e;
        }
        try {
            PipePlace.give(made.descriptor(), made.descriptor().status(), options, permissions);
            return made;
        } catch (ErrnoException e) {
            made.close();
            folder.unlink(name());
            throw e;
        }
    }

    /** Whoever may only write to the FIFO may not lock this file. */
    private int permissions() {
        int permissions = 0;
        for (int shift = 0; shift < CLASSES * CLASS_BITS; shift += CLASS_BITS) {
            int ofClass = options.permissions() >> shift & READ_AND_WRITE;
            permissions |= (ofClass & READ) == 0 ? 0 : ofClass << shift;
        }
        return permissions;
    }

    private String name() {
        return path.getFileName().toString();
    }
}
