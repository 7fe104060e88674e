package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.LineCharset.CARRIAGE_RETURN;
import static io.github.camelfifo.frame.LineCharset.LINE_FEED;

import java.nio.ByteBuffer;

/**
 * {@link Framing#LINES}: the body, and {@code \n} unless the body ends with it. The limit is that of the decoder: it
 * counts the line without its {@code \n} or {@code \r\n}. Keeps no state. Made by {@link Framing}.
 */
final class LineEncoder extends DelimitedEncoder {

    LineEncoder(FrameSettings settings) {
        super(settings, "\n", new byte[] {LINE_FEED});
    }

    @Override
    int contentLength(ByteBuffer line) {
        int end = line.limit() - 1;
        return end > 0 && line.get(end - 1) == CARRIAGE_RETURN ? end - 1 : end;
    }
}
