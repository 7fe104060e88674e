package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A worker's memory to read into: a direct buffer for the kernel and an array for the decoders. Decoding needs an
 * array, but a system call into an array copies its whole length and not only the bytes that were read. {@link Taking}
 * and {@link Looking} use it. Not thread-safe.
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

    /** Room for {@code count} bytes that the kernel may write to; the array keeps its content. */
    ByteBuffer direct(int count) {
        return direct.clear().limit(count);
    }

    /** Reads the bytes that were copied into the scratch pipe; the array keeps its content. */
    ByteBuffer readFrom(ScratchPipe scratch, int count) throws IOException {
        scratch.read(direct, count);
        return direct.flip();
    }

    /** Copies the first {@code count} bytes of the last read into the array; always gives the same heap buffer. */
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
