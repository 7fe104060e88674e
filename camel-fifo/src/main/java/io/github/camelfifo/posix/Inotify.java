package io.github.camelfifo.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells when files lose or change their names, inotify(7): unlinked (IN_ATTRIB at once, IN_DELETE_SELF after the last close),
 * renamed or replaced by a rename (IN_MOVE_SELF, IN_ATTRIB). A change of permissions is told as well; reading and writing is
 * not. What happens to a folder above is not told either.
 *
 * <p>
 * Thread-safe; events are to be taken by one thread at a time.
 */
public final class Inotify implements AutoCloseable {

    /** From {@link #take()}: there were too many events, and some of them are gone. */
    public static final int OVERFLOW = -1;

    /** Room for a few hundred events without a name, and at least for one with the longest name. */
    private static final int BUFFER_SIZE = 8192;

    /** {@code struct inotify_event}: wd, mask, cookie, len, and then len bytes of a name. */
    private static final int HEADER_SIZE = 16;

    private static final int NAME_LENGTH_OFFSET = 12;

    private final Posix posix;
    private final LibC libc;
    private final Descriptor descriptor;

    Inotify(Posix posix, LibC libc, Descriptor descriptor) {
        this.posix = posix;
        this.libc = libc;
        this.descriptor = descriptor;
    }

    /**
     * What becomes readable when there are events.
     *
     * @return open until {@link #close()}
     */
    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * Watches a file from now on.
     *
     * @param file any descriptor of it
     * @return a number that {@link #take()} gives when something has happened; the same for the same inode
     * @throws ErrnoException as inotify_add_watch(2) says, for example when this user has too many watches
     */
    public int watch(Descriptor file) throws ErrnoException {
        while (true) {
            int watch = libc.inotify_add_watch(descriptor.fd(), file.procPath(), Linux.IN_NAME_CHANGES);
            if (watch >= 0) {
                return watch;
            }
            posix.retryIfInterrupted("inotify_add_watch", file.path());
        }
    }

    /**
     * Watches a file no longer. Does nothing when the file is gone, with which the kernel ends the watch itself.
     *
     * @param watch of {@link #watch}
     */
    public void unwatch(int watch) {
        libc.inotify_rm_watch(descriptor.fd(), watch);
    }

    /**
     * Takes all events that are there.
     *
     * @return the numbers of the files to which something has happened; with {@link #OVERFLOW}, it may be any file
     * @throws ErrnoException as read(2) says
     */
    public Set<Integer> take() throws ErrnoException {
        Set<Integer> watches = new HashSet<>();
        ByteBuffer events = ByteBuffer.allocateDirect(BUFFER_SIZE).order(ByteOrder.nativeOrder());
        while (posix.read(descriptor, events) > 0) {
            events.flip();
            while (events.hasRemaining()) {
                int begin = events.position();
                watches.add(events.getInt(begin));
                events.position(begin + HEADER_SIZE + events.getInt(begin + NAME_LENGTH_OFFSET));
            }
            events.clear();
        }
        return watches;
    }

    /** Ends all watches. */
    @Override
    public void close() {
        descriptor.close();
    }
}
