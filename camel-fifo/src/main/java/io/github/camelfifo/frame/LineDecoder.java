package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.LineCharset.CARRIAGE_RETURN;
import static io.github.camelfifo.frame.LineCharset.LINE_FEED;

import java.nio.ByteBuffer;

/**
 * {@link Framing#LINES}: {@code \n} or {@code \r\n} ends a frame and is not part of it; a {@code \r} anywhere else is.
 *
 * <p>A line that lies whole in the input becomes a String straight from there; only what spans two reads is copied.
 * {@code maxFrameLength} is that of a line without its end. One byte more is held while that byte is a {@code \r}, for
 * a {@code \n} may follow. If none does because the stream ends, the {@code \r} is content like any other, and the
 * incomplete frame is by that one byte longer than {@code maxFrameLength}: better than to lose or change a byte.
 *
 * <p>Three states: between lines, in mid-line (bytes are held) and {@code skipping} (the line was too long and has been
 * reported; its bytes are dropped up to its {@code \n}).
 */
final class LineDecoder implements FrameDecoder {

    private final String source;
    private final int maxFrameLength;
    private final TextDecoder text;
    private final UnfinishedFrame held;
    private boolean skipping;

    LineDecoder(FrameSettings settings) {
        LineCharset.require(settings.charset());
        source = settings.source();
        maxFrameLength = settings.maxFrameLength();
        text = new TextDecoder(settings.charset());
        held = new UnfinishedFrame(maxFrameLength + 1);
    }

    @Override
    public Frame decode(ByteBuffer input) throws FrameTooLongException {
        int lineFeed = ByteScan.indexOf(input, LINE_FEED);
        if (skipping && lineFeed >= 0) {
            input.position(lineFeed + 1);
            skipping = false;
            lineFeed = ByteScan.indexOf(input, LINE_FEED);
        }
        if (lineFeed >= 0) {
            return new Frame(endLine(input, lineFeed), false);
        }
        if (skipping) {
            input.position(input.limit());
        } else {
            hold(input);
        }
        return null;
    }

    @Override
    public Frame finish() {
        skipping = false;
        int length = held.length();
        return length == 0 ? null : new Frame(text.decode(held.release(), 0, length), true);
    }

    @Override
    public int bytesWanted() {
        return skipping || held.length() > 0 ? 1 : 0;
    }

    @Override
    public int pendingBytes() {
        return held.length();
    }

    @Override
    public long malformedFrames() {
        return text.malformed();
    }

    /** The size of the array behind {@link #pendingBytes()}: 0 between frames, never above maxFrameLength + 1. */
    int capacity() {
        return held.capacity();
    }

    private String endLine(ByteBuffer input, int lineFeed) throws FrameTooLongException {
        long length = (long) held.length() + lineFeed - input.position();
        if (endsWithCarriageReturn(input, lineFeed)) {
            length--;
        }
        if (length > maxFrameLength) {
            throw refuse(input, length, lineFeed + 1);
        }
        return held.length() == 0
                ? inPlace(input, (int) length, lineFeed + 1)
                : joined(input, (int) length, lineFeed + 1);
    }

    private String inPlace(ByteBuffer input, int length, int next) {
        int start = input.position();
        input.position(next);
        return text.decode(input, start, length);
    }

    private String joined(ByteBuffer input, int length, int next) {
        // Nothing to append when \n is the first byte; if \r was the last one held, length leaves it out.
        held.append(input, Math.max(0, length - held.length()));
        input.position(next);
        return text.decode(held.release(), 0, length);
    }

    /** Keeps the whole input, unless it already makes the line too long. */
    private void hold(ByteBuffer input) throws FrameTooLongException {
        long length = (long) held.length() + input.remaining();
        boolean mayBeEnding = length == maxFrameLength + 1L && endsWithCarriageReturn(input, input.limit());
        if (length > maxFrameLength && !mayBeEnding) {
            skipping = true;
            throw refuse(input, length, input.limit());
        }
        held.append(input, input.remaining());
    }

    /**
     * Whether the last byte of the line before index {@code end} of the input is a {@code \r}, be it held or in the
     * input.
     */
    private boolean endsWithCarriageReturn(ByteBuffer input, int end) {
        if (end > input.position()) {
            return input.get(end - 1) == CARRIAGE_RETURN;
        }
        return held.length() > 0 && held.get(held.length() - 1) == CARRIAGE_RETURN;
    }

    /** Drops what there is of the line, goes on at index {@code next} of the input, and says what was dropped. */
    private FrameTooLongException refuse(ByteBuffer input, long length, int next) {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(length, FrameTooLongException.HEAD_LENGTH));
        int fromHeld = Math.min(held.length(), head.capacity());
        head.put(held.release(), 0, fromHeld);
        input.get(input.position(), head.array(), fromHeld, head.capacity() - fromHeld);
        input.position(next);
        return new FrameTooLongException(source, length, maxFrameLength, head.array());
    }
}
