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
 * A path at which a named pipe is, or will be made. Everything is checked on the inode that a descriptor holds and then
 * done to that very inode, so nothing can be put in its place between a check and an opening.
 *
 * <p>
 * A path may also lead to an anonymous pipe: {@code /dev/stdin}, {@code /dev/fd/N}, {@code /proc/self/fd/N}. Such a one is
 * never made and never removed.
 *
 * <p>
 * Thread-safe: it has no state.
 */
public final class NamedPipe {

    /** How often something may vanish from the path between two looks before that is an error. */
    private static final int ATTEMPTS = 10;

    /** Where the kernel shows the open files of processes; nothing can be made there. */
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
    private final StrictRule rule;

    /**
     * Does nothing yet.
     *
     * @param posix the system calls
     * @param path an absolute path
     * @param options what to do about it
     * @param listener is told when the kernel refuses the capacity
     */
    public NamedPipe(Posix posix, Path path, PipeOptions options, PipeListener listener) {
        this.posix = posix;
        this.path = path;
        this.options = options;
        this.listener = listener;
        this.rule = new StrictRule(posix, path, options.permissions());
    }

    /**
     * Where.
     *
     * @return the absolute path
     */
    public String path() {
        return path.toString();
    }

    /**
     * Which FIFOs are refused by their owner or permissions. Where two of these differ, one cannot stand for the other.
     *
     * @return the widest permissions that are accepted, or -1 where everything is
     */
    int strictness() {
        return options.strict() ? options.permissions() : -1;
    }

    /**
     * Finds the FIFO, and makes it first, with any missing parent folders, when nothing is there and that is wanted.
     *
     * @return                          a descriptor to look at it with and to open it by; neither reader nor writer
     * @throws NoSuchNamedPipeException when nothing is there, and nothing is to be made
     * @throws NotANamedPipeException   when something else is there
     * @throws OutsideOfFolderException when it is, or would be made, outside of the folder that it is confined to
     * @throws UntrustedPipeException   when the options are strict and somebody else could have planted it
     * @throws IOException              when the system says no
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
            if (!options.autoCreate() || OPEN_FILES.stream().anyMatch(path::startsWith)) {
                throw new NoSuchNamedPipeException(path());
            }
            new PipeMaker(posix, path, options).make();
        }
        throw new NotANamedPipeException(path(), "a symbolic link that leads nowhere, or a file that comes and goes");
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
     * Opens for reading what was located, whatever is at the path by now.
     *
     * @param located from {@link #locate()}
     * @return a non-blocking reading end
     * @throws IOException when the system says no
     */
    public Descriptor openForReading(Descriptor located) throws IOException {
        return withCapacity(posix.reopenForReading(located));
    }

    /**
     * Opens the FIFO for writing, if somebody reads it.
     *
     * @return a non-blocking writing end, or null when no process has the FIFO open for reading
     * @throws IOException as {@link #locate()}
     */
    public Descriptor openForWriting() throws IOException {
        try (Descriptor found = locate()) {
            return openForWriting(found);
        }
    }

    /**
     * Opens for writing what was located, whatever is at the path by now, if somebody reads it.
     *
     * @param located from {@link #locate()}
     * @return a non-blocking writing end, or null when no process has the FIFO open for reading
     * @throws IOException when the system says no
     */
    public Descriptor openForWriting(Descriptor located) throws IOException {
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
     * Whether what the path led to has no name of its own: a pipe between two processes.
     *
     * @param opened a descriptor of it
     * @return false for a FIFO
     * @throws IOException when the kernel does not tell
     */
    public boolean isAnonymous(Descriptor opened) throws IOException {
        return posix.target(opened).startsWith("pipe:");
    }

    /**
     * Why the path leads to this FIFO no more; a look that opens nothing.
     *
     * @param used the FIFO; must be open, or its inode may be another file's by now
     * @return in words; null when it does
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

    /** The kernel forgets a capacity with the pipe's last descriptor, so it is asked for at every opening. */
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
     * Removes the FIFO from its folder, but only when the path still holds this very one, and not a link to it.
     *
     * @param  used        the FIFO; must be open, or its inode may be another file's by now
     * @return             whether it was removed
     * @throws IOException when the system says no
     */
    public boolean delete(FileIdentity used) throws IOException {
        try (PipePlace place = new PipePlace(posix, path, options, false)) {
            return place.remove(used);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    /** Where anything may be at the path, the kernel goes there at once. */
    private Descriptor look() throws IOException {
        if (!options.strict() && options.confinedTo() == null) {
            return posix.openPath(path());
        }
        try (PipePlace place = new PipePlace(posix, path, options, false)) {
            return place.look();
        }
    }

    private Descriptor verified(Descriptor found) throws IOException {
        try {
            FileStatus status = posix.status(found);
            if (options.strict()) {
                rule.checkNoLink(found, status);
            }
            if (!status.isFifo()) {
                throw new NotANamedPipeException(path(), status.kind());
            }
            if (options.strict()) {
                rule.checkPipe(status);
            }
            return found;
        } catch (IOException e) {
            found.close();
            throw e;
        }
    }
}
