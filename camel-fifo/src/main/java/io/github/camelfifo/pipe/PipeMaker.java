package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

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
        new Confinement(posix, path, options.confinedTo()).checkBeforeMaking();
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        try {
            posix.mkfifo(path.toString(), OWNER_ONLY & options.permissions());
        } catch (ErrnoException e) {
            // what is there then, the next look will tell, and its permissions are not ours to set
            ignoreIf(e, Errno.EEXIST);
            return;
        }
        try (Descriptor made = posix.openPathNoFollow(path.toString())) {
            finish(made);
        } catch (ErrnoException e) {
            // removed by somebody between the two calls: the next look will tell
            ignoreIf(e, Errno.ENOENT);
        }
    }

    private void finish(Descriptor made) throws IOException {
        FileStatus status = posix.status(made);
        if (!status.isFifo()) {
            // put there by somebody between the two calls
            throw new NotANamedPipeException(path.toString(), status.kind());
        }
        try {
            if (options.owner() != PipeOptions.DEFAULT_ID || options.group() != PipeOptions.DEFAULT_ID) {
                posix.chown(made, options.owner(), options.group());
            }
            if (status.permissions() != options.permissions()) {
                posix.chmod(made, options.permissions());
            }
        } catch (ErrnoException e) {
            // nobody has asked for a FIFO with another owner or other permissions
            posix.unlink(path.toString());
            throw e;
        }
    }

    private static void ignoreIf(ErrnoException failure, Errno expected) throws ErrnoException {
        if (failure.errno() != expected) {
            throw failure;
        }
    }
}
