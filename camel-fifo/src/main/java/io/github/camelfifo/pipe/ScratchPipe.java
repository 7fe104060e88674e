package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.AnonymousPipe;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A pipe by which {@link Looking} looks into other pipes: tee(2) copies bytes into it, and they are read from here
 * while the other pipe keeps them. Empty between two looks. Confined to its worker.
 */
final class ScratchPipe implements AutoCloseable {

    private static final int DROPPED_AT_ONCE = 65_536;

    private final Posix posix;
    private final AnonymousPipe pipe;
    /** The largest capacity asked for so far; the maximum after a refusal. */
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
                // go on with fewer slots: bytes that do not fit here are taken into memory, as if the other pipe were
                // full
                asked = Integer.MAX_VALUE;
            }
        }
    }

    /** The end to copy to; {@link #read} or {@link #clear} has to follow. */
    Descriptor writingEnd() throws ErrnoException {
        if (!empty) {
            // after a look that failed in the middle
            clear();
        }
        empty = false;
        return pipe.writingEnd();
    }

    /** Whether the copied bytes take all slots; then the other pipe is full too. */
    boolean isFull() throws ErrnoException {
        return posix.isFull(pipe.writingEnd());
    }

    /**
     * Moves {@code count} bytes into a buffer with room for them.
     *
     * @throws IOException when the kernel does not give all of them; the next look begins anew
     */
    void read(ByteBuffer buffer, int count) throws IOException {
        buffer.clear().limit(count);
        int more = 1;
        while (buffer.hasRemaining() && more > 0) {
            more = posix.read(pipe.readingEnd(), buffer);
        }
        if (buffer.hasRemaining()) {
            throw new IOException("read gave " + buffer.position() + " of " + count + " bytes that tee has copied");
        }
        empty = true;
    }

    /** Drops the copied bytes. */
    void clear() throws ErrnoException {
        ByteBuffer dropped = ByteBuffer.allocateDirect(DROPPED_AT_ONCE);
        while (posix.read(pipe.readingEnd(), dropped.clear()) > 0) {
            // until the pipe is empty
        }
        empty = true;
    }

    @Override
    public void close() {
        pipe.close();
    }
}
