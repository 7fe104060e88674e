package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.LineCharset.CARRIAGE_RETURN;
import static io.github.camelfifo.frame.LineCharset.LINE_FEED;

import java.nio.ByteBuffer;

/**
 * {@link Framing#LINES}: {@code \n} or {@code \r\n} ends a frame and is not part of it; a {@code \r} elsewhere is
 * content. Made by {@link Framing}.
 *
 * <p>A whole line in the input is decoded there; only a line that spans two reads is copied. {@code maxFrameLength}
 * counts a line without its end. One more byte is held if it is a {@code \r}, because a {@code \n} may follow. If the
 * stream ends instead, the {@code \r} is content, and the incomplete frame is one byte longer than
 * {@code maxFrameLength}: so no byte is lost or changed.
 */
final class LineDecoder extends AssemblingDecoder {

    private static final int LONGEST_END = 2;

    /** Whether the last byte taken of the line in work is a {@code \r}. */
    private boolean afterCarriageReturn;

    LineDecoder(FrameSettings settings) {
        super(settings, true, LONGEST_END);
    }

    @Override
    public Frame decode(ByteBuffer input) throws FrameTooLongException {
        Frame frame = null;
        while (frame == null && input.hasRemaining()) {
            int start = input.position();
            int horizon = assembly.horizon(input, LONGEST_END);
            int lineFeed = ByteScan.indexOf(input, start, horizon, LINE_FEED);
            frame = lineFeed >= 0 ? end(input, start, lineFeed) : goOn(input, start, horizon);
        }
        return frame;
    }

    @Override
    public Frame finish() {
        afterCarriageReturn = false;
        return super.finish();
    }

    @Override
    public void discard() {
        afterCarriageReturn = false;
        super.discard();
    }

    @Override
    public int bytesWanted() {
        return assembly.isBegun() ? 1 : 0;
    }

    private Frame end(ByteBuffer input, int start, int lineFeed) throws FrameTooLongException {
        boolean before = afterCarriageReturn;
        boolean isBefore = lineFeed > start ? input.get(lineFeed - 1) == CARRIAGE_RETURN : before;
        long length = assembly.taken() + lineFeed - start - (isBefore ? 1 : 0);
        afterCarriageReturn = false;
        Frame frame = assembly.end(input, length, lineFeed + 1);
        if (input.position() == start) {
            // A piece of earlier bytes; the last byte taken is still the same.
            afterCarriageReturn = before;
        }
        return frame;
    }

    private Frame goOn(ByteBuffer input, int start, int to) throws FrameTooLongException {
        boolean before = afterCarriageReturn;
        boolean isLast = input.get(to - 1) == CARRIAGE_RETURN;
        long content = assembly.taken() + to - start - (isLast ? 1 : 0);
        afterCarriageReturn = isLast;
        Frame frame = assembly.goOn(input, to - start, content);
        if (input.position() < to) {
            // A piece: the bytes taken from the input are content, and more content follows.
            afterCarriageReturn = input.position() == start && before;
        }
        return frame;
    }
}
