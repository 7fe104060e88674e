package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a FIFO with exact permissions, whatever the umask, and never wider than asked for, not even for a moment: the umask
 * can only narrow mkfifo's mode, which is the owner's part alone, and chmod then widens it, once owner and group are right.
 */
final class PipeMaker {

    private static final int OWNER_ONLY = 0600;

    private final Posix posix;
    private final Path path;
    private final PipeOptions options;

    PipeMaker(Posix posix, Path path, PipeOptions options) {
        this.posix = posix;
        this.path = path;
        this.options = options;
    }

    /** Makes the FIFO and any missing parent folders; does nothing when somebody else is quicker. */
    void make() throws IOException {
        try (PipePlace place = new PipePlace(posix, path, options, true)) {
            place.mkfifo(firstPermissions());
            finish(place);
        } catch (ErrnoException e) {
            // there already: the next look will tell what, and its permissions are not ours to set; or removed by
            // somebody, it or a folder above it: the next look will tell, too
            if (e.errno() != Errno.EEXIST && e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private void finish(PipePlace place) throws IOException {
        FileIdentity identity = null;
        try (Descriptor made = place.lookAtName()) {
            FileStatus status = posix.status(made);
            identity = status.identity();
            finish(made, status);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                removeUnwanted(place, identity, e);
            }
            throw e;
        }
    }

    private void finish(Descriptor made, FileStatus status) throws IOException {
        if (!status.isFifo()) {
            // put there by somebody between the two calls
            throw new NotANamedPipeException(path.toString(), status.kind());
        }
        if (!isAsMade(status)) {
            // likewise: the next look will tell whether it will do, and it gets no rights from here
            return;
        }
        if (options.owner() != PipeOptions.DEFAULT_ID || options.group() != PipeOptions.DEFAULT_ID) {
            posix.chown(made, options.owner(), options.group());
        }
        if (status.permissions() != options.permissions()) {
            posix.chmod(made, options.permissions());
        }
    }

    private int firstPermissions() {
        return OWNER_ONLY & options.permissions();
    }

    private boolean isAsMade(FileStatus status) {
        return status.uid() == posix.effectiveUserId() && (status.permissions() & ~firstPermissions()) == 0;
    }

    /**
     * Nobody has asked for a FIFO with another owner or other permissions. One that could not even be looked at, when there
     * are no descriptors, was made just now: its name goes.
     */
    private static void removeUnwanted(PipePlace place, FileIdentity made, ErrnoException reason) {
        try {
            if (made == null) {
                place.unlink();
            } else {
                place.remove(made);
            }
        } catch (ErrnoException e) {
            reason.addSuppressed(e);
        }
    }
}
