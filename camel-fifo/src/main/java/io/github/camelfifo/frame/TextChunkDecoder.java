package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * {@link Framing#CHUNKS} as text: if the end of a read or chunk cuts a character, the character's first bytes are held
 * for the next chunk. All chunks until the stream ends are one text. Made by {@link Framing}.
 */
final class TextChunkDecoder implements FrameDecoder {

    private static final byte[] NONE = {};

    private final int chunkSize;
    private final TextPieces text;

    /** The beginning of a character. */
    private byte[] held = NONE;

    private boolean textIsBegun;
    private long malformed;

    TextChunkDecoder(FrameSettings settings) {
        chunkSize = settings.chunkSize();
        text = new TextPieces(settings.charset());
    }

    @Override
    public Frame decode(ByteBuffer input) {
        Frame frame = null;
        while (frame == null && input.hasRemaining()) {
            ByteBuffer chunk = nextChunk(input);
            frame = frame(text.decode(chunk));
            held = rest(chunk);
            textIsBegun = true;
        }
        return frame;
    }

    @Override
    public Frame finish() {
        if (!textIsBegun) {
            return null;
        }
        ByteBuffer rest = ByteBuffer.wrap(held);
        held = NONE;
        textIsBegun = false;
        return frame(text.decodeLast(rest));
    }

    @Override
    public void discard() {
        held = NONE;
        textIsBegun = false;
        text.discard();
    }

    @Override
    public int bytesWanted() {
        return isMidFrame() ? 1 : 0;
    }

    @Override
    public long pendingBytes() {
        return held.length;
    }

    @Override
    public byte[] pending() {
        return held.clone();
    }

    @Override
    public long malformedFrames() {
        return malformed;
    }

    /** The bytes held, and bytes of the input to fill a chunk, at least one. */
    private ByteBuffer nextChunk(ByteBuffer input) {
        int count = Math.min(input.remaining(), Math.max(1, chunkSize - held.length));
        byte[] chunk = Arrays.copyOf(held, held.length + count);
        input.get(chunk, held.length, count);
        return ByteBuffer.wrap(chunk);
    }

    private static byte[] rest(ByteBuffer chunk) {
        if (!chunk.hasRemaining()) {
            return NONE;
        }
        byte[] rest = new byte[chunk.remaining()];
        chunk.get(rest);
        return rest;
    }

    private Frame frame(String body) {
        if (text.isMalformed()) {
            malformed++;
        }
        return body.isEmpty() ? null : new Frame(body);
    }
}
