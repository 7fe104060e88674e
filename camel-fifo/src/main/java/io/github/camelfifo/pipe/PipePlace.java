package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Folder;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder of a FIFO, held open, and the FIFO's name in it: {@link NamedPipe} looks at the FIFO, makes and removes it
 * here. All methods work in this same folder, even if its path leads elsewhere by now. When the options confine the
 * FIFO to a folder, this folder lies in that one.
 */
final class PipePlace implements AutoCloseable {

    private static final int OWNER_ONLY = 0600;

    private final Posix posix;
    private final Path path;
    private final PipeOptions options;
    private final String name;
    private final Folder folder;
    /** The folder that the FIFO is confined to; null when it may be anywhere. */
    private Folder top;

    /**
     * Finds the folder.
     *
     * @param path of the FIFO, absolute
     * @param make whether to make missing folders, also the folder that the FIFO is confined to
     * @throws OutsideOfFolderException when the folder lies outside of the one that the FIFO is confined to
     * @throws UntrustedPipeException when the options are strict and another user's link is in the path
     */
    PipePlace(Posix posix, Path path, PipeOptions options, boolean make) throws IOException {
        this.posix = posix;
        this.path = path;
        this.options = options;
        this.name = path.getFileName() == null ? "." : path.getFileName().toString();
        this.folder = folder(make);
    }

    private Folder folder(boolean make) throws IOException {
        Path parent = path.getParent() == null ? path : path.getParent();
        if (options.confinedTo() == null) {
            return walk(make).to(parent);
        }
        top = walk(make).to(options.confinedTo());
        try {
            return walk(make).within(top, options.confinedTo().relativize(parent));
        } catch (IOException | RuntimeException e) {
            top.close();
            throw e;
        }
    }

    private FolderWalk walk(boolean make) {
        return new FolderWalk(posix, path, StrictRule.of(posix, path, options), make);
    }

    /**
     * Opens the folder at a path, whose FIFOs are used; makes it if the options say so.
     *
     * @throws OutsideOfFolderException when it lies outside of the folder that the FIFOs are confined to
     */
    static Folder openFolder(Posix posix, Path folder, PipeOptions options) throws IOException {
        try (PipePlace any = new PipePlace(posix, folder.resolve("*"), options, options.autoCreate())) {
            return any.folder.enter(any.folder.open(".", folder.toString()));
        } catch (ErrnoException e) {
            throw switch (e.errno()) {
                case ENOENT -> new IOException("The folder of named pipes does not exist: " + folder, e);
                case ENOTDIR ->
                    new IOException(
                            "With include, the path has to be that of a folder, and it is " + kind(posix, folder), e);
                default -> e;
            };
        }
    }

    private static String kind(Posix posix, Path file) {
        FileStatus there = posix.statusAt(file.toString(), true);
        return (there == null ? "missing" : there.kind()) + ": " + file;
    }

    /**
     * Opens the file of this name to look at it. If it is a link: the link itself when the options are strict,
     * otherwise the file that it leads to.
     *
     * @throws OutsideOfFolderException when a link leads out of the folder that the FIFO is confined to
     */
    Descriptor look() throws IOException {
        Descriptor found = options.strict() ? lookAtName() : folder.open(name, path.toString());
        try {
            if (top != null && !top.contains(found)) {
                throw new OutsideOfFolderException(path.toString(), found.target(), top.path());
            }
            return found;
        } catch (IOException e) {
            found.close();
            throw e;
        }
    }

    /** Opens the file of this name to look at it; if it is a link, the link itself. */
    Descriptor lookAtName() throws ErrnoException {
        return folder.openNoFollow(name, path.toString());
    }

    /**
     * Makes the FIFO and any missing parent folders; does nothing when somebody else is quicker. Its permissions are
     * exact under any umask, and never wider than the options say: mkfifo(3) gives rights to the owner alone, which the
     * umask can only narrow, and chmod(2) widens them when owner and group are right.
     */
    static void make(Posix posix, Path path, PipeOptions options) throws IOException {
        try (PipePlace place = new PipePlace(posix, path, options, true)) {
            place.folder.mkfifo(place.name, place.firstPermissions());
            place.finish();
        } catch (ErrnoException e) {
            // somebody else made it, and its permissions stay, or removed it or a folder above: the next look will tell
            if (e.errno() != Errno.EEXIST && e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private void finish() throws IOException {
        FileIdentity identity = null;
        try (Descriptor made = lookAtName()) {
            FileStatus status = made.status();
            identity = status.identity();
            finish(made, status);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                removeUnwanted(identity, e);
            }
            throw e;
        }
    }

    private void finish(Descriptor made, FileStatus status) throws IOException {
        if (!status.isFifo()) {
            // somebody put it there between the two calls
            throw new NotANamedPipeException(path.toString(), status.kind());
        }
        if (!isAsMade(status)) {
            // somebody else's FIFO gets no rights here; the next look checks it
            return;
        }
        give(made, status, options, options.permissions());
    }

    /** Gives a file that was made just now its owner and group, and then its permissions. */
    static void give(Descriptor made, FileStatus status, PipeOptions options, int permissions) throws ErrnoException {
        if (options.owner() != PipeOptions.DEFAULT_ID || options.group() != PipeOptions.DEFAULT_ID) {
            made.chown(options.owner(), options.group());
        }
        if (status.permissions() != permissions) {
            made.chmod(permissions);
        }
    }

    private int firstPermissions() {
        return OWNER_ONLY & options.permissions();
    }

    private boolean isAsMade(FileStatus status) {
        return status.uid() == posix.users().effectiveUserId() && (status.permissions() & ~firstPermissions()) == 0;
    }

    /**
     * Removes a FIFO that could not get its owner or permissions. {@code made} is null when no descriptor was left to
     * look at it: then this removes the name, which was made just now.
     */
    private void removeUnwanted(FileIdentity made, ErrnoException reason) {
        try {
            if (made == null) {
                folder.unlink(name);
            } else {
                remove(made);
            }
        } catch (ErrnoException e) {
            reason.addSuppressed(e);
        }
    }

    /** Removes the name and says true, but only when it names this FIFO, which the caller must have open. */
    boolean remove(FileIdentity used) throws ErrnoException {
        try (Descriptor there = lookAtName()) {
            if (!there.status().identity().equals(used)) {
                return false;
            }
            folder.unlink(name);
            return true;
        }
    }

    @Override
    public void close() {
        folder.close();
        if (top != null) {
            top.close();
        }
    }
}
