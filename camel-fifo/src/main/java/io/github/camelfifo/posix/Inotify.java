package io.github.camelfifo.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reports changes of files, inotify(7): for {@code PathWatch} that their names change, for {@code ReadWatch} that
 * somebody has read, for {@code SessionOutlet} that a reader has closed, for {@code LockWatch} that a lock may be free. Thread-safe; one thread at a time may take
 * events.
 */
public final class Inotify implements AutoCloseable {

    /** From {@link #take()}: there were too many events, so some are lost. */
    public static final int OVERFLOW = -1;

    /** Room for a few hundred events without a name, and at least for one with the longest name. */
    private static final int BUFFER_SIZE = 8192;

    /** {@code struct inotify_event}: wd, mask, cookie, len, and then len bytes of a name. */
    private static final int HEADER_SIZE = 16;

    private static final int MASK_OFFSET = 4;
    private static final int NAME_LENGTH_OFFSET = 12;
    /** As Java's own calls encode file names. */
    private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

    private final SystemCalls calls;
    private final Descriptor descriptor;

    Inotify(SystemCalls calls, Descriptor descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** {@return the descriptor that is readable when there are events; open until {@link #close()}} */
    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * Asks for an event when a file loses or changes its name: unlinked (IN_ATTRIB at once, IN_DELETE_SELF after the
     * last close), renamed or replaced by a rename (IN_MOVE_SELF, IN_ATTRIB). A change of permissions makes an event
     * too; reading, writing, and changes of a folder above do not.
     *
     * @param file any descriptor of the file
     * @return a number that {@link #take()} gives after an event; the same for the same inode
     * @throws ErrnoException as inotify_add_watch(2) says, for example when this user has too many watches
     */
    public int watch(Descriptor file) throws ErrnoException {
        return watch(file, Linux.IN_NAME_CHANGES);
    }

    /**
     * Asks for an event whenever somebody closes a reading end of a FIFO. Watching the same FIFO again changes nothing.
     *
     * @param fifo any descriptor of the FIFO
     * @throws ErrnoException as inotify_add_watch(2) says
     */
    public void watchClosingOfReaders(Descriptor fifo) throws ErrnoException {
        watch(fifo, Linux.IN_CLOSE_NOWRITE);
    }

    /**
     * Asks for an event whenever somebody reads from a FIFO. Watching the same FIFO again changes nothing.
     *
     * @param fifo any descriptor of the FIFO
     * @throws ErrnoException as inotify_add_watch(2) says
     */
    public void watchReading(Descriptor fifo) throws ErrnoException {
        watch(fifo, Linux.IN_ACCESS);
    }

    /**
     * Asks for an event when a lock on a file may have changed hands: somebody has closed the file or has set its times,
     * or it has lost its name. Locking and unlocking make no event, flock(2).
     *
     * @param file any descriptor of a regular file
     * @return as {@link #watch}
     * @throws ErrnoException as {@link #watch}
     */
    public int watchLock(Descriptor file) throws ErrnoException {
        return watch(file, Linux.IN_LOCK_CHANGES);
    }

    /**
     * Asks for an event when a name comes to a folder or goes from it, when a file in it gets other permissions, and when
     * the folder itself loses its name. {@link #takeNames} takes these events.
     *
     * @param folder any folder; the only file that this watches
     * @throws ErrnoException as {@link #watch}
     */
    public void watchFolder(Folder folder) throws ErrnoException {
        watch(folder.descriptor(), Linux.IN_FOLDER_CHANGES);
    }

    private int watch(Descriptor file, int events) throws ErrnoException {
        return file.make(
                "inotify_add_watch", () -> calls.libc().inotify_add_watch(descriptor.fd(), file.procPath(), events));
    }

    /**
     * Stops watching a file. Does nothing when the file is gone: then the kernel has ended the watch.
     *
     * @param watch from {@link #watch}
     */
    public void unwatch(int watch) {
        calls.libc().inotify_rm_watch(descriptor.fd(), watch);
    }

    /**
     * Takes all events that are there.
     *
     * @return the numbers of the files with events; with {@link #OVERFLOW}, any file may have had one
     * @throws ErrnoException as read(2) says
     */
    public Set<Integer> take() throws ErrnoException {
        Set<Integer> watches = new HashSet<>();
        ByteBuffer events = ByteBuffer.allocateDirect(BUFFER_SIZE).order(ByteOrder.nativeOrder());
        while (true) {
            int count = calls.posix().read(descriptor.fd(), events, BUFFER_SIZE);
            for (int at = 0; at < count; at += HEADER_SIZE + events.getInt(at + NAME_LENGTH_OFFSET)) {
                watches.add(events.getInt(at));
            }
            if (count <= 0 && calls.wouldBlock("read", descriptor.path())) {
                return watches;
            }
        }
    }

    /**
     * Takes all events of a folder that are there.
     *
     * @return the names with events; an empty name for the folder itself
     * @throws ErrnoException as read(2) says
     */
    public FolderChanges takeNames() throws ErrnoException {
        Set<String> names = new LinkedHashSet<>();
        boolean lost = false;
        ByteBuffer events = ByteBuffer.allocateDirect(BUFFER_SIZE).order(ByteOrder.nativeOrder());
        while (true) {
            int count = calls.posix().read(descriptor.fd(), events, BUFFER_SIZE);
            for (int at = 0; at < count; at += HEADER_SIZE + events.getInt(at + NAME_LENGTH_OFFSET)) {
                lost |= (events.getInt(at + MASK_OFFSET) & Linux.IN_Q_OVERFLOW) != 0;
                names.add(name(events, at + HEADER_SIZE, events.getInt(at + NAME_LENGTH_OFFSET)));
            }
            if (count <= 0 && calls.wouldBlock("read", descriptor.path())) {
                return new FolderChanges(names, lost);
            }
        }
    }

    /** The kernel fills the name up with zeros, inotify(7). */
    private static String name(ByteBuffer events, int from, int length) {
        int end = from;
        while (end < from + length && events.get(end) != 0) {
            end++;
        }
        byte[] name = new byte[end - from];
        events.get(from, name);
        return new String(name, FILE_NAMES);
    }

    /**
     * {@return whether there were events; all are taken}
     *
     * @throws ErrnoException as read(2) says
     */
    public boolean drain() throws ErrnoException {
        byte[] events = new byte[BUFFER_SIZE];
        boolean any = false;
        while (true) {
            if (calls.posix().read(descriptor.fd(), events, BUFFER_SIZE) > 0) {
                any = true;
            } else if (calls.wouldBlock("read", descriptor.path())) {
                return any;
            }
        }
    }

    /** Ends all watches. */
    @Override
    public void close() {
        descriptor.close();
    }
}
