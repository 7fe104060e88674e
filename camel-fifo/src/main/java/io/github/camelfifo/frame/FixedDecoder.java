package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** {@link Framing#FIXED}: every {@code frameLength} bytes are a frame, never too long. Made by {@link Framing}. */
final class FixedDecoder extends AssemblingDecoder {

    private final int frameLength;

    FixedDecoder(FrameSettings settings) {
        super(settings, false, 0);
        frameLength = settings.frameLength();
    }

    @Override
    public Frame decode(ByteBuffer input) throws FrameTooLongException {
        int missing = missing();
        return input.remaining() >= missing
                ? assembly.end(input, frameLength, input.position() + missing)
                : assembly.goOn(input, input.remaining(), frameLength);
    }

    @Override
    public int bytesWanted() {
        return assembly.isBegun() ? missing() : 0;
    }

    private int missing() {
        return frameLength - (int) assembly.taken();
    }
}
