package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Memory to read into: a direct buffer for the kernel and an array for the decoders, because decoding wants an array and
 * a system call into one copies its whole length, not only what was read. Not thread-safe.
 */
public final class ReadBuffer {

    private final ByteBuffer direct;
    private final ByteBuffer heap;

    ReadBuffer(int capacity) {
        direct = ByteBuffer.allocateDirect(capacity);
        heap = ByteBuffer.allocate(capacity).limit(0);
    }

    /**
     * The most bytes of one read.
     *
     * @return at least what was asked for
     */
    public int capacity() {
        return heap.capacity();
    }

    /**
     * What was read and is not used yet.
     *
     * @return the same array-backed buffer every time; using bytes up moves its position
     */
    public ByteBuffer bytes() {
        return heap;
    }

    /**
     * Reads once, over what the buffer held.
     *
     * @param  reader      where from
     * @param  limit       at most so many bytes, 1 or more
     * @return             as {@link PipeReader#read}
     * @throws IOException as {@link PipeReader#read}
     */
    public int fill(PipeReader reader, int limit) throws IOException {
        direct.clear().limit(Math.min(limit, capacity()));
        heap.clear().limit(0);
        int count = reader.read(direct);
        if (count > 0) {
            direct.flip();
            direct.get(heap.array(), 0, count);
            heap.limit(count);
        }
        return count;
    }
}
