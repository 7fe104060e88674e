package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A worker's memory to read into: a direct buffer for the kernel and an array for the decoders, because decoding wants an
 * array and a system call into one copies its whole length, not only what was read. {@link Taking} and {@link Looking} use
 * it. Not thread-safe.
 */
final class ReadBuffer {

    private final ByteBuffer direct;
    private final byte[] array;
    private final ByteBuffer heap;

    ReadBuffer(int capacity) {
        direct = ByteBuffer.allocateDirect(capacity);
        array = new byte[capacity];
        heap = ByteBuffer.wrap(array);
    }

    /** The most bytes of one read. */
    int capacity() {
        return heap.capacity();
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

    /** Copies the first so many bytes of what was read last into the array; the same array-backed buffer every time. */
    ByteBuffer copy(int count) {
        direct.clear().limit(count);
        direct.get(array, 0, count);
        return heap.clear().limit(count);
    }

    /** The array that {@link #copy} writes to, from index 0 on. */
    byte[] array() {
        return array;
    }
}
