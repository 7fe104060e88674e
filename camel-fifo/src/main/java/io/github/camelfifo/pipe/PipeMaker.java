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
 * Makes a FIFO for {@link NamedPipe}, with exact permissions under any umask, and not for a moment wider than the options say:
 * mkfifo(3) gives rights to the owner alone, which the umask can only narrow, and chmod(2) widens them when owner and group
 * are right.
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
            // somebody else made it, whose permissions stay, or removed it or a folder above: the next look will tell
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
            // somebody put it there between the two calls
            throw new NotANamedPipeException(path.toString(), status.kind());
        }
        if (!isAsMade(status)) {
            // likewise: the next look will tell whether it is accepted, and it gets no rights here
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
     * Removes a FIFO that could not get its owner or permissions. {@code made} is null when no descriptor was left to look at
     * it: then the name is removed, which was made just now.
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
