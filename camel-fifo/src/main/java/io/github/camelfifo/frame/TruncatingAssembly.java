package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * {@link OversizedFrame#TRUNCATE}. Holds the first {@code maxFrameLength} bytes until the frame ends; drops and counts
 * the others. Made by {@link AssemblingDecoder}.
 */
final class TruncatingAssembly extends FrameAssembly {

    /** How many bytes of the frame in work came after the bytes held. */
    private long dropped;

    TruncatingAssembly(FrameSettings settings, BodyDecoder body, int endLength) {
        super(settings, body, endLength);
    }

    @Override
    long taken() {
        return super.taken() + dropped;
    }

    @Override
    long gone() {
        return dropped;
    }

    @Override
    Frame goOn(ByteBuffer input, int count, long sureLength) {
        if (sureLength <= maxFrameLength) {
            held.append(input, count);
            return null;
        }
        long taken = taken() + count;
        int next = input.position() + count;
        holdHead(input, taken);
        dropped = taken - held.length();
        input.position(next);
        return null;
    }

    @Override
    Frame end(ByteBuffer input, long length, int next) {
        if (length <= maxFrameLength) {
            return whole(input, (int) length, next);
        }
        holdHead(input, length);
        input.position(next);
        return head(length, false);
    }

    @Override
    Frame finish(boolean incomplete) {
        return dropped > 0 ? head(taken(), incomplete) : rest(incomplete);
    }

    @Override
    void discard() {
        dropped = 0;
        super.discard();
    }

    /** Holds the frame's first {@code length} bytes, up to {@code maxFrameLength}. */
    private void holdHead(ByteBuffer input, long length) {
        held.appendUpTo((int) Math.min(length, maxFrameLength), input);
    }

    private Frame head(long length, boolean incomplete) {
        dropped = 0;
        int headLength = held.length();
        return new Frame(body.decodeHead(held.release(), headLength), FrameMark.truncated(length, incomplete));
    }
}
