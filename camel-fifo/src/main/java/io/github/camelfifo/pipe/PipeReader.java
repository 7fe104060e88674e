package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * The reading end of a named pipe, for writers that come and go; an {@link Intake} reads by it. It opens without waiting for
 * a writer. When the last writer has closed and all its bytes were read, {@link #read} gives {@link Intake#END_OF_SESSION}
 * once; the next call waits for another writer. No byte is lost between the two, and the kernel is not asked again and
 * again: a descriptor that has seen its writers go would report that for ever, so the reader goes on with a new descriptor
 * of the same inode, opened before the old one is closed (the pipe lives as long as any descriptor is open). While it
 * cannot open a new one, for example because there are no descriptors left, it goes on with the old one, which then only
 * reports changes, and tries again once a second.
 *
 * <p>
 * Used by the owner of its task. Any thread may call {@link #end()}, {@link #position()} and {@link #noMoreWriters}.
 */
public final class PipeReader {

    /** On kernels that do not tell of each write. */
    private static final long LOOK_AGAIN_MILLIS = 10;

    private static final long REOPENING_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PipeEngine engine;
    private final PipeTask task;
    private final PipeListener listener;
    private final WakeUp wakeUp;
    /** Guarded by this, like the fields below: {@link #end()} must not see half a read, nor a closed descriptor. */
    private Descriptor descriptor;

    private Watch watch;
    private boolean writerSeen;
    private boolean sessionEnded;
    private boolean noMoreWriters;
    /** Whether the last attempt to open the pipe anew has failed; then the next one is at a time of {@link Clock}. */
    private boolean keepsOld;

    private long nextReopening;

    private volatile long position;

    /**
     * Takes over an open descriptor of a pipe that may have had a writer before.
     *
     * @param engine     watches it
     * @param task       is run when there is something to read
     * @param descriptor a non-blocking reading end
     * @param hadWriter  whether it had one for sure, as an anonymous pipe has; finding none then ends the session
     * @param listener   is told when the pipe cannot be opened anew, and when it can again
     */
    public PipeReader(
            PipeEngine engine, PipeTask task, Descriptor descriptor, boolean hadWriter, PipeListener listener) {
        this.writerSeen = hadWriter;
        this.engine = engine;
        this.task = task;
        this.listener = listener;
        this.wakeUp = new WakeUp(task);
        this.descriptor = descriptor;
        this.watch = engine.watch(task, descriptor);
    }

    /**
     * Reads what is there now into a direct buffer with room. To be called until it gives {@link Intake#NOTHING_YET}, and
     * only then armed: a short read does not tell that the pipe is empty.
     *
     * @return             how many bytes, {@link Intake#NOTHING_YET} or {@link Intake#END_OF_SESSION}
     * @throws IOException when reading fails; nothing is lost then, try again later
     */
    synchronized int read(ByteBuffer buffer) throws IOException {
        assert task.isOwnedByCurrentThread();
        reopenIfSessionEnded();
        int count = interpretRead(posix().read(descriptor, buffer));
        position += Math.max(0, count);
        return count;
    }

    /** Copies at most so many bytes and takes nothing: the next look starts at the same byte. As {@link #read}. */
    synchronized int look(ScratchPipe scratch, int length) throws IOException {
        assert task.isOwnedByCurrentThread();
        reopenIfSessionEnded();
        return interpretRead(posix().tee(descriptor, scratch.writingEnd(), length));
    }

    /** Takes as many bytes as the buffer has room for, which were looked at; false when somebody else has taken them. */
    synchronized boolean take(ByteBuffer buffer) throws IOException {
        assert task.isOwnedByCurrentThread();
        int count = posix().read(descriptor, buffer);
        position += Math.max(0, count);
        return count > 0;
    }

    /**
     * Becomes one of the writers for a moment, so that {@link #isHungUp} knows of those that closed before this reader
     * was opened. Where we may not write, only the next writer's going will tell.
     */
    synchronized void noteEarlierWriters() {
        try {
            if (posix().available(descriptor) > 0) {
                posix().reopenForWriting(descriptor).close();
            }
        } catch (ErrnoException e) {
            // no permission
        }
    }

    /** Whether the last writer has closed, also while its bytes are in the pipe. */
    synchronized boolean isHungUp() throws IOException {
        return posix().isHungUp(descriptor);
    }

    /** How much is in the pipe, in bytes. */
    synchronized int available() throws IOException {
        return posix().available(descriptor);
    }

    /** How much the pipe holds at most, in bytes. */
    synchronized int capacity() throws IOException {
        return posix().capacity(descriptor);
    }

    /** What the result of read(2) or tee(2) says about the writers. */
    private int interpretRead(int count) {
        if (count != Posix.END_OF_FILE) {
            // bytes, or a writer that has not written yet: a new session, even on the old descriptor
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

    /** Whether a writer has been there since the last end of a session; false when nobody has opened the pipe since. */
    synchronized boolean hasSeenWriter() {
        return writerSeen || watch.hasFired();
    }

    /**
     * Says that no further writer will come: finding none is then the end of the session, also where there never was one.
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
     * Has the task run at each further write and when the writers have gone, although the pipe holds bytes that were looked
     * at already. It runs once more at first, for what came before this call; and after the pause, because a write(2) for
     * which there is not enough room fills a pipe that is not empty and makes no event before it ends, for which it needs
     * us to read (pipe_write in fs/pipe.c, seen on Linux 6.18).
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

    /** {@return how many bytes this reader has read since it was made} */
    public long position() {
        return position;
    }

    /** The position where the bytes end that are in the pipe now. */
    synchronized long end() throws IOException {
        return descriptor.isOpen() ? position + posix().available(descriptor) : position;
    }

    /** {@return a descriptor of the FIFO, to look at it: open until {@link #close()} or the next read} */
    public synchronized Descriptor descriptor() {
        return descriptor;
    }

    /** Closes the reading end; bytes in the pipe are gone with it unless somebody else has the pipe open. */
    public synchronized void close() {
        engine.cancel(watch);
        descriptor.close();
    }

    private void reopenIfSessionEnded() {
        // opening and closing makes an event of its own, which must not lead to the next attempt
        if (sessionEnded && !noMoreWriters && !(keepsOld && Clock.nanos() < nextReopening)) {
            reopen();
        }
    }

    /** Goes on with a new descriptor; with the old one where opening fails, or where a new one would miss something. */
    private void reopen() {
        try {
            Descriptor fresh = posix().reopenForReading(descriptor);
            if (hasBytes(fresh)) {
                // A writer came in between. Only the old descriptor, which was there, will see it go.
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
            return posix().available(fresh) > 0;
        } catch (ErrnoException e) {
            fresh.close();
            throw e;
        }
    }

    private Posix posix() {
        return engine.posix();
    }
}
