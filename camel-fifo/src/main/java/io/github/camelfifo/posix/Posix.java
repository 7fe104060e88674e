package io.github.camelfifo.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import jnr.posix.FileStat;

/**
 * The system calls that package {@code pipe} makes on named pipes, in Java terms: a failure is an
 * {@link ErrnoException}, except when a non-blocking call has to wait. A call that a signal interrupts (EINTR) is
 * repeated, except close(2), see {@link Descriptor}. This class itself can be loaded even if the library or jnr cannot.
 *
 * <p>
 * Thread-safe: its only state is the loaded library.
 */
public final class Posix {

    /** From {@link #read}: there are no bytes for now, and a writer may still write. */
    public static final int WOULD_BLOCK = 0;
    /** From {@link #read}: there are no bytes, and nobody has the FIFO open for writing. */
    public static final int END_OF_FILE = -1;

    private final SystemCalls calls;
    private final Users users;

    Posix(SystemCalls calls) {
        this.calls = calls;
        this.users = new Users(calls);
    }

    /**
     * {@return the one instance of this process} The first call loads the C library (200 to 400 ms, once).
     *
     * @throws UnsupportedOperationException on systems other than Linux
     * @throws NativeLibraryException when it cannot be loaded; each later call throws it too
     */
    public static Posix system() {
        NativeLibrary.requireLinux(System.getProperty("os.name", "unknown"));
        return Loaded.POSIX.get();
    }

    private static final class Loaded {
        static final Supplier<Posix> POSIX = NativeLibrary.load(Posix::new);
    }

    /** {@return the users and groups of this system} */
    public Users users() {
        return users;
    }

    /**
     * Opens a path without opening its file (O_PATH), to check the file and to open the same file later. Counts neither
     * as a reader nor as a writer.
     *
     * @param path any path
     * @return a descriptor, only for its own methods and for reopening
     * @throws ErrnoException {@link Errno#ENOENT} when nothing is there
     */
    public Descriptor openPath(String path) throws ErrnoException {
        return Descriptor.open(calls, path, path, Linux.O_PATH);
    }

    /**
     * Opens a folder (O_PATH), for calls that reach this folder wherever its path leads to by then.
     *
     * @param path of a folder; links are followed
     * @return a folder, to be closed
     * @throws ErrnoException {@link Errno#ENOENT} when nothing is there
     */
    public Folder openFolder(String path) throws ErrnoException {
        return new Folder(calls, openPath(path));
    }

    /**
     * Opens a FIFO once more, for reading. Does not wait for a writer and succeeds without one, fifo(7).
     *
     * @param other a descriptor of the FIFO, wherever its path leads to by now
     * @return a non-blocking descriptor of the same inode
     * @throws ErrnoException as open(2) says
     */
    public Descriptor reopenForReading(Descriptor other) throws ErrnoException {
        return other.reopen(Linux.O_RDONLY | Linux.O_NONBLOCK);
    }

    /**
     * Opens a FIFO once more, for writing. Does not wait for a reader.
     *
     * @param other a descriptor of the FIFO, wherever its path leads to by now
     * @return a non-blocking descriptor of the same inode
     * @throws ErrnoException {@link Errno#ENXIO} when no process has the FIFO open for reading; try again later,
     *     because the kernel reports no event
     */
    public Descriptor reopenForWriting(Descriptor other) throws ErrnoException {
        return other.reopen(Linux.O_WRONLY | Linux.O_NONBLOCK);
    }

    /**
     * Reads the bytes that are there now, as far as the buffer has room, and moves its position.
     *
     * @param descriptor a non-blocking reading end
     * @param buffer a direct buffer, with room
     * @return how many bytes, {@link #WOULD_BLOCK} or {@link #END_OF_FILE}
     * @throws ErrnoException as read(2) says
     */
    public int read(Descriptor descriptor, ByteBuffer buffer) throws ErrnoException {
        while (true) {
            int count = calls.posix().read(descriptor.fd(), buffer, buffer.remaining());
            if (count > 0) {
                buffer.position(buffer.position() + count);
                return count;
            }
            if (count == 0) {
                return END_OF_FILE;
            }
            if (calls.wouldBlock("read", descriptor.path())) {
                return WOULD_BLOCK;
            }
        }
    }

