package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * {@link OversizedFrame#FAIL}. Reports a frame that is too long once, as soon as that is sure, and drops its rest. Made
 * by {@link AssemblingDecoder}.
 */
final class RefusingAssembly extends FrameAssembly {

    /** Whether the frame in work has been reported. */
    private boolean skipping;

    /** How many bytes of that frame were dropped. */
    private long skipped;

    RefusingAssembly(FrameSettings settings, BodyDecoder body, int endLength) {
        super(settings, body, endLength);
    }

    @Override
    long gone() {
        return skipping ? skipped : 0;
    }

    @Override
    boolean isBegun() {
        return skipping || super.isBegun();
    }

    @Override
    Frame goOn(ByteBuffer input, int count, long sureLength) throws FrameTooLongException {
        if (skipping) {
            skipped += count;
            input.position(input.position() + count);
            return null;
        }
        if (sureLength > maxFrameLength) {
            skipping = true;
            skipped = (long) held.length() + count;
            throw refuse(input, sureLength, input.position() + count);
        }
        held.append(input, count);
        return null;
    }

    @Override
    Frame end(ByteBuffer input, long length, int next) throws FrameTooLongException {
        if (skipping) {
            skipping = false;
            input.position(next);
            return null;
        }
        if (length > maxFrameLength) {
            throw refuse(input, length, next);
        }
        return whole(input, (int) length, next);
    }

    @Override
    Frame finish(boolean incomplete) {
        skipping = false;
        return rest(incomplete);
    }

    @Override
    void discard() {
        skipping = false;
        super.discard();
    }

    /** Drops the frame's bytes, goes on at index {@code next} of the input, and gives the report. */
    private FrameTooLongException refuse(ByteBuffer input, long length, int next) {
        long there = Math.min(length, (long) held.length() + next - input.position());
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(there, FrameTooLongException.HEAD_LENGTH));
        int fromHeld = Math.min(held.length(), head.capacity());
        head.put(held.release(), 0, fromHeld);
        input.get(input.position(), head.array(), fromHeld, head.capacity() - fromHeld);
        input.position(next);
        return new FrameTooLongException(source, length, maxFrameLength, head.array());
    }
}
