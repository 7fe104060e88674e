package io.github.camelfifo.posix;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import jnr.posix.FileStat;

/**
 * An open file descriptor, and the calls that any file allows; {@link Posix} and {@link Folder} open it. It is closed
 * exactly once, whoever calls {@link #close()} and how often: the kernel gives a closed number to the next open(2) at once,
 * so a second close(2), or a retried one, would close a stranger's file. Therefore close(2) is never retried.
 *
 * <p>
 * A call on a closed descriptor fails with EBADF. Nothing protects a call that is running while another thread closes: the
 * owner decides who may use and who may close a descriptor, and when.
 */
public final class Descriptor implements AutoCloseable {

    private static final int CLOSED = -1;

    /** The longest path, limits.h. */
    private static final int PATH_MAX = 4096;

    private final SystemCalls calls;
    private final int fd;
    private final String path;
    private final AtomicBoolean closed = new AtomicBoolean();

    Descriptor(SystemCalls calls, int fd, String path) {
        this.calls = calls;
        this.fd = fd;
        this.path = path;
    }

    /** Opens a path; messages name it by another one. */
    static Descriptor open(SystemCalls calls, String path, String name, int flags) throws ErrnoException {
        int opened = calls.make("open", name, () -> calls.posix().open(path, flags | Linux.O_CLOEXEC, 0));
        return new Descriptor(calls, opened, name);
    }

    /** Opens the file that this descriptor has open once more, whatever its path leads to by now. */
    Descriptor reopen(int flags) throws ErrnoException {
        return open(calls, procPath(), path, flags);
    }

    /** Makes a call on this descriptor, and makes it again when a signal has interrupted it; gives 0 or more. */
    int make(String call, IntSupplier made) throws ErrnoException {
        return calls.make(call, path, made);
    }

    /** {@return the path that was opened, for messages} */
    public String path() {
        return path;
    }

    /** {@return whether {@link #close()} has not been called} */
    public boolean isOpen() {
        return !closed.get();
    }

    /** {@code /proc/self/fd/N}: leads to this very file, also after it was renamed, unlinked or replaced, proc(5). */
    String procPath() {
        return "/proc/self/fd/" + fd();
    }

    int fd() {
        return closed.get() ? CLOSED : fd;
    }

    /**
     * {@return what kind of file is open now, whose, and with which permissions}
     *
     * @throws ErrnoException as fstat(2) says
     */
    public FileStatus status() throws ErrnoException {
        FileStat stat = calls.posix().allocateStat();
        make("fstat", () -> calls.posix().fstat(fd(), stat));
        return FileStatus.of(stat);
    }

    /**
     * Opens the same inode without reading or writing, to keep its number from being used again.
     *
     * @return to be closed
     * @throws ErrnoException as open(2) says
     */
    public Descriptor openInode() throws ErrnoException {
        return reopen(Linux.O_PATH);
    }

    /**
     * Sets the file's permissions exactly: the umask plays no part.
     *
     * @param permissions 0 to 07777
     * @throws ErrnoException as chmod(2) says
     */
    public void chmod(int permissions) throws ErrnoException {
        // by way of /proc because fchmod(2) refuses an O_PATH descriptor
        make("chmod", () -> calls.posix().chmod(procPath(), permissions));
    }

    /**
     * Gives the file to another owner or group.
     *
     * @param uid the owner, or -1 to leave it
     * @param gid the group, or -1 to leave it
     * @throws ErrnoException EPERM for an unprivileged user who gives his file away
     */
    public void chown(int uid, int gid) throws ErrnoException {
        make("chown", () -> calls.posix().chown(procPath(), uid, gid));
    }

    /**
     * Where the file really is, whatever links led there, proc(5).
     *
     * @return its absolute path; for a file without a name what it is, such as {@code pipe:[4711]}
     * @throws ErrnoException as readlink(2) says
     */
    public String target() throws ErrnoException {
        return text(targetBytes());
    }

    /** The target as bytes, because not every path is text. */
    byte[] targetBytes() throws ErrnoException {
        byte[] target = new byte[PATH_MAX];
        int length = make("readlink", () -> calls.posix().readlink(procPath(), target, PATH_MAX));
        return Arrays.copyOf(target, length);
    }

    /**
     * What a symbolic link says, readlinkat(2): the very link that {@link Folder#openNoFollow} has opened, whatever is at its
     * path by now.
     *
     * @return an absolute path, or one that starts from the link's folder
     * @throws ErrnoException {@link Errno#ENOENT} when it is no link
     */
    public String linkText() throws ErrnoException {
        byte[] target = new byte[PATH_MAX];
        int length = make("readlinkat", () -> calls.libc().readlinkat(fd(), "", target, PATH_MAX));
        return text(Arrays.copyOf(target, length));
    }

    private static String text(byte[] path) {
        return new String(path, Charset.defaultCharset());
    }

    /** Closes the descriptor; does nothing when that was done before. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // Linux has released the number even where close(2) reports an error: there is nothing left to do about one
            calls.posix().close(fd);
        }
    }

    @Override
    public String toString() {
        return path + " (descriptor " + fd + (closed.get() ? ", closed)" : ")");
    }
}
