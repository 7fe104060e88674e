package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * {@link Framing#DELIMITED}: the body and the delimiter, unless it ends so already. The limit counts the body without
 * that delimiter. What becomes of delimiters before it is {@link EmbeddedDelimiter}'s to say. Keeps no state.
 */
final class DelimitedEncoder implements FrameEncoder {

    private final String source;
    private final int maxFrameLength;
    private final String delimiter;
    private final byte[] delimiterBytes;
    private final EmbeddedDelimiter embeddedDelimiter;
    private final TextEncoder text;

    DelimitedEncoder(FrameSettings settings, byte[] delimiterBytes) {
        source = settings.source();
        maxFrameLength = settings.maxFrameLength();
        delimiter = settings.delimiter();
        this.delimiterBytes = delimiterBytes;
        embeddedDelimiter = settings.embeddedDelimiter();
        text = new TextEncoder(settings.charset(), source);
    }

    @Override
    public ByteBuffer encode(byte[] body) throws FrameTooLongException, EmbeddedDelimiterException {
        return checked(ByteBuffer.wrap(endsWithDelimiter(body) ? body : withDelimiter(body)));
    }

    @Override
    public ByteBuffer encode(String body)
            throws FrameTooLongException, EmbeddedDelimiterException, UnencodableTextException {
        return checked(text.encode(body.endsWith(delimiter) ? body : body.concat(delimiter)));
    }

    private ByteBuffer checked(ByteBuffer frame) throws FrameTooLongException, EmbeddedDelimiterException {
        int length = frame.limit() - delimiterBytes.length;
        if (length > maxFrameLength) {
            byte[] head = new byte[Math.min(length, FrameTooLongException.HEAD_LENGTH)];
            frame.get(0, head);
            throw new FrameTooLongException(source, length, maxFrameLength, head);
        }
        embeddedDelimiter.check(frame, delimiterBytes, source);
        return frame;
    }

    private boolean endsWithDelimiter(byte[] body) {
        int end = body.length - delimiterBytes.length;
        return end >= 0 && Arrays.equals(body, end, body.length, delimiterBytes, 0, delimiterBytes.length);
    }

    private byte[] withDelimiter(byte[] body) {
        byte[] frame = Arrays.copyOf(body, body.length + delimiterBytes.length);
        System.arraycopy(delimiterBytes, 0, frame, body.length, delimiterBytes.length);
        return frame;
    }
}
