package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * {@link Framing#DELIMITED}: the body, and the delimiter unless the body ends with it. The limit counts the body
 * without that delimiter; {@link EmbeddedDelimiter} decides about delimiters before it. Keeps no state. Made by
 * {@link Framing}.
 */
class DelimitedEncoder extends PlainEncoder {

    private final int maxFrameLength;
    private final String delimiter;
    private final byte[] delimiterBytes;
    private final boolean refusesEmbedded;

    DelimitedEncoder(FrameSettings settings, String delimiter, byte[] delimiterBytes) {
        super(settings);
        maxFrameLength = settings.maxFrameLength();
        this.delimiter = delimiter;
        this.delimiterBytes = delimiterBytes;
        refusesEmbedded = settings.embeddedDelimiter() == EmbeddedDelimiter.FAIL;
    }

    @Override
    public final ByteBuffer encode(byte[] body)
            throws FrameTooLongException, FrameLengthException, EmbeddedDelimiterException {
        return super.encode(endsWithDelimiter(body) ? body : withDelimiter(body));
    }

    @Override
    public final ByteBuffer encode(String body)
            throws FrameTooLongException, FrameLengthException, EmbeddedDelimiterException, UnencodableTextException {
        // Appends the delimiter before encoding, because encoding copies the text in any case.
        return super.encode(body.endsWith(delimiter) ? body : body.concat(delimiter));
    }

    @Override
    final ByteBuffer frame(ByteBuffer frame) throws FrameTooLongException, EmbeddedDelimiterException {
        int length = contentLength(frame);
        if (length > maxFrameLength) {
            throw tooLong(frame, length, "maxFrameLength", maxFrameLength);
        }
        if (refusesEmbedded) {
            requireOneDelimiter(frame);
        }
        return frame;
    }

    /** The length of a frame that the limit counts, in bytes. */
    int contentLength(ByteBuffer frame) {
        return frame.limit() - delimiterBytes.length;
    }

    /** Searches delimiters as the reader will. */
    private void requireOneDelimiter(ByteBuffer frame) throws EmbeddedDelimiterException {
        int after = new DelimiterSearch(delimiterBytes).indexAfter(frame, 0, frame.limit());
        if (after != frame.limit()) {
            throw new EmbeddedDelimiterException(source, after - delimiterBytes.length);
        }
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
