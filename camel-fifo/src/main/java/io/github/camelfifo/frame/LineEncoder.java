package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.LineCharset.CARRIAGE_RETURN;
import static io.github.camelfifo.frame.LineCharset.LINE_FEED;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * {@link Framing#LINES}: the body and {@code \n}, unless it ends so already. The limit is that of the decoder: it
 * counts the line without its {@code \n} or {@code \r\n}. What becomes of line ends before the last one is
 * {@link EmbeddedDelimiter}'s to say. Keeps no state.
 */
final class LineEncoder implements FrameEncoder {

    private static final byte[] DELIMITER = {LINE_FEED};

    private final String source;
    private final int maxFrameLength;
    private final EmbeddedDelimiter embeddedDelimiter;
    private final TextEncoder text;

    LineEncoder(FrameSettings settings) {
        source = settings.source();
        maxFrameLength = settings.maxFrameLength();
        embeddedDelimiter = settings.embeddedDelimiter();
        text = new TextEncoder(settings.charset(), source);
    }

    @Override
    public ByteBuffer encode(byte[] body) throws FrameTooLongException, EmbeddedDelimiterException {
        boolean ended = body.length > 0 && body[body.length - 1] == LINE_FEED;
        return checked(ByteBuffer.wrap(ended ? body : withLineFeed(body)));
    }

    @Override
    public ByteBuffer encode(String body)
            throws FrameTooLongException, EmbeddedDelimiterException, UnencodableTextException {
        // Appended before encoding, for that is a plain copy, and afterwards it would be another one.
        return checked(text.encode(body.endsWith("\n") ? body : body.concat("\n")));
    }

    private ByteBuffer checked(ByteBuffer line) throws FrameTooLongException, EmbeddedDelimiterException {
        int end = line.limit() - 1;
        int length = end > 0 && line.get(end - 1) == CARRIAGE_RETURN ? end - 1 : end;
        if (length > maxFrameLength) {
            byte[] head = new byte[Math.min(length, FrameTooLongException.HEAD_LENGTH)];
            line.get(0, head);
            throw new FrameTooLongException(source, length, maxFrameLength, head);
        }
        embeddedDelimiter.check(line, DELIMITER, source);
        return line;
    }

    private static byte[] withLineFeed(byte[] body) {
        byte[] line = Arrays.copyOf(body, body.length + 1);
        line[body.length] = LINE_FEED;
        return line;
    }
}
