package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.posix.Users;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Refuses files that another user could have planted at a FIFO's path, for {@link NamedPipe}, {@link FolderWalk}
 * and {@link LockFile}.
 * The FIFO and each link in the path must belong to this user or root, because other users cannot make such files. And
 * the FIFO's permissions must not be wider than the options say, so that no other user could open it.
 */
final class StrictRule {

    private static final int ROOT = 0;
    private static final int PERMISSION_BITS = 0777;

    private final Users users;
    private final Path path;
    private final int widest;

    private StrictRule(Posix posix, Path path, int widest) {
        this.users = posix.users();
        this.path = path;
        this.widest = widest;
    }

    /** The rule for a FIFO's path; null unless the options are strict. */
    static StrictRule of(Posix posix, Path path, PipeOptions options) {
        return options.strict() ? new StrictRule(posix, path, options.permissions()) : null;
    }

    /** Refuses any link at the FIFO's name. */
    void checkNoLink(Descriptor found, FileStatus status) throws IOException {
        if (status.isLink()) {
            throw refusal("a symbolic link to " + found.linkText() + " of user " + users.text(status.uid()));
        }
    }

    /** Refuses a FIFO that belongs to another user or has too wide permissions. */
    void checkPipe(FileStatus status) throws UntrustedPipeException {
        if (!isTrusted(status) || (status.permissions() & PERMISSION_BITS & ~widest) != 0) {
            throw refusal("a named pipe of user " + users.text(status.uid()) + " with permissions "
                    + FileStatus.text(status.permissions()));
        }
    }

    /** Refuses a lock file that belongs to another user. */
    void checkLockFile(FileStatus status) throws UntrustedPipeException {
        if (!isTrusted(status)) {
            throw new UntrustedPipeException(
                    path.toString(), "a lock file of user " + users.text(status.uid()), "a file of " + trustedUsers());
        }
    }

    /** Refuses a link that belongs to another user, in the folders above the FIFO. */
    void checkFolderLink(Descriptor link, FileStatus status) throws IOException {
        if (!isTrusted(status)) {
            throw refusal("the symbolic link " + link.path() + " to " + link.linkText() + " of user "
                    + users.text(status.uid()));
        }
    }

    private boolean isTrusted(FileStatus status) {
        return status.uid() == ROOT || status.uid() == users.effectiveUserId();
    }

    private UntrustedPipeException refusal(String what) {
        return new UntrustedPipeException(
                path.toString(),
                what,
                "a named pipe of " + trustedUsers() + " with at most " + FileStatus.text(widest));
    }

    private String trustedUsers() {
        int user = users.effectiveUserId();
        return "user " + users.text(user) + (user == ROOT ? "" : " or " + users.text(ROOT));
    }
}
