package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * {@link Framing#CHUNKS} as bytes: a read is one frame, or several if it is longer than {@code chunkSize}. Holds no
 * bytes, so that no frame is ever unfinished, too long or malformed. Made by {@link Framing}.
 */
final class ChunkDecoder implements FrameDecoder {

    private final int chunkSize;

    ChunkDecoder(FrameSettings settings) {
        chunkSize = settings.chunkSize();
    }

    @Override
    public Frame decode(ByteBuffer input) {
        if (!input.hasRemaining()) {
            return null;
        }
        byte[] chunk = new byte[Math.min(input.remaining(), chunkSize)];
        input.get(chunk);
        return new Frame(chunk);
    }

    @Override
    public Frame finish() {
        return null;
    }

    @Override
    public void discard() {
        // Holds nothing.
    }

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public byte[] pending() {
        return new byte[0];
    }
}
