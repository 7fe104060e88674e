package io.github.camelfifo.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import jnr.posix.FileStat;
import jnr.posix.Group;
import jnr.posix.NanosecondFileStat;
import jnr.posix.POSIX;
import jnr.posix.Passwd;

/**
 * The system calls that named pipes need, in Java terms: a failure is an {@link ErrnoException}, except where a
 * non-blocking call has to wait. This is the one place that reads errno. A call that a signal interrupts (EINTR) is made
 * again; close(2) is not, see {@link Descriptor}. The class itself can be loaded where the library, or jnr, cannot.
 *
 * <p>
 * Thread-safe: it has no state but the loaded library.
 */
public final class Posix {

    /** From {@link #read}: nothing there for now, and a writer that may yet write. */
    public static final int WOULD_BLOCK = 0;
    /** From {@link #read}: nothing there and nobody who has the FIFO open for writing. */
    public static final int END_OF_FILE = -1;

    /** The longest path, limits.h. */
    private static final int PATH_MAX = 4096;

    /** Room for a few dozen inotify events, and at least for one with the longest name. */
    private static final int EVENTS_SIZE = 4096;

    private final POSIX posix;
    private final LibC libc;

    Posix(POSIX posix, LibC libc) {
        this.posix = posix;
        this.libc = libc;
    }

    /**
     * The C library of this process, loaded at the first call (200 to 400 ms, once).
     *
     * @return                               the one instance of this process
     * @throws UnsupportedOperationException on another system than Linux
     * @throws NativeLibraryException        when it cannot be loaded; so does each later call
     */
    public static Posix system() {
        String os = System.getProperty("os.name", "unknown");
        requireLinux(os);
        return NativeLibrary.posix();
    }

    static void requireLinux(String os) {
        if (!os.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new UnsupportedOperationException(
                    "Named pipes need Linux (epoll, /proc/self/fd); this system is " + os);
        }
    }

    /**
     * Opens the file that another descriptor has open anew, for reading, without waiting for a writer. With no writer
     * this succeeds too, fifo(7).
     *
     * @param  other          a descriptor of the FIFO, whatever its path leads to by now
     * @return                a non-blocking descriptor of the same inode
     * @throws ErrnoException as open(2) says
     */
    public Descriptor reopenForReading(Descriptor other) throws ErrnoException {
        return open(other.procPath(), other.path(), Linux.O_RDONLY | Linux.O_NONBLOCK);
    }

    /**
     * Opens the file that another descriptor has open anew, for writing, without waiting for a reader.
     *
     * @param  other          a descriptor of the FIFO, whatever its path leads to by now
     * @return                a non-blocking descriptor of the same inode
     * @throws ErrnoException {@link Errno#ENXIO} when no process has the FIFO open for reading; try again later, there is
     *                        no event to wait for
     */
    public Descriptor reopenForWriting(Descriptor other) throws ErrnoException {
        return open(other.procPath(), other.path(), Linux.O_WRONLY | Linux.O_NONBLOCK);
    }

    /**
     * Opens a path without opening the file behind it (O_PATH): to look at it, and to open that very file later. Counts
     * neither as a reader nor as a writer.
     *
     * @param  path           any path
     * @return                a descriptor for {@link #status} and the reopening calls only
     * @throws ErrnoException {@link Errno#ENOENT} when nothing is there
     */
    public Descriptor openPath(String path) throws ErrnoException {
        return open(path, path, Linux.O_PATH);
    }

    Descriptor reopenPath(Descriptor other) throws ErrnoException {
        return open(other.procPath(), other.path(), Linux.O_PATH);
    }

    /**
     * Opens a folder (O_PATH), to do things in it wherever its path leads to by then.
     *
     * @param  path           of a folder; links are followed
     * @return                to be closed
     * @throws ErrnoException {@link Errno#ENOENT} when nothing is there
     */
    public Folder openFolder(String path) throws ErrnoException {
        return new Folder(this, openPath(path));
    }

