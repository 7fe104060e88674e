package io.github.camelfifo.posix;

import java.util.Arrays;

/**
 * A regular file that processes lock, flock(2), and where the holder of the lock writes who it is; {@link Folder} makes
 * and opens it. Not thread-safe.
 */
public final class RegularFile implements AutoCloseable {

    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final boolean writable;

    private RegularFile(SystemCalls calls, Descriptor descriptor, boolean writable) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.writable = writable;
    }

    /** Makes the file, which must not exist; messages show {@code name}. */
    static RegularFile make(SystemCalls calls, String path, String name, int mode) throws ErrnoException {
        int flags = Linux.O_CREAT | Linux.O_EXCL | Linux.O_RDWR | Linux.O_NONBLOCK | Linux.O_CLOEXEC;
        int made = calls.make("open", name, () -> calls.posix().open(path, flags, mode));
        return new RegularFile(calls, new Descriptor(calls, made, name), true);
    }

    /** Opens the file of a descriptor: for reading alone if writing is forbidden, which suffices for a lock. */
    static RegularFile open(SystemCalls calls, Descriptor located) throws ErrnoException {
        try {
            return new RegularFile(calls, located.reopen(Linux.O_RDWR | Linux.O_NONBLOCK), true);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EACCES && e.errno() != Errno.EROFS) {
                throw e;
            }
            return new RegularFile(calls, located.reopen(Linux.O_RDONLY | Linux.O_NONBLOCK), false);
        }
    }

    /** {@return the descriptor, which holds the lock; closed with this} */
    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * Replaces the content. Does nothing when the file is open for reading alone.
     *
     * @param content the bytes
     * @throws ErrnoException as ftruncate(2) and pwrite(2) say
     */
    public void write(byte[] content) throws ErrnoException {
        if (writable) {
            descriptor.make("ftruncate", () -> calls.posix().ftruncate(descriptor.fd(), 0));
            descriptor.make("pwrite", () -> calls.posix().pwrite(descriptor.fd(), content, content.length, 0));
        }
    }

    /**
     * {@return the first bytes of the content}
     *
     * @param most how many at most
     * @throws ErrnoException as pread(2) says
     */
    public byte[] read(int most) throws ErrnoException {
        byte[] content = new byte[most];
        int count = descriptor.make("pread", () -> calls.posix().pread(descriptor.fd(), content, most, 0));
        return Arrays.copyOf(content, count);
    }

    /**
     * Sets the time of the last change to now: whoever watches the file has an event, inotify(7).
     *
     * @throws ErrnoException as futimens(3) says
     */
    public void touch() throws ErrnoException {
        descriptor.make("futimens", () -> calls.libc().futimens(descriptor.fd(), null));
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
