package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** {@link Framing#CHUNKS} and {@link Framing#SESSION}: the body as it is, of any length. Keeps no state. */
final class PlainEncoder implements FrameEncoder {

    private final TextEncoder text;

    PlainEncoder(FrameSettings settings) {
        text = new TextEncoder(settings.charset(), settings.source());
    }

    @Override
    public ByteBuffer encode(byte[] body) {
        return ByteBuffer.wrap(body);
    }

    @Override
    public ByteBuffer encode(String body) throws UnencodableTextException {
        return text.encode(body);
    }
}
