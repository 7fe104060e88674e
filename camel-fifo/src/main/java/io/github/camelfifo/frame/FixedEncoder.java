package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** {@link Framing#FIXED}: the body, which must have {@code frameLength} bytes. No state. Made by {@link Framing}. */
final class FixedEncoder extends PlainEncoder {

    private final int frameLength;

    FixedEncoder(FrameSettings settings) {
        super(settings);
        frameLength = settings.frameLength();
    }

    @Override
    ByteBuffer frame(ByteBuffer body) throws FrameLengthException {
        if (body.limit() != frameLength) {
            throw new FrameLengthException(source, body.limit(), frameLength);
        }
        return body;
    }
}