    Descriptor open(String path, String name, int flags) throws ErrnoException {
        while (true) {
            int fd = posix.open(path, flags | Linux.O_CLOEXEC, 0);
            if (fd >= 0) {
                return new Descriptor(this, fd, name);
            }
            retryIfInterrupted("open", name);
        }
    }

    void close(int fd) {
        // Linux has released the number even where close(2) reports an error, so there is nothing left to do about one
        posix.close(fd);
    }

    /**
     * Reads what is there now, at most what the buffer has room for, and moves its position.
     *
     * @param  descriptor     a non-blocking reading end
     * @param  buffer         a direct buffer, with room
     * @return                how many bytes, {@link #WOULD_BLOCK} or {@link #END_OF_FILE}
     * @throws ErrnoException as read(2) says
     */
    public int read(Descriptor descriptor, ByteBuffer buffer) throws ErrnoException {
        while (true) {
            int count = posix.read(descriptor.fd(), buffer, buffer.remaining());
            if (count > 0) {
                buffer.position(buffer.position() + count);
                return count;
            }
            if (count == 0) {
                return END_OF_FILE;
            }
            if (wouldBlock("read", descriptor.path())) {
                return WOULD_BLOCK;
            }
        }
    }

    /**
     * Writes as much as the pipe has room for now and moves the buffer's position. Up to PIPE_BUF (4096) bytes go all at
     * once or not at all, pipe(7).
     *
     * @param  descriptor     a non-blocking writing end
     * @param  buffer         what to write
     * @return                how many bytes, or {@link #WOULD_BLOCK}
     * @throws ErrnoException {@link Errno#EPIPE} when no process has the FIFO open for reading; what was written and not
     *                        read is still there for the next reader as long as the descriptor stays open
     */
    public int write(Descriptor descriptor, ByteBuffer buffer) throws ErrnoException {
        while (true) {
            int count = posix.write(descriptor.fd(), buffer, buffer.remaining());
            if (count >= 0) {
                buffer.position(buffer.position() + count);
                return count;
            }
            if (wouldBlock("write", descriptor.path())) {
                return WOULD_BLOCK;
            }
        }
    }

    /**
     * How many bytes are in the pipe (FIONREAD), whichever end is asked.
     *
     * @param  descriptor     either end
     * @return                bytes written and not yet read
     * @throws ErrnoException as ioctl(2) says
     */
    public int available(Descriptor descriptor) throws ErrnoException {
        int[] count = new int[1];
        while (libc.ioctl(descriptor.fd(), Linux.FIONREAD, count) < 0) {
            retryIfInterrupted("ioctl(FIONREAD)", descriptor.path());
        }
        return count[0];
    }

    /**
     * Whether some process, this one included, has the FIFO open for reading.
     *
     * @param  writingEnd     a descriptor opened for writing
     * @return                whether a write would not fail with EPIPE
     * @throws ErrnoException as poll(2) says
     */
    public boolean hasReader(Descriptor writingEnd) throws ErrnoException {
        return (poll(writingEnd) & Linux.POLLERR) == 0;
    }

    /**
     * Whether the pipe has no slot free: a write may have to wait. How many bytes are in it does not tell, pipe(7).
     *
     * @param  writingEnd     a descriptor opened for writing
     * @return                whether there is no event for room
     * @throws ErrnoException as poll(2) says
     */
    public boolean isFull(Descriptor writingEnd) throws ErrnoException {
        return (poll(writingEnd) & Linux.POLLOUT) == 0;
    }

    /**
     * Whether all writers have closed that this descriptor has seen, also while their bytes are in the pipe.
     *
     * @param  readingEnd     a descriptor opened for reading; of writers that had closed before that it knows nothing
     * @return                whether nobody has the FIFO open for writing now
     * @throws ErrnoException as poll(2) says
     */
    public boolean isHungUp(Descriptor readingEnd) throws ErrnoException {
        return (poll(readingEnd) & Linux.POLLHUP) != 0;
    }

