package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * The reading end of a named pipe, for writers that come and go. It opens without waiting for a writer. When the last
 * writer has closed and all it wrote was read, {@link #read} gives {@link #END_OF_SESSION} once; the next call waits for
 * another writer. Between the two no byte is lost and the kernel is not asked again and again: a descriptor that has
 * seen its writers go would report that for ever, so the reader goes on with a new descriptor of the same inode, opened
 * before the old one is closed (the pipe lives as long as any descriptor is open). While no new one can be had, for
 * example because there are no descriptors left, it goes on with the old one, which then only reports changes, and tries
 * again once a second.
 *
 * <p>
 * Used by the owner of its task. {@link #end()} alone may be called by any thread.
 */
public final class PipeReader {

    /** From {@link #read}: nothing there for now; arm, and the task is run when there is. */
    public static final int NOTHING_YET = 0;
    /** From {@link #read}: the last writer has closed, and all that was written has been read. */
    public static final int END_OF_SESSION = -1;

    /** On kernels that do not tell of each write. */
    private static final long LOOK_AGAIN_MILLIS = 10;

    private static final long REOPENING_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PipeEngine engine;
    private final PipeTask task;
    private final PipeListener listener;
    private final WakeUp wakeUp;
    /** Guarded by this, like all below: {@link #end()} must not see a read half done, nor a closed descriptor. */
    private Descriptor descriptor;

    private Watch watch;
    private boolean writerSeen;
    private boolean sessionEnded;
    private boolean noMoreWriters;
    /** Whether the last attempt to open the pipe anew has failed. */
    private boolean keepsOld;
    /** On {@link Clock}; where the old descriptor is kept. */
    private long nextReopening;

    private volatile long position;

    /**
     * Takes over an open descriptor of a pipe that may have had a writer before.
     *
     * @param engine     watches it
     * @param task       is run when there is something to read
     * @param descriptor a non-blocking reading end
     * @param hadWriter  whether it had one for sure, as an anonymous pipe has; finding none is then the end of a session
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
     * Reads what is there now. To be called until it gives {@link #NOTHING_YET}, and only then armed: that the pipe is
     * empty cannot be told from a short read.
     *
     * @param  buffer      a direct buffer with room; its position moves
     * @return             how many bytes, {@link #NOTHING_YET} or {@link #END_OF_SESSION}
     * @throws IOException when reading fails; nothing is lost then, try again later
     */
    public synchronized int read(ByteBuffer buffer) throws IOException {
        reopenIfSessionEnded();
        int count = interpretRead(posix().read(descriptor, buffer));
        position += Math.max(0, count);
        return count;
    }

    /**
     * Copies what is there now and takes nothing: the next look starts at the same byte.
     *
     * @param  scratch     gets the copy
     * @param  length      at most so many bytes
     * @return             as {@link #read}
     * @throws IOException as {@link #read}
     */
    synchronized int look(ScratchPipe scratch, int length) throws IOException {
        reopenIfSessionEnded();
        return interpretRead(posix().tee(descriptor, scratch.writingEnd(), length));
    }

    /**
     * Takes bytes that were looked at.
     *
     * @param  buffer      has room for exactly those
     * @return             false when there are no more, because somebody else has taken them
     */
    synchronized boolean take(ByteBuffer buffer) throws IOException {
        int count = posix().read(descriptor, buffer);
        position += Math.max(0, count);
        return count > 0;
    }

    /**
     * Has {@link #isHungUp} know of writers that had closed before this reader was opened, by being one of them.
     *
     * @return false when that takes a permission that we lack; then only the next writer's going will tell
     */
    synchronized boolean noteEarlierWriters() {
        try {
            if (posix().available(descriptor) > 0) {
                posix().reopenForWriting(descriptor).close();
            }
            return true;
        } catch (ErrnoException e) {
            return false;
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

    /** What a read or a look that gave so much says about the writers. */
    private int interpretRead(int count) {
        if (count != Posix.END_OF_FILE) {
            // bytes, or a writer that has not written yet: a new session, be it on the old descriptor
            sessionEnded = false;
            writerSeen = true;
            return count;
        }
        boolean toldAlready = sessionEnded;
        // end of file means something only after a writer was there
        if (!noMoreWriters && (toldAlready || (!writerSeen && !watch.hasFired()))) {
            return NOTHING_YET;
        }
        sessionEnded = true;
        return END_OF_SESSION;
    }

    /**
     * Whether a writer has been there since the last end of a session.
     *
     * @return false on a pipe that nobody has opened for writing yet
     */
    public synchronized boolean hasSeenWriter() {
        return writerSeen || watch.hasFired();
    }

    /**
     * Whether this is the last session, after which nobody will come. Then finding no writer is the end of it, also where
     * there never was one. Any thread may say so.
     *
     * @param last false takes it back
     */
    public synchronized void noMoreWriters(boolean last) {
        noMoreWriters = last;
    }

    /**
     * Has the task run once when there is something to read, or when the writers have gone.
     *
     * @throws IOException when the kernel refuses to watch the pipe
     */
    public synchronized void arm() throws IOException {
        if (sessionEnded && keepsOld) {
            // an armed one would report the end of the last session for ever
            watch.armForAll(Epoll.IN);
            wakeUp.at(nextReopening);
        } else {
            watch.arm(Epoll.IN);
        }
    }

    /**
     * Has the task run at each further write and when the writers have gone, although there are bytes in the pipe that were
     * looked at already. Once more at first, for what came before this call; and after a pause, because a write(2) for
     * which there is not enough room fills a pipe that is not empty and makes no event before it ends, for which it needs
     * us to read (pipe_write in fs/pipe.c, seen on Linux 6.18).
     *
     * @param pauseMillis how long it may take to notice such a write
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

    /**
     * How many bytes this reader has read.
     *
     * @return since it was made
     */
    public long position() {
        return position;
    }

    /**
     * Where the bytes end that are in the pipe now. Any thread may ask.
     *
     * @return             the position that this reader has when it has read them
     * @throws IOException when the kernel does not tell
     */
    public synchronized long end() throws IOException {
        return descriptor.isOpen() ? position + posix().available(descriptor) : position;
    }

    /**
     * A descriptor of the FIFO, to look at it.
     *
     * @return open until {@link #close()} or the next {@link #read}
     */
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

    /** Goes on with a new descriptor; with the old one where none can be had, or where a new one would miss something. */
    private void reopen() {
        try {
            Descriptor fresh = posix().reopenForReading(descriptor);
            if (hasBytes(fresh)) {
                // A writer came and went in between. Only the old descriptor, which was there, will see it go.
                fresh.close();
            } else {
                goOnWith(fresh);
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

    private void goOnWith(Descriptor fresh) {
        engine.cancel(watch);
        descriptor.close();
        descriptor = fresh;
        watch = engine.watch(task, fresh);
        writerSeen = false;
        sessionEnded = false;
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
