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
 * A writing descriptor, opened when it is first needed and then kept: what a reader leaves unread when it goes stays in the
 * kernel for the next one. Confined to the writer's owner.
 */
class PipeOutlet {

    private static final long LOOK_FOR_ROOM_MILLIS = 100;

    private final PipeEngine engine;
    private final PipeTask task;
    private final NamedPipe pipe;
    private final PipeListener listener;
    private final PipeUses uses;
    /** Read by any thread, for {@link #isOpenElsewhere}. */
    private volatile Descriptor descriptor;

    private Watch watch;
    /** Never read; while it is open there is a reader. */
    private Descriptor heldOpen;

    private boolean locked;
    /** Whether a frame of several pieces is begun, which keeps its lock. */
    private boolean frameIsBegun;
    /** Whether the kernel has refused to tell when there is room. */
    private boolean writableEventsFail;

    PipeOutlet(PipeEngine engine, PipeTask task, NamedPipe pipe, PipeListener listener, PipeUses uses) {
        this.engine = engine;
        this.task = task;
        this.pipe = pipe;
        this.listener = listener;
        this.uses = uses;
    }

    /**
     * Writes as much as there is room for; why it is not all, if it is not. A begun frame keeps its lock.
     *
     * @param goesOn whether the frame goes on after the piece, until {@link #frameHasEnded()}
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
            locked = posix().tryLock(descriptor);
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

    /** Whether a reader waits for the end of file after this message, though none of it was written. */
    boolean isInSession() {
        return false;
    }

    /** No more comes of a frame of several pieces, nor of one that is given up. */
    void frameHasEnded() {
        frameIsBegun = false;
        unlock();
    }

    /**
     * After the last piece of a message; why the message is not done yet, if it is not.
     *
     * @param progressed is called when the reader has read on since the last time
     */
    Blocked finish(Runnable progressed) throws IOException {
        return Blocked.NO;
    }

    /** A message cannot be brought to its end; the next one begins anew. */
    void abandon() {
        // frames of one stream have nothing that would have to be ended
    }

    /** Has the task run when there is room; where the kernel does not tell, again and again. */
    void awaitRoom() {
        try {
            watch.arm(Epoll.OUT);
            writableEventsFail = false;
        } catch (ErrnoException e) {
            if (!writableEventsFail) {
                writableEventsFail = true;
                engine.report(e);
            }
            Future<?> unused = engine.scheduleLater(task, LOOK_FOR_ROOM_MILLIS);
        }
    }

    /** Whether another FIFO is open than the given one. Any thread may ask. */
    boolean isOpenElsewhere(FileIdentity fifo) throws IOException {
        Descriptor there = descriptor;
        try {
            return there != null && !there.status().identity().equals(fifo);
        } catch (ErrnoException e) {
            if (there.isOpen()) {
                throw e;
            }
            // closed just now
            return false;
        }
    }

    boolean isOpen() {
        return descriptor != null;
    }

    /** Lets go of the pipe, for good or until the next write; says how much is lost when nobody is there to read it. */
    void close() {
        letGoOfReadingEnd();
        if (descriptor != null) {
            closeDescriptor();
        }
    }

    private void closeDescriptor() {
        try {
            int unread = posix().available(descriptor);
            if (unread > 0 && !posix().hasReader(descriptor)) {
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
                // an older one may be that of another FIFO
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

    /** Whether what is open is a pipe without a name. */
    boolean isAnonymous() throws IOException {
        return pipe.isAnonymous(descriptor);
    }

    Descriptor descriptor() {
        return descriptor;
    }

    Posix posix() {
        return engine.posix();
    }

    private void unlock() {
        if (!locked) {
            return;
        }
        locked = false;
        try {
            posix().unlock(descriptor);
        } catch (ErrnoException e) {
            engine.report(e);
            // gives the lock up for sure
            closeDescriptor();
        }
    }

    private Blocked writeAll(ByteBuffer piece) throws ErrnoException {
        try {
            while (piece.hasRemaining()) {
                if (posix().write(descriptor, piece) == Posix.WOULD_BLOCK) {
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
