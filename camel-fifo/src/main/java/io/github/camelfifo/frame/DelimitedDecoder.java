package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * {@link Framing#DELIMITED}: the first delimiter ends a frame and is not part of it. Bytes that may begin a delimiter
 * are held with the frame, so that a delimiter can span any number of reads; when the stream ends, they are content.
 * Made by {@link Framing}.
 */
final class DelimitedDecoder extends AssemblingDecoder {

    private final int delimiterLength;
    private final DelimiterSearch search;

    DelimitedDecoder(FrameSettings settings, byte[] delimiter) {
        super(settings, true, delimiter.length);
        delimiterLength = delimiter.length;
        search = new DelimiterSearch(delimiter);
    }

    @Override
    public Frame decode(ByteBuffer input) throws FrameTooLongException {
        Frame frame = null;
        while (frame == null && input.hasRemaining()) {
            frame = decode(input, input.position(), assembly.horizon(input, delimiterLength));
        }
        return frame;
    }

    @Override
    public Frame finish() {
        search.resume(0);
        return super.finish();
    }

    @Override
    public void discard() {
        search.resume(0);
        super.discard();
    }

    @Override
    public int bytesWanted() {
        return assembly.isBegun() ? delimiterLength - search.matched() : 0;
    }

    private Frame decode(ByteBuffer input, int start, int horizon) throws FrameTooLongException {
        int matchedBefore = search.matched();
        int after = search.indexAfter(input, start, horizon);
        int next = after >= 0 ? after : horizon;
        long content = assembly.taken() + next - start - (after >= 0 ? delimiterLength : search.matched());
        Frame frame = after >= 0 ? assembly.end(input, content, next) : assembly.goOn(input, next - start, content);
        if (input.position() < next) {
            // A piece: the bytes taken from the input are content, and no delimiter begins in them.
            search.resume(input.position() == start ? matchedBefore : 0);
        }
        return frame;
    }
}
