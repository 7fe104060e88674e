package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A path at which a named pipe is, or will be made. Everything is checked on the inode that a descriptor holds and then
 * done to that very inode, so nothing can be put in its place between a check and an opening.
 *
 * <p>
 * Thread-safe: it has no state.
 */
public final class NamedPipe {

    private static final int OWNER_ONLY = 0600;
    /** How often something may vanish from the path between two looks before that is an error. */
    private static final int ATTEMPTS = 10;

    private final Posix posix;
    private final Path path;
    private final boolean autoCreate;
    private final int permissions;

    /**
     * Does nothing yet.
     *
     * @param posix       the system calls
     * @param path        an absolute path
     * @param autoCreate  whether to make the FIFO when nothing is there
     * @param permissions of a FIFO that is made here, 0 to 0777; one that was there keeps its own
     */
    public NamedPipe(Posix posix, Path path, boolean autoCreate, int permissions) {
        this.posix = posix;
        this.path = path;
        this.autoCreate = autoCreate;
        this.permissions = permissions;
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
     * Finds the FIFO, and makes it first, with any missing parent folders, when nothing is there and that is wanted.
     *
     * @return                          a descriptor to look at it with and to open it by; neither reader nor writer
     * @throws NoSuchNamedPipeException when nothing is there, and nothing is to be made
     * @throws NotANamedPipeException   when something else is there
     * @throws IOException              when the system says no
     */
    public Descriptor locate() throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return verified(posix.openPath(path()));
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
            }
            if (!autoCreate) {
                throw new NoSuchNamedPipeException(path());
            }
            create();
        }
        throw new NotANamedPipeException(path(), "a symbolic link that leads nowhere, or a file that comes and goes");
    }

    /**
     * Opens the FIFO for reading, without waiting for a writer.
     *
     * @return             a non-blocking reading end
     * @throws IOException as {@link #locate()}
     */
    public Descriptor openForReading() throws IOException {
        try (Descriptor found = locate()) {
            return posix.reopenForReading(found);
        }
    }

    /**
     * Opens the FIFO for writing, if somebody reads it.
     *
     * @return             a non-blocking writing end, or null when no process has the FIFO open for reading
     * @throws IOException as {@link #locate()}
     */
    public Descriptor openForWriting() throws IOException {
        try (Descriptor found = locate()) {
            return posix.reopenForWriting(found);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENXIO) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Removes the FIFO from its folder, but only when the path still holds this very one, and not a link to it.
     *
     * @param  used        the FIFO; must be open, or its inode may be another file's by now
     * @return             whether it was removed
     * @throws IOException when the system says no
     */
    public boolean delete(FileIdentity used) throws IOException {
        try (Descriptor there = posix.openPathNoFollow(path())) {
            if (!posix.status(there).identity().equals(used)) {
                return false;
            }
            posix.unlink(path());
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    private Descriptor verified(Descriptor found) throws IOException {
        try {
            FileStatus status = posix.status(found);
            if (!status.isFifo()) {
                throw new NotANamedPipeException(path(), status.kind());
            }
            return found;
        } catch (IOException e) {
            found.close();
            throw e;
        }
    }

    /** Never wider than asked for, not even for a moment: the umask can only narrow mkfifo's mode, chmod then widens. */
    private void create() throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        try {
            posix.mkfifo(path(), OWNER_ONLY & permissions);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EEXIST) {
                // somebody else was quicker: the next look tells what is there, and its permissions are not ours to set
                return;
            }
            throw e;
        }
        try (Descriptor made = verified(posix.openPathNoFollow(path()))) {
            if (posix.status(made).permissions() != permissions) {
                posix.chmod(made, permissions);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            // removed between the two calls: the next look tells what is there now
        }
    }
}
