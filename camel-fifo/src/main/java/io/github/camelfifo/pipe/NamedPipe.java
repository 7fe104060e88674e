package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds, makes, opens and removes the FIFO at a path, for consumers and producers. All checks look at the inode that a
 * descriptor holds, and this same inode is then opened, so nobody can put another file in its place between check and
 * opening.
 *
 * <p>
 * A path may also lead to an anonymous pipe: {@code /dev/stdin}, {@code /dev/fd/N}, {@code /proc/self/fd/N}. It never
 * makes or removes an anonymous pipe. Thread-safe: it has no state.
 */
public final class NamedPipe {

    /** How often the file may vanish from the path between two looks before this fails. */
    private static final int ATTEMPTS = 10;

    /** The kernel shows the open files of processes here; nobody can make a file here. */
    private static final List<Path> OPEN_FILES = List.of(
            Path.of("/dev/stdin"),
            Path.of("/dev/stdout"),
            Path.of("/dev/stderr"),
            Path.of("/dev/fd"),
            Path.of("/proc"));

    private final Posix posix;
    private final Path path;
    private final PipeOptions options;
    private final PipeListener listener;
    /** Null unless the options are strict. */
    private final StrictRule rule;

    /** Opens nothing; the path has to be absolute. */
    NamedPipe(Posix posix, Path path, PipeOptions options, PipeListener listener) {
        this.posix = posix;
        this.path = path;
        this.options = options;
        this.listener = listener;
        this.rule = StrictRule.of(posix, path, options);
    }

    /** {@return the absolute path} */
    public String path() {
        return path.toString();
    }

    /**
     * {@return a FIFO in the folder at this path}
     *
     * @param name its file name
     */
    public NamedPipe in(String name) {
        return new NamedPipe(posix, path.resolve(name), options, listener);
    }

    /**
     * Refuses a FIFO that somebody else could have planted, if the options are strict.
     *
     * @param found the FIFO at the path, not a link to it
     * @throws UntrustedPipeException when it is refused
     */
    void check(Descriptor found) throws IOException {
        if (rule != null) {
            rule.checkPipe(found.status());
        }
    }

    PipeOptions options() {
        return options;
    }

    /** The widest accepted permissions, or -1 when all are accepted: only equal values accept the same FIFOs. */
    int strictness() {
        return options.strict() ? options.permissions() : -1;
    }

