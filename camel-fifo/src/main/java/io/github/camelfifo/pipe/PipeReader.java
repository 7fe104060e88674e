package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The reading end of a named pipe, for writers that come and go; an {@link Intake} reads by it. It does not wait for a
 * writer. When the last writer has closed and all its bytes were read, {@link #read} gives
 * {@link Intake#END_OF_SESSION} once; then it gives nothing until another writer comes. No byte is lost in between. A
 * descriptor that has seen its writers go would report that for ever, so the reader goes on with a new descriptor of
 * the same inode, opened before the old one is closed (the pipe lives as long as any descriptor is open). While it
 * cannot open a new one, for example because no descriptors are left, it goes on with the old one, which then only
 * reports changes, and tries again once a second.
 *
 * <p>
 * Used by the owner of its task, except {@link #take}. Any thread may call {@link #end()}, {@link #position()}, {@link #status},
 * {@link #forbidTaking()} and {@link #noMoreWriters}.
 */
public final class PipeReader {

    /** For kernels that do not report each write. */
    private static final long LOOK_AGAIN_MILLIS = 10;

    private static final long REOPENING_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PipeEngine engine;
    private final Posix posix;
    private final PipeTask task;
    private final PipeListener listener;
    private final WakeUp wakeUp;
    /** Guarded by this, like the fields below: {@link #end()} must not see half a read, nor a closed descriptor. */
    private Descriptor descriptor;

    private Watch watch;
    private boolean writerSeen;
    private boolean sessionEnded;
    /** Whether another reader has the descriptor. */
    private boolean givenAway;

    private boolean noMoreWriters;
    private boolean takingForbidden;
    /** Whether the last attempt to open the pipe again has failed; the next one is at a time of {@link Clock}. */
    private boolean keepsOld;

    private long nextReopening;

    private volatile long position;

    /**
     * Takes over the reading end of a pipe.
     *
     * @param engine   watches it
     * @param task     is run when there is something to read
     * @param end      the pipe
     * @param listener hears when the pipe cannot be opened again, and when it can
     */
    public PipeReader(PipeEngine engine, PipeTask task, ReadingEnd end, PipeListener listener) {
        this.writerSeen = end.writerSeen();
        this.sessionEnded = end.sessionEnded();
        this.engine = engine;
        this.posix = engine.posix();
        this.task = task;
        this.listener = listener;
        this.wakeUp = new WakeUp(task);
        this.descriptor = end.descriptor();
        this.watch = engine.watch(task, descriptor);
    }

    /**
     * Reads the bytes that are there now into a direct buffer with room. Call it until it gives
     * {@link Intake#NOTHING_YET}, and arm only then: a short read does not mean that the pipe is empty.
     *
     * @return             how many bytes, {@link Intake#NOTHING_YET} or {@link Intake#END_OF_SESSION}
     * @throws IOException when reading fails; nothing is lost then, try again later
     */
    synchronized int read(ByteBuffer buffer) throws IOException {
        assert task.isOwnedByCurrentThread();
        if (takingForbidden) {
            return Intake.NOTHING_YET;
        }
        reopenIfSessionEnded();
        int count = interpretRead(posix.read(descriptor, buffer));
        position += Math.max(0, count);
        return count;
    }

    /** Copies at most {@code length} bytes and takes none: the next look starts at the same byte. As {@link #read}. */
    synchronized int look(ScratchPipe scratch, int length) throws IOException {
        assert task.isOwnedByCurrentThread();
        reopenIfSessionEnded();
        return interpretRead(posix.tee(descriptor, scratch.writingEnd(), length));
    }

    /**
     * Fills the buffer with bytes that were looked at, and takes them; false when somebody else has taken them. Not only
     * for the owner: the caller holds the lock and has asked {@link #mayTake()}.
     */
    synchronized boolean take(ByteBuffer buffer) throws IOException {
        assert mayTake();
        int count = posix.read(descriptor, buffer);
        position += Math.max(0, count);
        return count > 0;
    }

    /** Counts bytes as read that somebody else has taken. */
    synchronized void skip(int count) {
        position += count;
    }

    /** Reads nothing more, for good; a look takes nothing and stays possible. */
    synchronized void forbidTaking() {
        takingForbidden = true;
    }

    /** Whether bytes may be taken: the pipe is open, and nobody has forbidden it. */
    synchronized boolean mayTake() {
        return !takingForbidden && !givenAway && descriptor.isOpen();
    }

    /** Takes what is done in time. */
    AcknowledgeTimer acknowledgeTimer() {
        return engine.acknowledgeTimer();
    }

    /**
     * Opens the pipe for writing for a moment, so that {@link #isHungUp} knows of writers that closed before this
     * reader was opened. Without permission to write, only the end of the next writer tells this.
     */
    synchronized void noteEarlierWriters() {
        try {
            if (posix.available(descriptor) > 0 && !posix.isHungUp(descriptor)) {
                posix.reopenForWriting(descriptor).close();
            }
        } catch (ErrnoException e) {
            // no permission
        }
    }

    /** Whether the last writer has closed, even while its bytes are in the pipe. */
    synchronized boolean isHungUp() throws IOException {
        return posix.isHungUp(descriptor);
    }

    /**
     * {@return whether the pipe is empty and nobody has it open for writing}
     *
     * @param worker lends its memory
     * @throws IOException when the kernel does not tell
     */
    public synchronized boolean isDeserted(Worker worker) throws IOException {
        assert task.isOwnedByCurrentThread();
        return posix.available(descriptor) == 0
                && posix.tee(descriptor, worker.scratch().writingEnd(), 1) == Posix.END_OF_FILE;
    }

    /** How much is in the pipe, in bytes. */
    synchronized int available() throws IOException {
        return posix.available(descriptor);
    }

    /** How much the pipe holds at most, in bytes. */
    synchronized int capacity() throws IOException {
        return posix.capacity(descriptor);
    }

    /** Interprets the result of read(2) or tee(2). */
    private int interpretRead(int count) {
        if (count != Posix.END_OF_FILE) {
            // bytes, or a writer without bytes yet: a new session, even on the old descriptor
            sessionEnded = false;
            writerSeen = true;
            return count;
        }
        // end of file means something only after a writer was there, and only once
        if (!noMoreWriters && (sessionEnded || !hasSeenWriter())) {
            return Intake.NOTHING_YET;
        }
        sessionEnded = true;
        return Intake.END_OF_SESSION;
    }

    /** Whether a writer has opened the pipe since the last end of a session. */
    synchronized boolean hasSeenWriter() {
        return writerSeen || watch.hasFired();
    }

    /**
     * Says that no further writer will come: no writer is then the end of the session, even if there never was one.
     *
     * @param none false takes it back
     */
    public synchronized void noMoreWriters(boolean none) {
        noMoreWriters = none;
    }

    /** Has the task run once when there is something to read, or when the writers have gone. */
    synchronized void arm() throws IOException {
        if (sessionEnded && keepsOld) {
            // a one-shot watch would report the end of the last session for ever
            watch.armForAll(Epoll.IN);
            wakeUp.at(nextReopening);
        } else {
            watch.arm(Epoll.IN);
        }
    }

    /**
     * Has the task run at each further write and when the writers have gone, although the pipe still holds bytes that
     * were looked at. The task also runs once at first, for bytes that came before this call, and once after the pause:
     * a write(2) that lacks room fills a pipe that is not empty, makes no event before it ends, and cannot end before
     * we read (pipe_write in fs/pipe.c, seen on Linux 6.18).
     */
    synchronized void armForMore(long pauseMillis) throws IOException {
        long pause = pauseMillis;
        if (engine.hasEventForEachWrite()) {
            watch.armForAll(Epoll.IN);
        } else {
            pause = Math.min(pause, LOOK_AGAIN_MILLIS);
        }
        wakeUp.at(Clock.nanos() + TimeUnit.MILLISECONDS.toNanos(pause));
    }

    /** {@return how many bytes have left the pipe since this reader was made} */
    public long position() {
        return position;
    }

    /** The position after the last byte that is in the pipe now. */
    synchronized long end() throws IOException {
        return descriptor.isOpen() && !givenAway ? position + posix.available(descriptor) : position;
    }

    /**
     * {@return what the pipe is like now, for any thread; null when it is closed or the kernel does not tell}
     *
     * @param inode of the FIFO
     * @param released gives the position of the first byte that is not done; asked while nobody reads, so that it goes with
     *     what the kernel says
     */
    public synchronized PipeStatus status(long inode, LongSupplier released) {
        if (!descriptor.isOpen() || givenAway) {
            return null;
        }
        try {
            long bytes = Math.max(0, position + posix.available(descriptor) - released.getAsLong());
            return new PipeStatus(inode, bytes, posix.capacity(descriptor));
        } catch (ErrnoException e) {
            return null;
        }
    }

    /** {@return a descriptor of the FIFO, for checks: open until {@link #close()} or the next read} */
    public synchronized Descriptor descriptor() {
        return descriptor;
    }

    /** Closes the reading end; bytes in the pipe are lost unless somebody else has the pipe open. */
    public synchronized void close() {
        if (!givenAway) {
            engine.cancel(watch);
            descriptor.close();
        }
    }

    /**
     * Ends this reader without closing the pipe, so that its writers find a reader all the time. The owner calls it
     * instead of {@link #close()}.
     *
     * @return the reading end, for another reader
     */
    public synchronized ReadingEnd giveAway() {
        boolean seen = hasSeenWriter();
        engine.cancel(watch);
        givenAway = true;
        return new ReadingEnd(descriptor, seen, sessionEnded);
    }

    private void reopenIfSessionEnded() {
        // opening and closing makes an event itself, which must not cause the next attempt
        if (sessionEnded && !noMoreWriters && !(keepsOld && Clock.nanos() < nextReopening)) {
            reopen();
        }
    }

    /** Goes on with a new descriptor, or with the old one when opening fails or a new one would miss an event. */
    private void reopen() {
        try {
            Descriptor fresh = posix.reopenForReading(descriptor);
            if (hasBytes(fresh)) {
                // A writer came in between. Only the old descriptor will see it go.
                fresh.close();
            } else {
                close();
                descriptor = fresh;
                watch = engine.watch(task, fresh);
                writerSeen = false;
                sessionEnded = false;
            }
            if (keepsOld) {
                keepsOld = false;
                listener.reopened(descriptor.path());
            }
        } catch (ErrnoException e) {
            nextReopening = Clock.nanos() + REOPENING_PAUSE_NANOS;
            if (!keepsOld) {
                keepsOld = true;
                listener.notReopened(descriptor.path(), e.getMessage());
            }
        }
    }

    private boolean hasBytes(Descriptor fresh) throws ErrnoException {
        try {
            return posix.available(fresh) > 0;
        } catch (ErrnoException e) {
            fresh.close();
            throw e;
        }
    }
}
