package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** The kinds of buffer that a decoder may be given. */
enum BufferKind {
    HEAP,
    SLICE_WITH_ARRAY_OFFSET,
    INSIDE_A_LARGER_ONE,
    READ_ONLY,
    DIRECT;

    private static final int BEFORE = 5;
    private static final int AFTER = 7;

    /** A buffer of this kind whose remaining bytes are {@code bytes}; around them are line feeds, as a trap. */
    ByteBuffer of(byte[] bytes) {
        int size = BEFORE + bytes.length + AFTER;
        ByteBuffer buffer = this == DIRECT ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        for (int i = 0; i < size; i++) {
            buffer.put(i, (byte) '\n');
        }
        buffer.put(BEFORE, bytes).position(BEFORE).limit(BEFORE + bytes.length);
        return switch (this) {
            case HEAP -> ByteBuffer.wrap(bytes.clone());
            case SLICE_WITH_ARRAY_OFFSET -> buffer.slice();
            case READ_ONLY -> buffer.asReadOnlyBuffer();
            case INSIDE_A_LARGER_ONE, DIRECT -> buffer;
        };
    }
}
