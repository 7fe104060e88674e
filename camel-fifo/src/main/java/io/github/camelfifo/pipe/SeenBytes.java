package io.github.camelfifo.pipe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes at the head of a pipe that {@link Looking} has given and not taken: what comes out has to be equal to them.
 * Not thread-safe.
 */
final class SeenBytes {

    private static final byte[] NO_BYTES = {};

    private byte[] array = NO_BYTES;
    /** The index after the last one. */
    private int end;
    /** Whether the array is a worker's memory, which the next task overwrites. */
    private boolean borrowed;

    /** Uses the first {@code count} bytes of a worker's memory. */
    void borrow(byte[] memory, int count) {
        array = memory;
        end = count;
        borrowed = true;
    }

    /** Gives the worker's memory back: copies the last {@code count} bytes, and forgets those before. */
    void keep(int count) {
        if (count <= 0) {
            array = NO_BYTES;
            end = 0;
        } else if (borrowed) {
            array = Arrays.copyOfRange(array, end - count, end);
            end = count;
        }
        borrowed = false;
    }

    /**
     * Says how many of the last {@code count} bytes are missing at the head of a pipe, because somebody else has taken
     * them: as few as explain what was found there.
     *
     * @param found the bytes that were found at the head of the pipe; its position stays
     * @param least how many are missing at least
     */
    int missingBefore(ByteBuffer found, int count, int least) {
        int start = end - count;
        int common = Math.min(found.remaining(), count);
        if (least == 0 && found.slice(found.position(), common).equals(ByteBuffer.wrap(array, start, common))) {
            return 0;
        }
        byte[] bytes = new byte[found.remaining()];
        found.duplicate().get(bytes);
        int missing = least;
        while (!beginsAfter(missing, bytes, start)) {
            missing++;
        }
        return missing;
    }

    private boolean beginsAfter(int missing, byte[] bytes, int start) {
        int from = start + missing;
        int common = Math.min(bytes.length, end - from);
        return Arrays.equals(array, from, from + common, bytes, 0, common);
    }
}
