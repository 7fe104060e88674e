package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.AnonymousPipe;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.ByteBuffer;

/**
 * A pipe that {@link Looking} looks into others with: tee(2) copies into it, and from here the bytes can be read while the
 * other pipe keeps them. Empty between two looks. Confined to its worker.
 */
final class ScratchPipe implements AutoCloseable {

    private static final int DROPPED_AT_ONCE = 65_536;

    private final Posix posix;
    private final AnonymousPipe pipe;
    /** The largest capacity asked for so far; the largest of all once one was refused. */
    private int asked;

    private boolean empty = true;

    ScratchPipe(Posix posix) throws ErrnoException {
        this.posix = posix;
        this.pipe = posix.pipe();
    }

    /** Gives it as many slots as a pipe of this capacity has. */
    void growTo(int capacity) {
        if (capacity > asked) {
            asked = capacity;
            try {
                posix.setCapacity(pipe.writingEnd(), capacity);
            } catch (ErrnoException e) {
                // goes on with fewer: bytes that do not fit here are read into memory, as if the other pipe were full
                asked = Integer.MAX_VALUE;
            }
        }
    }

    /** Where to copy to; {@link #read} or {@link #clear} has to follow. */
    Descriptor writingEnd() throws ErrnoException {
        if (!empty) {
            // the last look failed in the middle
            clear();
        }
        empty = false;
        return pipe.writingEnd();
    }

    /** Whether the copied bytes take all slots; then they do so in the other pipe too. */
    boolean isFull() throws ErrnoException {
        return posix.isFull(pipe.writingEnd());
    }

    /** Moves so many bytes into a buffer that has room for them. */
    void read(ByteBuffer buffer, int count) throws ErrnoException {
        buffer.clear().limit(count);
        int more = 1;
        while (buffer.hasRemaining() && more > 0) {
            more = posix.read(pipe.readingEnd(), buffer);
        }
        empty = true;
    }

    /** Drops what was copied. */
    void clear() throws ErrnoException {
        ByteBuffer dropped = ByteBuffer.allocateDirect(DROPPED_AT_ONCE);
        while (posix.read(pipe.readingEnd(), dropped.clear()) > 0) {
            // until there is no more
        }
        empty = true;
    }

    @Override
    public void close() {
        pipe.close();
    }
}
