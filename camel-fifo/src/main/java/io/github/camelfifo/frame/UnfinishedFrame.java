package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The beginning of a frame whose end has not been read yet; {@link FrameAssembly} fills it. Holds no array between
 * frames, so that an idle pipe costs only this object. Confined to the decoder's owner.
 */
final class UnfinishedFrame {

    private static final int LEAST_CAPACITY = 128;
    private static final byte[] NONE = {};

    /** The array grows by doubling, but not beyond this unless more is appended. */
    private final int maxLength;

    private byte[] bytes = NONE;
    private int length;

    /** For frames of up to {@code maxLength} bytes, or a few more. */
    UnfinishedFrame(int maxLength) {
        this.maxLength = maxLength;
    }

    int length() {
        return length;
    }

    /** The array itself, of which {@link #length()} bytes are filled. */
    byte[] bytes() {
        return bytes;
    }

    /** Takes {@code count} bytes from the buffer's position on; the caller ensures that they are not too many. */
    void append(ByteBuffer input, int count) {
        int needed = length + count;
        if (needed > bytes.length) {
            long roomy = Math.max(LEAST_CAPACITY, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(roomy, maxLength)));
        }
        input.get(bytes, length, count);
        length = needed;
    }

    /** Takes bytes from the buffer until {@code wanted} are held, or drops held bytes beyond. */
    void appendUpTo(int wanted, ByteBuffer input) {
        if (wanted > length) {
            append(input, wanted - length);
        } else {
            length = wanted;
        }
    }

    /** Drops the first {@code count} bytes. The array stays, because more of the same frame will follow. */
    void removeFirst(int count) {
        length -= count;
        System.arraycopy(bytes, count, bytes, 0, length);
    }

    /** Gives the array away, with {@link #length()} bytes filled, and is empty again. */
    byte[] release() {
        byte[] released = bytes;
        bytes = NONE;
        length = 0;
        return released;
    }
}