    /** What poll(2) reports now, errors and hang-up included. */
    private short poll(Descriptor descriptor) throws ErrnoException {
        ByteBuffer pollfd = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        pollfd.putInt(0, descriptor.fd()).putShort(4, Linux.POLLOUT);
        while (libc.poll(pollfd, 1, 0) < 0) {
            retryIfInterrupted("poll", descriptor.path());
        }
        return pollfd.getShort(6);
    }

    /**
     * Makes a pipe without a name.
     *
     * @return                both ends, non-blocking
     * @throws ErrnoException as pipe(2) says
     */
    public AnonymousPipe pipe() throws ErrnoException {
        int[] ends = new int[2];
        if (libc.pipe2(ends, Linux.O_NONBLOCK | Linux.O_CLOEXEC) < 0) {
            throw failure("pipe2", "pipe2");
        }
        return new AnonymousPipe(new Descriptor(this, ends[0], "pipe2"), new Descriptor(this, ends[1], "pipe2"));
    }

    /**
     * Copies from the head of one pipe into another and takes nothing out of the first: called again, it starts at the head
     * again. It copies slot by slot, so the other pipe takes all there is if it has as many slots free, tee(2).
     *
     * @param  from           a reading end
     * @param  to             the writing end of another pipe
     * @param  length         at most so many bytes
     * @return                how many bytes; {@link #END_OF_FILE} when the pipe is empty and has no writer,
     *                        {@link #WOULD_BLOCK} when it is empty and has one, or when the other pipe is full
     * @throws ErrnoException as tee(2) says
     */
    public int tee(Descriptor from, Descriptor to, int length) throws ErrnoException {
        while (true) {
            long count = libc.tee(from.fd(), to.fd(), length, Linux.SPLICE_F_NONBLOCK);
            if (count >= 0) {
                return count == 0 ? END_OF_FILE : (int) count;
            }
            if (wouldBlock("tee", from.path())) {
                return WOULD_BLOCK;
            }
        }
    }

    /**
     * The capacity of a pipe (F_GETPIPE_SZ): its slots times the size of a page.
     *
     * @param  descriptor     either end
     * @return                in bytes
     * @throws ErrnoException as fcntl(2) says
     */
    public int capacity(Descriptor descriptor) throws ErrnoException {
        return pipeSize("fcntl(F_GETPIPE_SZ)", descriptor, Linux.F_GETPIPE_SZ, 0);
    }

    /**
     * What kind of file is open, whose, and with which permissions.
     *
     * @param  descriptor     any descriptor
     * @return                a snapshot
     * @throws ErrnoException as fstat(2) says
     */
    public FileStatus status(Descriptor descriptor) throws ErrnoException {
        FileStat stat = posix.allocateStat();
        while (posix.fstat(descriptor.fd(), stat) < 0) {
            retryIfInterrupted("fstat", descriptor.path());
        }
        return status(stat);
    }

    /**
     * What is at a path now, without opening it.
     *
     * @param path any path
     * @param follow whether to go through a symbolic link that is at the path's end
     * @return null when nothing is there, or nothing that can be looked at
     */
    public FileStatus statusAt(String path, boolean follow) {
        FileStat stat = posix.allocateStat();
        return stat(path, follow, stat) ? status(stat) : null;
    }

    /**
     * What changes when a name comes to a folder or goes from it.
     *
     * @param folder its path; symbolic links are followed
     * @return null when nothing is there, or nothing that can be looked at
     */
    public FileStamp stampAt(String folder) {
        FileStat stat = posix.allocateStat();
        if (!stat(folder, true, stat)) {
            return null;
        }
        NanosecondFileStat times = (NanosecondFileStat) stat;
        return new FileStamp(
                new FileIdentity(stat.dev(), stat.ino()),
                TimeUnit.SECONDS.toNanos(stat.mtime()) + times.mTimeNanoSecs(),
                TimeUnit.SECONDS.toNanos(stat.ctime()) + times.cTimeNanoSecs());
    }

