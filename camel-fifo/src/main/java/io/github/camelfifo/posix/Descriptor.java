package io.github.camelfifo.posix;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file descriptor, closed exactly once whoever calls {@link #close()} and how often. The kernel gives a closed
 * number to the next open(2) at once, so a second close(2), or a retried one, would close a stranger's file; close(2)
 * is therefore never retried, whatever it answers.
 *
 * <p>
 * A call made with a closed descriptor fails with EBADF. A call that is running while another thread closes is not
 * guarded here: who may use and who may close a descriptor at one time is for its owner to settle.
 */
public final class Descriptor implements AutoCloseable {

    private static final int CLOSED = -1;

    private final Posix posix;
    private final int fd;
    private final String path;
    private final AtomicBoolean closed = new AtomicBoolean();

    Descriptor(Posix posix, int fd, String path) {
        this.posix = posix;
        this.fd = fd;
        this.path = path;
    }

    /**
     * What was opened.
     *
     * @return the path that messages name
     */
    public String path() {
        return path;
    }

    /**
     * Whether {@link #close()} has not been called.
     *
     * @return false once closed
     */
    public boolean isOpen() {
        return !closed.get();
    }

    /**
     * A path that leads to the very file this descriptor has open, also after the file was renamed, unlinked or replaced
     * (proc(5)).
     *
     * @return {@code /proc/self/fd/N}
     */
    public String procPath() {
        return "/proc/self/fd/" + fd();
    }

    /**
     * What this descriptor has open.
     *
     * @return                a snapshot
     * @throws ErrnoException as fstat(2) says
     */
    public FileStatus status() throws ErrnoException {
        return posix.status(this);
    }

    /**
     * Another descriptor of the same inode that is neither a reader nor a writer, to keep its number from being used
     * again.
     *
     * @return                to be closed
     * @throws ErrnoException as open(2) says
     */
    public Descriptor openInode() throws ErrnoException {
        return posix.reopenPath(this);
    }

    /** Closes the descriptor; does nothing when that was done before. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            posix.close(fd);
        }
    }

    int fd() {
        return closed.get() ? CLOSED : fd;
    }

    @Override
    public String toString() {
        return path + " (descriptor " + fd + (closed.get() ? ", closed)" : ")");
    }
}
