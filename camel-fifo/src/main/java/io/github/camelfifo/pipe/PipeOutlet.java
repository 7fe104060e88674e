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
 * The writing descriptor of a {@link SharedWriter}. It is opened at the first need and then kept: bytes that a reader
 * leaves unread stay in the kernel for the next reader. Only the task's owner uses it, except {@link #isOpenElsewhere} and
 * {@link #status}.
 */
class PipeOutlet {

    private static final long LOOK_FOR_ROOM_MILLIS = 100;

    final PipeEngine engine;
    final PipeTask task;
    private final NamedPipe pipe;
    private final PipeListener listener;
    private final PipeUses uses;
    /** Volatile for other threads; they use it, and the owner closes it, under this lock. */
    private volatile Descriptor descriptor;

    private Watch watch;
    /** A reading end that nobody reads, for {@link WritePolicy#holdOpen}; null when there is none. */
    private Descriptor heldOpen;

    private boolean locked;
    /** Whether a frame of several pieces has begun; it keeps the lock. */
    private boolean frameIsBegun;
    /** Whether the kernel has refused to report room. */
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
     * @param goesOn whether more pieces of the frame follow, until {@link #frameHasEnded()}
     * @return why a part of the piece is unwritten, or NO
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

    /** Whether the reader has to see end of file after this message, even if none of its bytes was written. */
    boolean isInSession() {
        return false;
    }

    /** A frame of several pieces is whole or given up. */
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

    /** Has the task run when there is room, or after a pause when the kernel refuses to report room. */
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

    /** Whether a different FIFO is open. For any thread. */
    synchronized boolean isOpenElsewhere(FileIdentity fifo) throws IOException {
        Descriptor there = descriptor;
        return there != null && !there.status().identity().equals(fifo);
    }

    /** What the pipe is like now, for any thread; null when none is open or the kernel does not tell. */
    synchronized PipeStatus status() {
        Descriptor there = descriptor;
        try {
            return there == null
                    ? null
                    : new PipeStatus(
                            there.status().identity().inode(),
                            engine.posix().available(there),
                            engine.posix().capacity(there));
        } catch (ErrnoException e) {
            return null;
        }
    }

    boolean isOpen() {
        return descriptor != null;
    }

    /** Closes the pipe, for good or until the next write; without a reader, reports unread bytes as lost. */
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
        synchronized (this) {
            // another thread may look at it: the kernel gives a closed number to the next file
            descriptor.close();
            descriptor = null;
        }
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
                // it may belong to another FIFO
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
