package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.LineCharset.CARRIAGE_RETURN;
import static io.github.camelfifo.frame.LineCharset.LINE_FEED;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * {@link Framing#LINES}: the body and {@code \n}, unless it ends so already. The limit is that of the decoder: it
 * counts the line without its {@code \n} or {@code \r\n}. Line ends before the last one are written as they are and are
 * several frames to the reader. Keeps no state.
 */
final class LineEncoder implements FrameEncoder {

    private final String source;
    private final int maxFrameLength;
    private final TextEncoder text;

    LineEncoder(FrameSettings settings) {
        LineCharset.require(settings.charset());
        source = settings.source();
        maxFrameLength = settings.maxFrameLength();
        text = new TextEncoder(settings.charset(), source);
    }

    @Override
    public ByteBuffer encode(byte[] body) throws FrameTooLongException {
        boolean ended = body.length > 0 && body[body.length - 1] == LINE_FEED;
        checkLength(ByteBuffer.wrap(body), ended ? body.length - 1 : body.length);
        return ByteBuffer.wrap(ended ? body : withLineFeed(body));
    }

    @Override
    public ByteBuffer encode(String body) throws FrameTooLongException, UnencodableTextException {
        // Appended before encoding, for that is a plain copy, and afterwards it would be another one.
        ByteBuffer frame = text.encode(body.endsWith("\n") ? body : body.concat("\n"));
        checkLength(frame, frame.limit() - 1);
        return frame;
    }

    /** {@code end} is where the line's {@code \n} is or would be. */
    private void checkLength(ByteBuffer line, int end) throws FrameTooLongException {
        int length = end > 0 && line.get(end - 1) == CARRIAGE_RETURN ? end - 1 : end;
        if (length > maxFrameLength) {
            byte[] head = new byte[Math.min(length, FrameTooLongException.HEAD_LENGTH)];
            line.get(0, head);
            throw new FrameTooLongException(source, length, maxFrameLength, head);
        }
    }

    private static byte[] withLineFeed(byte[] body) {
        byte[] line = Arrays.copyOf(body, body.length + 1);
        line[body.length] = LINE_FEED;
        return line;
    }
}
