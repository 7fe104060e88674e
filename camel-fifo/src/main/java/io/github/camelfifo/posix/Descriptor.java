package io.github.camelfifo.posix;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import jnr.posix.FileStat;

/**
 * An open file descriptor, and the calls that any file allows; {@link Posix} and {@link Folder} open it. However often
 * {@link #close()} is called, close(2) runs exactly once and is never retried: the kernel gives a closed number to the
 * next open(2) at once, so a second close(2) would close another file.
 *
 * <p>
 * A call on a closed descriptor fails with EBADF. Nothing protects a running call while another thread closes: the
 * owner decides which thread may use or close a descriptor, and when.
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

    /** Opens a path; messages show {@code name} instead. */
    static Descriptor open(SystemCalls calls, String path, String name, int flags) throws ErrnoException {
        int opened = calls.make("open", name, () -> calls.posix().open(path, flags | Linux.O_CLOEXEC, 0));
        return new Descriptor(calls, opened, name);
    }

    /** Opens this descriptor's file once more, wherever its path leads to by now. */
    Descriptor reopen(int flags) throws ErrnoException {
        return open(calls, procPath(), path, flags);
    }

    /** Makes a call on this descriptor, and repeats it when a signal interrupts it; gives 0 or more. */
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

    /** {@code /proc/self/fd/N}: leads to this same file, even after it was renamed, unlinked or replaced, proc(5). */
    String procPath() {
        return "/proc/self/fd/" + fd();
    }

    int fd() {
        return closed.get() ? CLOSED : fd;
    }

    /**
     * {@return the kind, the owner and the permissions of the open file}
     *
     * @throws ErrnoException as fstat(2) says
     */
    public FileStatus status() throws ErrnoException {
        FileStat stat = calls.posix().allocateStat();
        make("fstat", () -> calls.posix().fstat(fd(), stat));
        return FileStatus.of(stat);
    }

    /**
     * Opens the same inode without reading or writing, so that its number is not used again.
     *
     * @return a descriptor, to be closed
     * @throws ErrnoException as open(2) says
     */
    public Descriptor openInode() throws ErrnoException {
        return reopen(Linux.O_PATH);
    }

    /**
     * Checks that this process may open the file for reading, access(2). Opens nothing.
     *
     * @throws ErrnoException {@link Errno#EACCES} when it may not
     */
    public void checkReadable() throws ErrnoException {
        checkAccess(Linux.R_OK);
    }

    /**
     * Checks that this process may open the file for writing, access(2). Opens nothing.
     *
     * @throws ErrnoException {@link Errno#EACCES} when it may not
     */
    public void checkWritable() throws ErrnoException {
        checkAccess(Linux.W_OK);
    }

    /**
     * Checks that this process may make files in this folder, access(2).
     *
     * @throws ErrnoException {@link Errno#EACCES} or {@link Errno#EROFS} when it may not
     */
    public void checkMayMakeFiles() throws ErrnoException {
        checkAccess(Linux.W_OK | Linux.X_OK);
    }

    private void checkAccess(int mode) throws ErrnoException {
        try {
            make("access", () -> calls.libc().faccessat(fd(), procPath(), mode, Linux.AT_EACCESS));
        } catch (ErrnoException e) {
            // any other failure says nothing about the file: a container may forbid the call itself
            if (e.errno() == Errno.EACCES || e.errno() == Errno.EROFS) {
                throw e;
            }
        }
    }

    /**
     * Sets the file's permissions exactly, without the umask.
     *
     * @param permissions 0 to 07777
     * @throws ErrnoException as chmod(2) says
     */
    public void chmod(int permissions) throws ErrnoException {
        // through /proc, because fchmod(2) refuses an O_PATH descriptor
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
     * {@return the file's real absolute path after all links, proc(5); for a file without a name a text such as
     * {@code pipe:[4711]}}
     *
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
     * Reads the symbolic link that {@link Folder#openNoFollow} opened, readlinkat(2), whatever is at its path by now.
     *
     * @return an absolute path, or a path from the link's folder
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

    /** Closes the descriptor; later calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // Linux has released the number even if close(2) reports an error: ignore the error
            calls.posix().close(fd);
        }
    }

    @Override
    public String toString() {
        return path + " (descriptor " + fd + (closed.get() ? ", closed)" : ")");
    }
}
