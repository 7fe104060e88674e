package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * {@link Framing#CHUNKS} and {@link Framing#SESSION}: the unchanged body, of any length. The encoders of other framings
 * extend it by {@link #frame}. Keeps no state. Made by {@link Framing}.
 */
class PlainEncoder implements FrameEncoder {

    final String source;
    private final TextEncoder text;

    PlainEncoder(FrameSettings settings) {
        source = settings.source();
        text = new TextEncoder(settings.charset(), source);
    }

    @Override
    public ByteBuffer encode(byte[] body)
            throws FrameTooLongException, FrameLengthException, EmbeddedDelimiterException {
        return frame(ByteBuffer.wrap(body));
    }

    @Override
    public ByteBuffer encode(String body)
            throws FrameTooLongException, FrameLengthException, EmbeddedDelimiterException, UnencodableTextException {
        return frame(text.encode(body));
    }

    /** The frame for an encoded body, which fills the buffer from 0 to its limit. */
    ByteBuffer frame(ByteBuffer body) throws FrameTooLongException, FrameLengthException, EmbeddedDelimiterException {
        return body;
    }

    /** For a body of {@code length} bytes from index 0 of the buffer; {@code option} allows {@code allowed} bytes. */
    final FrameTooLongException tooLong(ByteBuffer body, int length, String option, long allowed) {
        byte[] head = new byte[Math.min(length, FrameTooLongException.HEAD_LENGTH)];
        body.get(0, head);
        return new FrameTooLongException(source, length, option, allowed, head);
    }
}
