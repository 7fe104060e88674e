package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Refuses what somebody else could have planted at a FIFO's path. Only this user and root can make a file that belongs to
 * them, so the owner tells, of the FIFO and of every link in the path; and nobody else can have got at a FIFO that was never
 * wider than asked for.
 */
final class StrictRule {

    private static final int ROOT = 0;
    private static final int PERMISSION_BITS = 0777;

    private final Posix posix;
    private final Path path;
    private final int widest;

    /** {@code widest} are the permissions that a FIFO may have. */
    StrictRule(Posix posix, Path path, int widest) {
        this.posix = posix;
        this.path = path;
        this.widest = widest;
    }

    /** Refuses a link at the FIFO's name, whoever has made it. */
    void checkNoLink(Descriptor found, FileStatus status) throws IOException {
        if (status.isLink()) {
            throw refusal("a symbolic link to " + posix.linkText(found) + " of user " + posix.userText(status.uid()));
        }
    }

    /** Refuses a FIFO of somebody else's, or with too wide permissions. */
    void checkPipe(FileStatus status) throws UntrustedPipeException {
        if (!isTrusted(status) || (status.permissions() & PERMISSION_BITS & ~widest) != 0) {
            throw refusal("a named pipe of user " + posix.userText(status.uid()) + " with permissions "
                    + FileStatus.text(status.permissions()));
        }
    }

    /** Refuses a link of somebody else's in the folders above the FIFO. */
    void checkFolderLink(Descriptor link, FileStatus status) throws IOException {
        if (!isTrusted(status)) {
            throw refusal("the symbolic link " + link.path() + " to " + posix.linkText(link) + " of user "
                    + posix.userText(status.uid()));
        }
    }

    private boolean isTrusted(FileStatus status) {
        return status.uid() == ROOT || status.uid() == posix.effectiveUserId();
    }

    private UntrustedPipeException refusal(String what) {
        int user = posix.effectiveUserId();
        String users = "user " + posix.userText(user) + (user == ROOT ? "" : " or " + posix.userText(ROOT));
        return new UntrustedPipeException(
                path.toString(), what, "a named pipe of " + users + " with at most " + FileStatus.text(widest));
    }
}