    private boolean stat(String path, boolean follow, FileStat stat) {
        int result;
        do {
            result = follow ? posix.stat(path, stat) : posix.lstat(path, stat);
        } while (result < 0 && posix.errno() == Linux.EINTR);
        return result == 0;
    }

    private static FileStatus status(FileStat stat) {
        return new FileStatus(new FileIdentity(stat.dev(), stat.ino()), stat.mode(), stat.uid(), stat.gid());
    }

    void mkfifo(String path, String name, int mode) throws ErrnoException {
        while (posix.mkfifo(path, mode) < 0) {
            retryIfInterrupted("mkfifo", name);
        }
    }

    void mkdir(String path, String name, int mode) throws ErrnoException {
        while (libc.mkdir(path, mode) < 0) {
            retryIfInterrupted("mkdir", name);
        }
    }

    /**
     * Sets the permissions of the file that a descriptor has open, exactly: the umask plays no part.
     *
     * @param  descriptor     any descriptor, also one of {@link #openPath}
     * @param  permissions    0 to 07777
     * @throws ErrnoException as chmod(2) says
     */
    public void chmod(Descriptor descriptor, int permissions) throws ErrnoException {
        // by way of /proc because fchmod(2) refuses an O_PATH descriptor
        while (posix.chmod(descriptor.procPath(), permissions) < 0) {
            retryIfInterrupted("chmod", descriptor.path());
        }
    }

    /**
     * Gives the file that a descriptor has open to another owner or group.
     *
     * @param descriptor any descriptor, also one of {@link #openPath}
     * @param uid the owner, or -1 to leave it
     * @param gid the group, or -1 to leave it
     * @throws ErrnoException EPERM for an unprivileged user who gives away what is his
     */
    public void chown(Descriptor descriptor, int uid, int gid) throws ErrnoException {
        while (posix.chown(descriptor.procPath(), uid, gid) < 0) {
            retryIfInterrupted("chown", descriptor.path());
        }
    }

    /**
     * Whose rights the calling thread has, and who owns what it makes: geteuid(2).
     *
     * @return a user's number
     */
    public int effectiveUserId() {
        return posix.geteuid();
    }

    /**
     * A user as messages name him, getpwuid(3).
     *
     * @param uid the user's number
     * @return for example {@code root (0)}; only the number when it has no name
     */
    public String userText(int uid) {
        Passwd user = posix.getpwuid(uid);
        return user == null
                ? Integer.toUnsignedString(uid)
                : user.getLoginName() + " (" + Integer.toUnsignedString(uid) + ")";
    }

    /**
     * A user's number, getpwnam(3).
     *
     * @param name the user
     * @return 0 or more; -1 when there is no such user
     * @throws ErrnoException when the list of users could not be read, for example because there are no descriptors left
     */
    public int userId(String name) throws ErrnoException {
        posix.errno(0);
        Passwd user = posix.getpwnam(name);
        if (user != null) {
            return (int) user.getUID();
        }
        requireNotFound("getpwnam", name);
        return -1;
    }

    /**
     * A group's number, getgrnam(3).
     *
     * @param name the group
     * @return 0 or more; -1 when there is no such group
     * @throws ErrnoException as {@link #userId}
     */
    public int groupId(String name) throws ErrnoException {
        posix.errno(0);
        Group group = posix.getgrnam(name);
        if (group != null) {
            return (int) group.getGID();
        }
        requireNotFound("getgrnam", name);
        return -1;
    }

    /**
     * Where the file really is that a descriptor has open, whatever links led there, proc(5).
     *
     * @param descriptor any descriptor
     * @return its absolute path, or what it is instead of a file with a name, such as {@code pipe:[4711]}
     * @throws ErrnoException as readlink(2) says
     */
    public String target(Descriptor descriptor) throws ErrnoException {
        return text(targetBytes(descriptor));
    }

    /** Its bytes, because not every path is text. */
    byte[] targetBytes(Descriptor descriptor) throws ErrnoException {
        byte[] path = new byte[PATH_MAX];
        while (true) {
            int length = posix.readlink(descriptor.procPath(), path, path.length);
            if (length >= 0) {
                return Arrays.copyOf(path, length);
            }
            retryIfInterrupted("readlink", descriptor.path());
        }
    }

