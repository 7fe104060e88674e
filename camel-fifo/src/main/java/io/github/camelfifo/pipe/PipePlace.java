package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.Folder;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder of a FIFO, held open, and the FIFO's name in it: for {@link NamedPipe} and {@link PipeMaker}. All methods work in
 * this very folder, also when its path leads elsewhere by now. When the options confine the FIFO to a folder, this one lies
 * within that.
 */
final class PipePlace implements AutoCloseable {

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
     * @param make whether to make missing folders, also the one that the FIFO is confined to
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
     * Opens the file of this name to look at it. If it is a link: the link itself when the options are strict, otherwise the
     * file that it leads to.
     *
     * @throws OutsideOfFolderException when a link leads out of the folder that the FIFO is confined to
     */
    Descriptor look() throws IOException {
        Descriptor found = options.strict() ? lookAtName() : folder.open(name, path.toString());
        try {
            if (top != null && !top.contains(found)) {
                throw new OutsideOfFolderException(path.toString(), posix.target(found), top.path());
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

    /** Makes the FIFO, with at most this mode. */
    void mkfifo(int mode) throws ErrnoException {
        folder.mkfifo(name, mode);
    }

    /** Removes the name and says true, but only when it names this very FIFO, which the caller must have open. */
    boolean remove(FileIdentity used) throws ErrnoException {
        try (Descriptor there = lookAtName()) {
            if (!posix.status(there).identity().equals(used)) {
                return false;
            }
            folder.unlink(name);
            return true;
        }
    }

    /** Removes the name, whichever file it names. */
    void unlink() throws ErrnoException {
        folder.unlink(name);
    }

    @Override
    public void close() {
        folder.close();
        if (top != null) {
            top.close();
        }
    }
}
