package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** {@link Framing#LENGTH_PREFIXED}: the body's length, unsigned and big-endian, and the body. Keeps no state. */
final class LengthPrefixedEncoder implements FrameEncoder {

    private final String source;
    private final int maxFrameLength;
    private final int prefixLength;
    private final long maxPrefix;
    private final TextEncoder text;

    LengthPrefixedEncoder(FrameSettings settings) {
        source = settings.source();
        maxFrameLength = settings.maxFrameLength();
        prefixLength = settings.lengthFieldSize();
        maxPrefix = (1L << (prefixLength * Byte.SIZE)) - 1;
        text = new TextEncoder(settings.charset(), source);
    }

    @Override
    public ByteBuffer encode(byte[] body) throws FrameTooLongException {
        return prefixed(ByteBuffer.wrap(body));
    }

    @Override
    public ByteBuffer encode(String body) throws FrameTooLongException, UnencodableTextException {
        return prefixed(text.encode(body));
    }

    private ByteBuffer prefixed(ByteBuffer body) throws FrameTooLongException {
        int length = body.limit();
        if (length > maxFrameLength) {
            throw new FrameTooLongException(source, length, maxFrameLength, head(body));
        }
        if (length > maxPrefix) {
            throw new FrameTooLongException(source, length, "lengthFieldSize=" + prefixLength, maxPrefix, head(body));
        }
        ByteBuffer frame = ByteBuffer.allocate(prefixLength + length);
        for (int shift = (prefixLength - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            frame.put((byte) (length >> shift));
        }
        return frame.put(body).flip();
    }

    private static byte[] head(ByteBuffer body) {
        byte[] head = new byte[Math.min(body.limit(), FrameTooLongException.HEAD_LENGTH)];
        body.get(0, head);
        return head;
    }
}
