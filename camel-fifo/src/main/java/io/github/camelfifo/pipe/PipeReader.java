package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The reading end of a named pipe, for writers that come and go. It opens without waiting for a writer. When the last
 * writer has closed and all it wrote was read, {@link #read} gives {@link #END_OF_SPELL} once; the next call waits for
 * another writer. Between the two no byte is lost and the kernel is not asked again and again: a descriptor that has
 * seen its writers go would report that for ever, so the reader goes on with a new descriptor of the same inode, opened
 * before the old one is closed (the pipe lives as long as any descriptor is open).
 *
 * <p>
 * Used by the owner of its task. {@link #end()} alone may be called by any thread.
 */
public final class PipeReader {

    /** From {@link #read}: nothing there for now; arm, and the task is run when there is. */
    public static final int NOTHING_YET = 0;
    /** From {@link #read}: the last writer has closed, and all that was written has been read. */
    public static final int END_OF_SPELL = -1;

    private final PipeEngine engine;
    private final PipeTask task;
    /** Guarded by this, like all below: {@link #end()} must not see a read half done, nor a closed descriptor. */
    private Descriptor descriptor;

    private Watch watch;
    private boolean writerSeen;
    private boolean spellEnded;
    private long position;

    /**
     * Takes over an open descriptor.
     *
     * @param engine     watches it
     * @param task       is run when there is something to read
     * @param descriptor a non-blocking reading end
     */
    public PipeReader(PipeEngine engine, PipeTask task, Descriptor descriptor) {
        this(engine, task, descriptor, false);
    }

    /**
     * Takes over an open descriptor of a pipe that may have had a writer before.
     *
     * @param engine     watches it
     * @param task       is run when there is something to read
     * @param descriptor a non-blocking reading end
     * @param hadWriter  whether it had one for sure, as an anonymous pipe has; finding none is then the end of a spell
     */
    public PipeReader(PipeEngine engine, PipeTask task, Descriptor descriptor, boolean hadWriter) {
        this.writerSeen = hadWriter;
        this.engine = engine;
        this.task = task;
        this.descriptor = descriptor;
        this.watch = engine.watch(task, descriptor);
    }

    /**
     * Reads what is there now. To be called until it gives {@link #NOTHING_YET}, and only then armed: that the pipe is
     * empty cannot be told from a short read.
     *
     * @param  buffer      a direct buffer with room; its position moves
     * @return             how many bytes, {@link #NOTHING_YET} or {@link #END_OF_SPELL}
     * @throws IOException when reading fails, or when the pipe cannot be opened anew after a spell, for example because
     *                     there are no descriptors left; nothing is lost then, try again later
     */
    public synchronized int read(ByteBuffer buffer) throws IOException {
        ErrnoException reopening = spellEnded ? reopen() : null;
        int count = posix().read(descriptor, buffer);
        if (count != Posix.END_OF_FILE) {
            // bytes, or a writer that has not written yet: a new spell, be it on the old descriptor
            spellEnded = false;
            writerSeen = true;
            position += count;
            return count;
        }
        if (reopening != null) {
            throw reopening;
        }
        if (!writerSeen && !watch.hasFired()) {
            // end of file means something only after a writer was there
            return NOTHING_YET;
        }
        spellEnded = true;
        return END_OF_SPELL;
    }

    /**
     * Whether a writer has been there since the last end of a spell.
     *
     * @return false on a pipe that nobody has opened for writing yet
     */
    public synchronized boolean hasSeenWriter() {
        return writerSeen || watch.hasFired();
    }

    /**
     * Has the task run once when there is something to read, or when the writers have gone.
     *
     * @throws IOException when the kernel refuses to watch the pipe
     */
    public synchronized void arm() throws IOException {
        watch.arm(Epoll.IN);
    }

    /**
     * How many bytes this reader has read.
     *
     * @return since it was made
     */
    public synchronized long position() {
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

    /** Goes on with a new descriptor; the reason when that cannot be had. */
    private ErrnoException reopen() {
        try {
            Descriptor fresh = posix().reopenForReading(descriptor);
            if (hasBytes(fresh)) {
                // A writer came and went in between. Only the old descriptor, which was there, will see it go.
                fresh.close();
                return null;
            }
            engine.cancel(watch);
            descriptor.close();
            descriptor = fresh;
            watch = engine.watch(task, fresh);
            writerSeen = false;
            spellEnded = false;
            return null;
        } catch (ErrnoException e) {
            return e;
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
