package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Memory to read into: a direct buffer for the kernel and an array for the decoders, because decoding wants an array and
 * a system call into one copies its whole length, not only what was read. Not thread-safe.
 */
public final class ReadBuffer {

    private final ByteBuffer direct;
    private final byte[] array;
    private final ByteBuffer heap;

    ReadBuffer(int capacity) {
        direct = ByteBuffer.allocateDirect(capacity);
        array = new byte[capacity];
        heap = ByteBuffer.wrap(array).limit(0);
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

    /** Room for so many bytes that the kernel may write to; the array keeps what it holds. */
    ByteBuffer direct(int count) {
        return direct.clear().limit(count);
    }

    /** Reads what was copied into the scratch pipe; the array keeps what it holds. */
    ByteBuffer readFrom(ScratchPipe scratch, int count) throws IOException {
        scratch.read(direct, count);
        return direct.flip();
    }

    /** Holds in the array the first so many bytes of what was read last. */
    ByteBuffer copy(int count) {
        direct.clear().limit(count);
        direct.get(array, 0, count);
        return heap.clear().limit(count);
    }

    /** What is behind {@link #bytes()}, from index 0 on. */
    byte[] array() {
        return array;
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
        heap.clear().limit(0);
        int count = read(reader, limit);
        if (count > 0) {
            ByteBuffer unused = copy(count);
        }
        return count;
    }

    /** Reads once as {@link #fill} does, into {@link #directBytes()}; the array keeps what it holds. */
    int read(PipeReader reader, int limit) throws IOException {
        int count = 0;
        try {
            count = reader.read(direct(Math.min(limit, capacity())));
            return count;
        } finally {
            // after a failure too: nobody must take what was there before for what was read
            direct.clear().limit(Math.max(0, count));
        }
    }

    /** What {@link #read} has read and is not used yet: the same direct buffer every time. */
    ByteBuffer directBytes() {
        return direct;
    }
}
