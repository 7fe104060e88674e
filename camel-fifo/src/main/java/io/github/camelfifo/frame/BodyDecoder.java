package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** Turns bytes into bodies, whole or in pieces. {@link FrameAssembly} calls it. Confined to the decoder's owner. */
interface BodyDecoder {

    /** The body of {@code length} bytes of the buffer from {@code index} on; ignores its position. */
    Object decode(ByteBuffer buffer, int index, int length);

    /** The body of the first {@code length} bytes of an array that nobody else will use. */
    Object decode(byte[] bytes, int length);

    /** The body of the first {@code length} bytes, or a few less where that would cut a character. */
    Object decodeHead(byte[] bytes, int length);

    /**
     * The body of a piece that other content of the same frame follows: of the first {@code length} bytes held, or a
     * few less where that would cut a character. Takes from {@code held} what went into it.
     *
     * @return null when not even one character fits into {@code length} bytes
     */
    Object takePiece(UnfinishedFrame held, int length);

    /** The body of the last piece of a frame: of all that is held. */
    Object takeLastPiece(UnfinishedFrame held);

    /** Forgets pieces that no last one will follow. */
    default void discardPieces() {}

    /** Bodies so far in which malformed input was replaced. */
    default long malformed() {
        return 0;
    }
}