    /**
     * What a symbolic link says, readlinkat(2): of the very link that is open, whatever is at its path by now.
     *
     * @param link of {@link Folder#openNoFollow}
     * @return an absolute path, or one that starts from the link's folder
     * @throws ErrnoException {@link Errno#ENOENT} when it is no link
     */
    public String linkText(Descriptor link) throws ErrnoException {
        byte[] path = new byte[PATH_MAX];
        while (true) {
            int length = libc.readlinkat(link.fd(), "", path, path.length);
            if (length >= 0) {
                return text(Arrays.copyOf(path, length));
            }
            retryIfInterrupted("readlinkat", link.path());
        }
    }

    private static String text(byte[] path) {
        return new String(path, Charset.defaultCharset());
    }

    void unlink(String path, String name) throws ErrnoException {
        while (posix.unlink(path) < 0) {
            retryIfInterrupted("unlink", name);
        }
    }

    /**
     * Makes an epoll set.
     *
     * @return                an empty one
     * @throws ErrnoException as epoll_create1(2) says
     */
    public Epoll epoll() throws ErrnoException {
        return new Epoll(this, libc, created("epoll_create1", "epoll", libc.epoll_create1(Linux.EPOLL_CLOEXEC)));
    }

    /**
     * Makes an eventfd: a descriptor that becomes readable, and has an event in each epoll set that it is in, when somebody
     * posts to it.
     *
     * @return non-blocking, and not readable yet
     * @throws ErrnoException as eventfd(2) says
     */
    public Descriptor eventfd() throws ErrnoException {
        return created("eventfd", "eventfd", libc.eventfd(0, Linux.EFD_NONBLOCK | Linux.EFD_CLOEXEC));
    }

    /**
     * Makes an eventfd readable, for good, and causes one more event.
     *
     * @param eventfd of {@link #eventfd}
     * @throws ErrnoException as write(2) says
     */
    public void post(Descriptor eventfd) throws ErrnoException {
        byte[] one = new byte[Long.BYTES];
        ByteBuffer.wrap(one).order(ByteOrder.nativeOrder()).putLong(1);
        while (posix.write(eventfd.fd(), one, one.length) < 0) {
            retryIfInterrupted("write", eventfd.path());
        }
    }

