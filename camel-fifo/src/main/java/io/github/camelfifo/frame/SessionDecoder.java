package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** {@link Framing#SESSION} in memory: all bytes until the stream ends are one frame. Made by {@link Framing}. */
final class SessionDecoder extends AssemblingDecoder {

    SessionDecoder(FrameSettings settings) {
        super(settings, false, 0);
    }

    @Override
    public Frame decode(ByteBuffer input) throws FrameTooLongException {
        Frame frame = null;
        while (frame == null && input.hasRemaining()) {
            frame = assembly.goOn(input, input.remaining(), assembly.taken() + input.remaining());
        }
        return frame;
    }

    @Override
    public Frame finish() {
        return assembly.finish(false);
    }
}