    /**
     * Writes as much as the pipe has room for now and moves the buffer's position. Up to PIPE_BUF (4096) bytes go all
     * at once or not at all, pipe(7).
     *
     * @param descriptor a non-blocking writing end
     * @param buffer the bytes
     * @return how many bytes, or {@link #WOULD_BLOCK}
     * @throws ErrnoException {@link Errno#EPIPE} when no process has the FIFO open for reading; unread bytes stay for
     *     the next reader while the descriptor is open
     */
    public int write(Descriptor descriptor, ByteBuffer buffer) throws ErrnoException {
        while (true) {
            int count = calls.posix().write(descriptor.fd(), buffer, buffer.remaining());
            if (count >= 0) {
                buffer.position(buffer.position() + count);
                return count;
            }
            if (calls.wouldBlock("write", descriptor.path())) {
                return WOULD_BLOCK;
            }
        }
    }

    /**
     * {@return how many unread bytes are in the pipe (FIONREAD)}
     *
     * @param descriptor either end
     * @throws ErrnoException as ioctl(2) says
     */
    public int available(Descriptor descriptor) throws ErrnoException {
        int[] count = new int[1];
        descriptor.make("ioctl(FIONREAD)", () -> calls.libc().ioctl(descriptor.fd(), Linux.FIONREAD, count));
        return count[0];
    }

    /**
     * {@return whether any process, this one included, has the FIFO open for reading, so that a write does not fail
     * with EPIPE}
     *
     * @param writingEnd a descriptor opened for writing
     * @throws ErrnoException as poll(2) says
     */
    public boolean hasReader(Descriptor writingEnd) throws ErrnoException {
        return (poll(writingEnd) & Linux.POLLERR) == 0;
    }

    /**
     * {@return whether the pipe has no free slot, so that a write may have to wait} The number of bytes in a pipe does
     * not tell this, pipe(7).
     *
     * @param writingEnd a descriptor opened for writing
     * @throws ErrnoException as poll(2) says
     */
    public boolean isFull(Descriptor writingEnd) throws ErrnoException {
        return (poll(writingEnd) & Linux.POLLOUT) == 0;
    }

    /**
     * {@return whether all writers that this descriptor has seen have closed, even while their bytes are in the pipe}
     *
     * @param readingEnd a descriptor opened for reading; it does not know writers that closed before
     * @throws ErrnoException as poll(2) says
     */
    public boolean isHungUp(Descriptor readingEnd) throws ErrnoException {
        return (poll(readingEnd) & Linux.POLLHUP) != 0;
    }

    /** The events that poll(2) reports now, errors and hang-up included. */
    private short poll(Descriptor descriptor) throws ErrnoException {
        ByteBuffer pollfd = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        pollfd.putInt(0, descriptor.fd()).putShort(4, Linux.POLLOUT);
        descriptor.make("poll", () -> calls.libc().poll(pollfd, 1, 0));
        return pollfd.getShort(6);
    }

    /**
     * {@return both ends of a new pipe without a name, non-blocking}
     *
     * @throws ErrnoException as pipe(2) says
     */
    public AnonymousPipe pipe() throws ErrnoException {
        int[] ends = new int[2];
        calls.make("pipe2", "pipe2", () -> calls.libc().pipe2(ends, Linux.O_NONBLOCK | Linux.O_CLOEXEC));
        return new AnonymousPipe(new Descriptor(calls, ends[0], "pipe2"), new Descriptor(calls, ends[1], "pipe2"));
    }

    /**
     * Copies bytes from the head of one pipe into another and takes none out of the first: the next call starts at the
     * head again. It copies slot by slot, so everything fits if the other pipe has as many free slots, tee(2).
     *
     * @param from a reading end
     * @param to the writing end of another pipe
     * @param length the most bytes
     * @return how many bytes; {@link #END_OF_FILE} when the pipe is empty and has no writer, {@link #WOULD_BLOCK} when
     *     it is empty and has one, or when the other pipe is full
     * @throws ErrnoException as tee(2) says
     */
    public int tee(Descriptor from, Descriptor to, int length) throws ErrnoException {
        while (true) {
            long count = calls.libc().tee(from.fd(), to.fd(), length, Linux.SPLICE_F_NONBLOCK);
            if (count >= 0) {
                return count == 0 ? END_OF_FILE : (int) count;
            }
            if (calls.wouldBlock("tee", from.path())) {
                return WOULD_BLOCK;
            }
        }
    }

    /**
     * {@return the capacity of a pipe in bytes (F_GETPIPE_SZ): its slots times the size of a page}
     *
     * @param descriptor either end
     * @throws ErrnoException as fcntl(2) says
     */
    public int capacity(Descriptor descriptor) throws ErrnoException {
        return descriptor.make("fcntl(F_GETPIPE_SZ)", () -> calls.libc().fcntl(descriptor.fd(), Linux.F_GETPIPE_SZ, 0));
    }

