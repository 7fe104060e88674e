package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;

/**
 * The writing descriptor of a {@link SharedWriter}. It is opened when it is first needed and then kept: bytes that a reader
 * leaves unread stay in the kernel for the next reader. Only the task's owner uses it, but for {@link #isOpenElsewhere}.
 */
class PipeOutlet {

    private static final long LOOK_FOR_ROOM_MILLIS = 100;

    final PipeEngine engine;
    final PipeTask task;
    private final NamedPipe pipe;
    private final PipeListener listener;
    private final PipeUses uses;
    /** Volatile for {@link #isOpenElsewhere}. */
    private volatile Descriptor descriptor;

    private Watch watch;
    /** A reading end that nobody reads, for {@link WritePolicy#holdOpen}; null when there is none. */
    private Descriptor heldOpen;

    private boolean locked;
    /** Whether a frame of several pieces has begun, which keeps its lock. */
    private boolean frameIsBegun;
    /** Whether the kernel has refused an event for room. */
    private boolean writableEventsFail;

    PipeOutlet(PipeEngine engine, PipeTask task, NamedPipe pipe, PipeListener listener, PipeUses uses) {
        this.engine = engine;
        this.task = task;
        this.pipe = pipe;
        this.listener = listener;
        this.uses = uses;
    }

    /**
     * Writes as much as there is room for. A begun frame keeps its lock.
     *
     * @param goesOn whether the frame goes on after the piece, until {@link #frameHasEnded()}
     * @return why not all of the piece is written, or NO
     */
    Blocked write(ByteBuffer piece, WritePolicy policy, boolean goesOn) throws IOException {
        if (descriptor == null) {
            Blocked blocked = open(policy);
            if (blocked != Blocked.NO) {
                return blocked;
            }
        }
        if (!piece.hasRemaining()) {
            return Blocked.NO;
        }
        if (policy.lock() && !locked) {
            locked = engine.posix().tryLock(descriptor);
            if (!locked) {
                return Blocked.LOCKED;
            }
        }
        Blocked blocked = Blocked.NO_ROOM;
        try {
            blocked = writeAll(piece);
            return blocked;
        } finally {
            frameIsBegun |= goesOn && piece.position() > 0;
            if (!frameIsBegun && (blocked == Blocked.NO || piece.position() == 0)) {
                unlock();
            }
        }
    }

    /** Whether the reader has to see end of file after this message, even when none of its bytes was written. */
    boolean isInSession() {
        return false;
    }

    /** A frame of several pieces is whole, or is given up. */
    void frameHasEnded() {
        frameIsBegun = false;
        unlock();
    }

    /**
     * Ends a message after its last piece.
     *
     * @param progressed is called when the reader has read bytes since the last call
     * @return why the message is not done yet, or NO
     */
    Blocked finish(Runnable progressed) throws IOException {
        return Blocked.NO;
    }

    /** Gives up a message that cannot be written to its end. */
    void abandon() {}

    /** Has the task run when there is room; where the kernel refuses the event, after a pause. */
    void awaitRoom() {
        try {
            watch.arm(Epoll.OUT);
            writableEventsFail = false;
        } catch (ErrnoException e) {
            if (!writableEventsFail) {
                writableEventsFail = true;
                engine.report(e);
            }
            Future<?> unused = task.scheduleLater(LOOK_FOR_ROOM_MILLIS);
        }
    }

    /** Whether another FIFO is open than the given one. For any thread. */
    boolean isOpenElsewhere(FileIdentity fifo) throws IOException {
        Descriptor there = descriptor;
        try {
            return there != null && !there.status().identity().equals(fifo);
        } catch (ErrnoException e) {
            if (there.isOpen()) {
                throw e;
            }
            // its owner closed it meanwhile
            return false;
        }
    }

    boolean isOpen() {
        return descriptor != null;
    }

    /** Closes the pipe, for good or until the next write; reports unread bytes as lost when there is no reader. */
    void close() {
        letGoOfReadingEnd();
        if (descriptor != null) {
            closeDescriptor();
        }
    }

    private void closeDescriptor() {
        try {
            int unread = engine.posix().available(descriptor);
            if (unread > 0 && !engine.posix().hasReader(descriptor)) {
                listener.bytesLost(pipe.path(), unread, "nobody has read them");
            }
        } catch (ErrnoException e) {
            engine.report(e);
        }
        engine.cancel(watch);
        descriptor.close();
        descriptor = null;
        locked = false;
    }

    private void letGoOfReadingEnd() {
        if (heldOpen != null) {
            heldOpen.close();
            heldOpen = null;
        }
    }

    Blocked open(WritePolicy policy) throws IOException {
        try (Descriptor found = pipe.locate()) {
            uses.moved(pipe, found);
            if (policy.holdOpen()) {
                // it may be that of another FIFO
                letGoOfReadingEnd();
                heldOpen = pipe.openForReading(found);
            }
            Descriptor opened = pipe.openForWriting(found);
            if (opened == null) {
                return Blocked.NO_READER;
            }
            watch = engine.watch(task, opened);
            descriptor = opened;
        }
        return Blocked.NO;
    }

    /** Whether the open pipe has no name. */
    boolean isAnonymous() throws IOException {
        return pipe.isAnonymous(descriptor);
    }

    Descriptor descriptor() {
        return descriptor;
    }

    private void unlock() {
        if (!locked) {
            return;
        }
        locked = false;
        try {
            engine.posix().unlock(descriptor);
        } catch (ErrnoException e) {
            engine.report(e);
            // close(2) gives the lock up for certain
            closeDescriptor();
        }
    }

    private Blocked writeAll(ByteBuffer piece) throws ErrnoException {
        try {
            while (piece.hasRemaining()) {
                if (engine.posix().write(descriptor, piece) == Posix.WOULD_BLOCK) {
                    return Blocked.NO_ROOM;
                }
            }
            return Blocked.NO;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EPIPE) {
                return Blocked.NO_READER;
            }
            throw e;
        }
    }
}
