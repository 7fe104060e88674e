package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** {@link Framing#FIXED}: the body, which has to be as long as a record. Keeps no state. */
final class FixedEncoder implements FrameEncoder {

    private final String source;
    private final int frameLength;
    private final TextEncoder text;

    FixedEncoder(FrameSettings settings) {
        source = settings.source();
        frameLength = settings.frameLength();
        text = new TextEncoder(settings.charset(), source);
    }

    @Override
    public ByteBuffer encode(byte[] body) throws FrameLengthException {
        return checked(ByteBuffer.wrap(body));
    }

    @Override
    public ByteBuffer encode(String body) throws FrameLengthException, UnencodableTextException {
        return checked(text.encode(body));
    }

    private ByteBuffer checked(ByteBuffer frame) throws FrameLengthException {
        if (frame.limit() != frameLength) {
            throw new FrameLengthException(source, frame.limit(), frameLength);
        }
        return frame;
    }
}