    /**
     * Asks for another capacity of the pipe (F_SETPIPE_SZ), which the kernel rounds up and forgets when the pipe is
     * closed.
     *
     * @param descriptor either end
     * @param bytes the capacity
     * @return the new capacity in bytes
     * @throws ErrnoException EPERM when an unprivileged user asks for too much, EBUSY when the bytes in the pipe do not
     *     fit
     */
    public int setCapacity(Descriptor descriptor, int bytes) throws ErrnoException {
        return descriptor.make(
                "fcntl(F_SETPIPE_SZ)", () -> calls.libc().fcntl(descriptor.fd(), Linux.F_SETPIPE_SZ, bytes));
    }

    /**
     * Locks the FIFO against other processes that lock it too, if nobody has locked it: flock(2).
     *
     * @param descriptor of the FIFO; it holds the lock
     * @return false when another process, or another descriptor, holds the lock
     * @throws ErrnoException as flock(2) says
     */
    public boolean tryLock(Descriptor descriptor) throws ErrnoException {
        while (calls.posix().flock(descriptor.fd(), Linux.LOCK_EX | Linux.LOCK_NB) < 0) {
            if (calls.wouldBlock("flock", descriptor.path())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gives the lock up.
     *
     * @param descriptor from {@link #tryLock}
     * @throws ErrnoException as flock(2) says
     */
    public void unlock(Descriptor descriptor) throws ErrnoException {
        descriptor.make("flock", () -> calls.posix().flock(descriptor.fd(), Linux.LOCK_UN));
    }

    /**
     * {@return the status of the file at a path now; null when it is missing or cannot be looked at}
     *
     * @param path any path
     * @param follow whether to follow a symbolic link at the path's end
     */
    public FileStatus statusAt(String path, boolean follow) {
        FileStat stat = stat(path, follow);
        return stat == null ? null : FileStatus.of(stat);
    }

    /**
     * {@return a stamp that changes when a name comes to a folder or leaves it; null when the folder cannot be looked
     * at}
     *
     * @param folder its path; symbolic links are followed
     */
    public FileStamp stampAt(String folder) {
        FileStat stat = stat(folder, true);
        return stat == null ? null : FileStamp.of(stat);
    }

    private FileStat stat(String path, boolean follow) {
        FileStat stat = calls.posix().allocateStat();
        int result;
        do {
            result = follow ? calls.posix().stat(path, stat) : calls.posix().lstat(path, stat);
        } while (result < 0 && calls.posix().errno() == Linux.EINTR);
        return result == 0 ? stat : null;
    }

    /**
     * {@return a new epoll set, empty}
     *
     * @throws ErrnoException as epoll_create1(2) says
     */
    public Epoll epoll() throws ErrnoException {
        return new Epoll(
                calls, made("epoll_create1", "epoll", () -> calls.libc().epoll_create1(Linux.EPOLL_CLOEXEC)));
    }

    /**
     * {@return a new inotify set, which watches nothing yet}
     *
     * @param subject the watched file, for messages
     * @throws ErrnoException as inotify_init1(2) says, for example when this user has too many
     */
    public Inotify inotify(String subject) throws ErrnoException {
        int flags = Linux.IN_NONBLOCK | Linux.IN_CLOEXEC;
        return new Inotify(
                calls, made("inotify_init1", subject, () -> calls.libc().inotify_init1(flags)));
    }

    /**
     * Makes an eventfd: after {@link #post} it is readable and has an event in each of its epoll sets.
     *
     * @return a non-blocking descriptor, not readable yet
     * @throws ErrnoException as eventfd(2) says
     */
    public Descriptor eventfd() throws ErrnoException {
        int flags = Linux.EFD_NONBLOCK | Linux.EFD_CLOEXEC;
        return made("eventfd", "eventfd", () -> calls.libc().eventfd(0, flags));
    }

    private Descriptor made(String call, String subject, IntSupplier made) throws ErrnoException {
        return new Descriptor(calls, calls.make(call, subject, made), subject);
    }

    /**
     * Makes an eventfd readable for good, and causes one more event.
     *
     * @param eventfd from {@link #eventfd}
     * @throws ErrnoException as write(2) says
     */
    public void post(Descriptor eventfd) throws ErrnoException {
        byte[] one = new byte[Long.BYTES];
        ByteBuffer.wrap(one).order(ByteOrder.nativeOrder()).putLong(1);
        eventfd.make("write", () -> calls.posix().write(eventfd.fd(), one, one.length));
    }
}
