package io.github.camelfifo.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds a byte, eight at a time, for decoders and encoders: no other loop looks at every byte of a stream. */
final class ByteScan {

    /** Little-endian, so that the first byte in memory is the lowest of the word on every machine. */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private ByteScan() {}

    /** The index of the first {@code wanted} in {@code [from, to)} of the array, or -1. */
    static int indexOf(byte[] bytes, int from, int to, byte wanted) {
        long pattern = (wanted & 0xFFL) * LOW_BITS;
        int index = from;
        for (; index <= to - Long.BYTES; index += Long.BYTES) {
            long zeros = zeroBytes((long) WORDS.get(bytes, index) ^ pattern);
            if (zeros != 0) {
                return index + firstByte(zeros);
            }
        }
        for (; index < to; index++) {
            if (bytes[index] == wanted) {
                return index;
            }
        }
        return -1;
    }

    /** The index, as of {@link ByteBuffer#get(int)}, of the first {@code wanted} in {@code [from, to)}, or -1. */
    static int indexOf(ByteBuffer buffer, int from, int to, byte wanted) {
        if (!buffer.hasArray()) {
            return indexOfWithoutArray(buffer, from, to, wanted);
        }
        int offset = buffer.arrayOffset();
        int found = indexOf(buffer.array(), offset + from, offset + to, wanted);
        return found < 0 ? -1 : found - offset;
    }

    private static int indexOfWithoutArray(ByteBuffer buffer, int from, int to, byte wanted) {
        // The duplicate has its own byte order; the caller's buffer keeps its order.
        ByteBuffer view = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long pattern = (wanted & 0xFFL) * LOW_BITS;
        int index = from;
        for (; index <= to - Long.BYTES; index += Long.BYTES) {
            long zeros = zeroBytes(view.getLong(index) ^ pattern);
            if (zeros != 0) {
                return index + firstByte(zeros);
            }
        }
        for (; index < to; index++) {
            if (view.get(index) == wanted) {
                return index;
            }
        }
        return -1;
    }

    /**
     * Sets the high bit of each zero byte of {@code word}. A borrow can set a wrong bit, but only above a zero byte, so
     * the lowest bit set is always right (Hacker's Delight, 6-1).
     */
    private static long zeroBytes(long word) {
        return (word - LOW_BITS) & ~word & HIGH_BITS;
    }

    private static int firstByte(long highBits) {
        return Long.numberOfTrailingZeros(highBits) / Byte.SIZE;
    }
}
