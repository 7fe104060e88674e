package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * {@link Framing#LENGTH_PREFIXED}: the body's length, unsigned and big-endian, and the body. Keeps no state. Made by
 * {@link Framing}.
 */
final class LengthPrefixedEncoder extends PlainEncoder {

    private final int maxFrameLength;
    private final int prefixLength;
    private final long maxPrefix;

    LengthPrefixedEncoder(FrameSettings settings) {
        super(settings);
        maxFrameLength = settings.maxFrameLength();
        prefixLength = settings.lengthFieldSize();
        maxPrefix = (1L << (prefixLength * Byte.SIZE)) - 1;
    }

    @Override
    ByteBuffer frame(ByteBuffer body) throws FrameTooLongException {
        int length = body.limit();
        if (length > maxFrameLength) {
            throw tooLong(body, length, "maxFrameLength", maxFrameLength);
        }
        if (length > maxPrefix) {
            throw tooLong(body, length, "lengthFieldSize=" + prefixLength, maxPrefix);
        }
        ByteBuffer frame = ByteBuffer.allocate(prefixLength + length);
        for (int shift = (prefixLength - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            frame.put((byte) (length >> shift));
        }
        return frame.put(body).flip();
    }
}