    /**
     * Locks the FIFO against other processes that do the same, if nobody has locked it: flock(2).
     *
     * @param descriptor of the FIFO; the lock is this descriptor's
     * @return false when another process, or another descriptor, holds the lock
     * @throws ErrnoException as flock(2) says
     */
    public boolean tryLock(Descriptor descriptor) throws ErrnoException {
        while (posix.flock(descriptor.fd(), Linux.LOCK_EX | Linux.LOCK_NB) < 0) {
            if (wouldBlock("flock", descriptor.path())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gives the lock up.
     *
     * @param descriptor of {@link #tryLock}
     * @throws ErrnoException as flock(2) says
     */
    public void unlock(Descriptor descriptor) throws ErrnoException {
        while (posix.flock(descriptor.fd(), Linux.LOCK_UN) < 0) {
            retryIfInterrupted("flock", descriptor.path());
        }
    }

    /**
     * Asks for another capacity of the pipe (F_SETPIPE_SZ), which the kernel rounds up and forgets when the pipe is closed.
     *
     * @param descriptor either end
     * @param bytes how much
     * @return what was granted, in bytes
     * @throws ErrnoException EPERM when that is more than an unprivileged user gets, EBUSY when it would not hold what is
     *     in the pipe
     */
    public int setCapacity(Descriptor descriptor, int bytes) throws ErrnoException {
        return pipeSize("fcntl(F_SETPIPE_SZ)", descriptor, Linux.F_SETPIPE_SZ, bytes);
    }

    private int pipeSize(String call, Descriptor descriptor, int command, int argument) throws ErrnoException {
        while (true) {
            int size = libc.fcntl(descriptor.fd(), command, argument);
            if (size >= 0) {
                return size;
            }
            retryIfInterrupted(call, descriptor.path());
        }
    }

    /**
     * Makes an inotify descriptor, inotify(7).
     *
     * @param path what is to be watched, for messages
     * @return non-blocking; readable when there are events
     * @throws ErrnoException as inotify_init1(2) says
     */
    public Descriptor inotify(String path) throws ErrnoException {
        return created("inotify_init1", path, libc.inotify_init1(Linux.IN_NONBLOCK | Linux.IN_CLOEXEC));
    }

    /**
     * Makes an inotify set for names that change.
     *
     * @return an empty one
     * @throws ErrnoException as inotify_init1(2) says, for example when this user has too many
     */
    public Inotify nameChanges() throws ErrnoException {
        return new Inotify(this, libc, inotify("inotify_init1"));
    }

    /**
     * Has an event come whenever somebody closes a reading end of a FIFO. Watching the same FIFO again changes nothing.
     *
     * @param inotify of {@link #inotify}
     * @param fifo any descriptor of it
     * @throws ErrnoException as inotify_add_watch(2) says
     */
    public void watchClosingOfReaders(Descriptor inotify, Descriptor fifo) throws ErrnoException {
        watch(inotify, fifo, Linux.IN_CLOSE_NOWRITE);
    }

    /**
     * Has an event come whenever somebody reads from a FIFO. Watching the same FIFO again changes nothing.
     *
     * @param inotify of {@link #inotify}
     * @param fifo any descriptor of it
     * @throws ErrnoException as inotify_add_watch(2) says
     */
    public void watchReading(Descriptor inotify, Descriptor fifo) throws ErrnoException {
        watch(inotify, fifo, Linux.IN_ACCESS);
    }

    private void watch(Descriptor inotify, Descriptor fifo, int events) throws ErrnoException {
        while (libc.inotify_add_watch(inotify.fd(), fifo.procPath(), events) < 0) {
            retryIfInterrupted("inotify_add_watch", fifo.path());
        }
    }

    /**
     * Takes all events that are there.
     *
     * @param inotify of {@link #inotify}
     * @return whether there was any
     * @throws ErrnoException as read(2) says
     */
    public boolean drain(Descriptor inotify) throws ErrnoException {
        byte[] events = new byte[EVENTS_SIZE];
        boolean any = false;
        while (true) {
            if (posix.read(inotify.fd(), events, events.length) > 0) {
                any = true;
            } else if (wouldBlock("read", inotify.path())) {
                return any;
            }
        }
    }

    private Descriptor created(String call, String subject, int fd) throws ErrnoException {
        if (fd < 0) {
            throw failure(call, subject);
        }
        return new Descriptor(this, fd, subject);
    }

    /** After a call that gave -1: returns when a signal was the reason, so that the caller calls again. */
    void retryIfInterrupted(String call, String subject) throws ErrnoException {
        if (posix.errno() != Linux.EINTR) {
            throw failure(call, subject);
        }
    }

    /** After a call that gave -1: true when it would have had to wait, false when a signal was the reason. */
    private boolean wouldBlock(String call, String subject) throws ErrnoException {
        int value = posix.errno();
        if (value == Linux.EAGAIN) {
            return true;
        }
        if (value == Linux.EINTR) {
            return false;
        }
        throw failure(call, subject);
    }

    /** That a name was not found shows in no errno or in any; only these say that nobody could look (getpwnam(3)). */
    private void requireNotFound(String call, String name) throws ErrnoException {
        switch (jnr.constants.platform.Errno.valueOf(posix.errno())) {
            case EIO, EINTR, EMFILE, ENFILE, ENOMEM -> throw failure(call, name);
            default -> {}
        }
    }

    private ErrnoException failure(String call, String subject) {
        int value = posix.errno();
        String name = jnr.constants.platform.Errno.valueOf(value).name();
        return new ErrnoException(call, subject, Errno.of(value), posix.strerror(value) + " (" + name + ")");
    }
}
