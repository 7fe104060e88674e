package io.github.camelfifo.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * A set of descriptors to wait for, epoll(7), which tells {@code PipeEngine} the ready pipes. Several threads may wait
 * on one set at once. Each takes a single event, so that a ready pipe never waits for a thread that is busy with
 * another pipe.
 *
 * <p>
 * An event carries the id that the descriptor was added with. The caller chooses the id and should never use it again:
 * an event may arrive after its descriptor was closed and the descriptor's number reused.
 */
public final class Epoll implements AutoCloseable {

    /** Readable, or the last writer has closed. */
    public static final int IN = 0x001;
    /** Writable. */
    public static final int OUT = 0x004;
    /** One event for each change, instead of events as long as a state lasts. */
    public static final int EDGE_TRIGGERED = 1 << 31;
    /** One event, then silence until the descriptor is armed again. */
    public static final int ONE_SHOT = 1 << 30;

    /** {@code struct epoll_event} is packed on x86-64 and aligned elsewhere, see sys/epoll.h. */
    private static final boolean PACKED = Set.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

    private static final int EVENT_SIZE = PACKED ? 12 : 16;
    private static final int DATA_OFFSET = PACKED ? 4 : 8;

    private final SystemCalls calls;
    private final Descriptor descriptor;

    Epoll(SystemCalls calls, Descriptor descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /**
     * Adds a descriptor to the set.
     *
     * @param watched not in the set yet
     * @param events  the events to wait for, from this class's constants; end of file and errors are always reported
     * @param id      what the event will carry
     * @throws ErrnoException as epoll_ctl(2) says, for example when there is no memory for another watch
     */
    public void add(Descriptor watched, int events, long id) throws ErrnoException {
        control(Linux.EPOLL_CTL_ADD, watched, event(events, id));
    }

    /**
     * Arms a descriptor of the set again; reports at once if it is ready already.
     *
     * @param watched in the set
     * @param events  the events to wait for
     * @param id      what the event will carry
     * @throws ErrnoException as epoll_ctl(2) says
     */
    public void arm(Descriptor watched, int events, long id) throws ErrnoException {
        control(Linux.EPOLL_CTL_MOD, watched, event(events, id));
    }

    /**
     * Takes a descriptor out of the set. Do this before the descriptor is closed: the kernel would report it as long as
     * another process holds a copy.
     *
     * @param watched in the set
     * @throws ErrnoException as epoll_ctl(2) says
     */
    public void remove(Descriptor watched) throws ErrnoException {
        control(Linux.EPOLL_CTL_DEL, watched, event(0, 0));
    }

    /**
     * Waits for one event.
     *
     * @param event         receives the event; one object for each waiting thread
     * @param timeoutMillis the longest wait; 0 does not wait, -1 waits for ever
     * @return whether there was one; false also when a signal ended the wait early
     * @throws ErrnoException as epoll_wait(2) says
     */
    public boolean await(Event event, int timeoutMillis) throws ErrnoException {
        int count = calls.libc().epoll_wait(descriptor.fd(), event.memory, 1, timeoutMillis);
        if (count < 0) {
            calls.retryIfInterrupted("epoll_wait", descriptor.path());
        }
        return count > 0;
    }

    /** Closes the set; no thread may wait on it then. */
    @Override
    public void close() {
        descriptor.close();
    }

    private void control(int operation, Descriptor watched, ByteBuffer event) throws ErrnoException {
        watched.make("epoll_ctl", () -> calls.libc().epoll_ctl(descriptor.fd(), operation, watched.fd(), event));
    }

    private static ByteBuffer event(int events, long id) {
        ByteBuffer event = ByteBuffer.allocate(EVENT_SIZE).order(ByteOrder.nativeOrder());
        return event.putInt(0, events).putLong(DATA_OFFSET, id);
    }

    /** Room for one event. Not thread-safe. */
    public static final class Event {

        private final ByteBuffer memory = ByteBuffer.allocateDirect(EVENT_SIZE).order(ByteOrder.nativeOrder());

        /** {@return the id that the descriptor was added or armed with} */
        public long id() {
            return memory.getLong(DATA_OFFSET);
        }
    }
}