    /**
     * Finds the FIFO; if it is missing and the options say so, makes it first, with any missing parent folders.
     *
     * @return a descriptor to check the FIFO and to open it by; neither reader nor writer
     * @throws NoSuchNamedPipeException when nothing is there and the options do not allow making it
     * @throws NotANamedPipeException when another kind of file is there
     * @throws OutsideOfFolderException when its place is outside of the folder that it is confined to
     * @throws UntrustedPipeException when the options are strict and somebody else could have planted it
     * @throws IOException when the system refuses
     */
    public Descriptor locate() throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return verified(look());
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
            }
            if (!isMadeWhenMissing()) {
                throw new NoSuchNamedPipeException(path());
            }
            PipePlace.make(posix, path, options);
        }
        throw new NotANamedPipeException(path(), "a symbolic link that leads nowhere, or a file that comes and goes");
    }

    /**
     * Checks that the FIFO can be opened for writing, or can be made first. Opens and makes nothing, so that no other
     * process notices.
     *
     * @throws IOException as {@link #locate()} and opening would
     */
    public void checkWritable() throws IOException {
        try (Descriptor found = verified(look())) {
            found.checkWritable();
        } catch (ErrnoException e) {
            checkMakeable(e);
        }
    }

    /**
     * Checks that the FIFO can be opened for reading, or can be made first. Opens and makes nothing.
     *
     * @throws IOException as {@link #locate()} and opening would
     */
    public void checkReadable() throws IOException {
        try (Descriptor found = verified(look())) {
            found.checkReadable();
        } catch (ErrnoException e) {
            checkMakeable(e);
        }
    }

    private void checkMakeable(ErrnoException reason) throws IOException {
        if (reason.errno() != Errno.ENOENT) {
            throw reason;
        }
        if (!isMadeWhenMissing()) {
            throw new NoSuchNamedPipeException(path());
        }
        if (posix.statusAt(path(), false) != null && posix.statusAt(path(), true) == null) {
            throw new NotANamedPipeException(path(), "a symbolic link that leads nowhere");
        }
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            try (Descriptor found = posix.openPath(folder.toString())) {
                found.checkMayMakeFiles();
                return;
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
            }
        }
    }

    private boolean isMadeWhenMissing() {
        return options.autoCreate() && OPEN_FILES.stream().noneMatch(path::startsWith);
    }

    /**
     * Opens the FIFO for reading, without waiting for a writer.
     *
     * @return a non-blocking reading end
     * @throws IOException as {@link #locate()}
     */
    public Descriptor openForReading() throws IOException {
        try (Descriptor found = locate()) {
            return openForReading(found);
        }
    }

    /**
     * Opens the located FIFO for reading, even if another file is at the path by now.
     *
     * @param located from {@link #locate()}
     * @return a non-blocking reading end
     * @throws IOException when the system refuses
     */
    public Descriptor openForReading(Descriptor located) throws IOException {
        return withCapacity(posix.reopenForReading(located));
    }

    /** Opens the located FIFO for writing, non-blocking; null when no process has it open for reading. */
    Descriptor openForWriting(Descriptor located) throws ErrnoException {
        try {
            return withCapacity(posix.reopenForWriting(located));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENXIO) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Whether the path led to an anonymous pipe.
     *
     * @param opened a descriptor of the pipe
     * @return false for a FIFO
     * @throws IOException when the kernel does not tell
     */
    public boolean isAnonymous(Descriptor opened) throws IOException {
        return opened.target().startsWith("pipe:");
    }

    /**
     * Why the path no longer leads to this FIFO. Opens nothing.
     *
     * @param used the FIFO; must be open, or its inode may be another file's by now
     * @return in words; null when the path leads there
     */
    public String whyNotAtPath(FileIdentity used) {
        FileStatus there = posix.statusAt(path(), true);
        if (there == null) {
            return new NoSuchNamedPipeException(path()).getMessage();
        }
        if (there.identity().equals(used)) {
            return null;
        }
        return there.isFifo()
                ? "Another named pipe is at the path than the one that is open: " + path
                : new NotANamedPipeException(path(), there.kind()).getMessage();
    }

    /** The kernel forgets the capacity with the pipe's last descriptor, so each opening sets it. */
    private Descriptor withCapacity(Descriptor opened) {
        if (options.capacity() > 0) {
            try {
                posix.setCapacity(opened, options.capacity());
            } catch (ErrnoException e) {
                listener.capacityRefused(path(), options.capacity(), e.getMessage());
            }
        }
        return opened;
    }

    /**
     * Removes the FIFO from its folder, but only when the path still names this FIFO and not a link to it.
     *
     * @param used the FIFO; must be open, or its inode may be another file's by now
     * @return whether it was removed
     */
    boolean delete(FileIdentity used) throws IOException {
        try (PipePlace place = new PipePlace(posix, path, options, false)) {
            return place.remove(used);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    /** Opens the path to look at it; without checks on the way, the kernel may resolve the whole path. */
    private Descriptor look() throws IOException {
        if (rule == null && options.confinedTo() == null) {
            return posix.openPath(path());
        }
        try (PipePlace place = new PipePlace(posix, path, options, false)) {
            return place.look();
        }
    }

    private Descriptor verified(Descriptor found) throws IOException {
        try {
            FileStatus status = found.status();
            if (rule != null) {
                rule.checkNoLink(found, status);
            }
            if (!status.isFifo()) {
                throw new NotANamedPipeException(path(), status.kind());
            }
            if (rule != null) {
                rule.checkPipe(status);
            }
            return found;
        } catch (IOException e) {
            found.close();
            throw e;
        }
    }
}
