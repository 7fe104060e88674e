package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.Folder;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder in which a FIFO is or is to be made, held open, and the FIFO's name in it. All that is done here is done in
 * this very folder, whatever its path leads to by then; and where the FIFO is confined to a folder, this one lies within.
 */
final class PipePlace implements AutoCloseable {

    private final Posix posix;
    private final Path path;
    private final PipeOptions options;
    private final String name;
    private final Folder folder;
    /** Null where a FIFO may be anywhere. */
    private Folder top;

    /**
     * Finds the folder.
     *
     * @param  posix                    the system calls
     * @param  path                     of the FIFO, absolute
     * @param  options                  of the FIFO
     * @param  make                     whether to make missing folders, also the one that it is confined to
     * @throws OutsideOfFolderException when the folder lies outside of the one that the FIFO is confined to
     * @throws UntrustedPipeException   when under {@code strict} somebody else's link is in the path
     * @throws ErrnoException           as open(2) and mkdir(2) say
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
        return new FolderWalk(posix, path, options.strict() ? rule() : null, make);
    }

    private StrictRule rule() {
        return new StrictRule(posix, path, options.permissions());
    }

    /**
     * Opens what has the FIFO's name, to look at it; under {@code strict} a link itself, and otherwise what it leads to.
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

    /** Opens what has the FIFO's name, a link itself, to look at it. */
    Descriptor lookAtName() throws ErrnoException {
        return folder.openNoFollow(name, path.toString());
    }

    /** Makes the FIFO, with at most this mode. */
    void mkfifo(int mode) throws ErrnoException {
        folder.mkfifo(name, mode);
    }

    /**
     * Removes the name, but only when it is still this very FIFO's, of which the caller has a descriptor open.
     *
     * @return whether it was removed
     */
    boolean remove(FileIdentity used) throws ErrnoException {
        try (Descriptor there = lookAtName()) {
            if (!posix.status(there).identity().equals(used)) {
                return false;
            }
            folder.unlink(name);
            return true;
        }
    }

    /** Removes the name, whatever it is of. */
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
