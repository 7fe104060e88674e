package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Folder;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Goes down a path folder by folder, for {@link PipePlace}, and makes missing folders on request. Each step starts from
 * a folder that is held open: even if somebody swaps a folder of the path meanwhile, it makes folders only in the
 * folders that it checked. For one walk.
 */
final class FolderWalk {

    private static final int OWNER_ONLY = 0700;
    private static final int PERMISSION_BITS = 0777;

    /** As many as the kernel follows, path_resolution(7). */
    private static final int MAX_LINKS = 40;

    /** One folder further; {@code linked} when a link leads there: the walk makes no folder behind a link. */
    private record Step(String name, String path, boolean linked) {}

    private final Posix posix;
    private final Path fifo;
    private final StrictRule rule;
    private final boolean make;
    private final Deque<Step> steps = new ArrayDeque<>();
    private Folder limit;
    private Folder at;
    private int links;

    /** {@code fifo} is for messages; {@code rule} is for symbolic links on the way, null when all are followed. */
    FolderWalk(Posix posix, Path fifo, StrictRule rule, boolean make) {
        this.posix = posix;
        this.fifo = fifo;
        this.rule = rule;
        this.make = make;
    }

    /** Goes from the root to an absolute path. */
    Folder to(Path folder) throws IOException {
        try (Folder root = root()) {
            return walk(root, folder);
        }
    }

    /**
     * Goes from a folder, which stays open, to one below it.
     *
     * @throws OutsideOfFolderException when links lead out of the first folder; then nothing was made
     */
    Folder within(Folder top, Path relative) throws IOException {
        limit = top;
        return walk(top, relative);
    }

    private Folder walk(Folder start, Path names) throws IOException {
        Path path = Path.of(start.path());
        for (Path name : names) {
            path = path.resolve(name);
            steps.add(new Step(name.toString(), path.toString(), false));
        }
        at = start.enter(start.open(".", start.path()));
        try {
            while (!steps.isEmpty()) {
                take(steps.poll());
            }
            requireInside();
            return at;
        } catch (IOException | RuntimeException e) {
            at.close();
            throw e;
        }
    }

    private void take(Step step) throws IOException {
        Descriptor found = make && !step.linked() ? openOrMake(step) : open(step);
        boolean entered = false;
        try {
            if (rule == null || !isLinkAndFollowed(step, found)) {
                moveTo(at.enter(found));
                entered = true;
            }
        } finally {
            if (!entered) {
                found.close();
            }
        }
    }

    private Descriptor open(Step step) throws ErrnoException {
        return rule == null ? at.open(step.name(), step.path()) : at.openNoFollow(step.name(), step.path());
    }

    private Descriptor openOrMake(Step step) throws IOException {
        try {
            return open(step);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        requireInside();
        makeFolder(step);
        return open(step);
    }

    private void makeFolder(Step step) throws ErrnoException {
        try {
            at.mkdir(step.name(), OWNER_ONLY);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EEXIST) {
                // somebody else made it, or it is a link without a target: the next look will tell
                return;
            }
            throw e;
        }
        try (Descriptor made = at.openNoFollow(step.name(), step.path())) {
            FileStatus status = made.status();
            int permissions = status.permissions() & PERMISSION_BITS;
            // the umask narrowed the new folder's permissions; any other folder stays as it is
            if (status.isFolder()
                    && status.uid() == posix.users().effectiveUserId()
                    && permissions == (permissions & OWNER_ONLY)
                    && permissions != OWNER_ONLY) {
                made.chmod(status.permissions() | OWNER_ONLY);
            }
        }
    }

    /** Follows a link by the text that was read, because another link may be at its path by now. */
    private boolean isLinkAndFollowed(Step step, Descriptor found) throws IOException {
        FileStatus status = found.status();
        if (!status.isLink()) {
            return false;
        }
        rule.checkFolderLink(found, status);
        links++;
        if (links > MAX_LINKS) {
            throw new IOException("More than " + MAX_LINKS + " symbolic links lead to " + fifo);
        }
        String target = found.linkText();
        List<String> names = List.of(target.split("/+"));
        for (int i = names.size() - 1; i >= 0; i--) {
            if (!names.get(i).isEmpty()) {
                steps.push(new Step(names.get(i), step.path(), true));
            }
        }
        if (target.startsWith("/")) {
            moveTo(root());
        }
        return true;
    }

    private void requireInside() throws IOException {
        if (limit != null && !limit.contains(at)) {
            throw new OutsideOfFolderException(fifo.toString(), at.target(), limit.path());
        }
    }

    private void moveTo(Folder next) {
        at.close();
        at = next;
    }

    private Folder root() throws ErrnoException {
        return posix.openFolder("/");
    }
}
