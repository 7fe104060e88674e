package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** Turns bytes into bodies, whole or in pieces. {@link FrameAssembly} calls it. Confined to the decoder's owner. */
interface BodyDecoder {

    /** The body of {@code length} bytes of the buffer from {@code index} on; ignores its position. */
    Object decode(ByteBuffer buffer, int index, int length);

    /** The body of the first {@code length} bytes of an array that nobody else will use. */
    Object decode(byte[] bytes, int length);

    /** The body of the first {@code length} bytes, or a few less if that would cut a character. */
    Object decodeHead(byte[] bytes, int length);

    /**
     * The body of a piece that is not the last one of its frame: of the first {@code length} bytes held, or a few less
     * if that would cut a character. Takes these bytes out of {@code held}.
     *
     * @return null when not even one character fits into {@code length} bytes
     */
    Object takePiece(UnfinishedFrame held, int length);

    /** The body of the last piece of a frame: of all bytes held. */
    Object takeLastPiece(UnfinishedFrame held);

    /** Forgets the pieces of a frame that has no last piece. */
    default void discardPieces() {}

    /** How many bodies so far had malformed input replaced. */
    default long malformed() {
        return 0;
    }
}
