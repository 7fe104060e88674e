package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * Puts one frame after the other together out of the bytes that a framing has found to belong to it, and holds it to
 * {@code maxFrameLength}: each subclass is what {@link OversizedFrame} can be.
 *
 * <p>Bytes that may turn out to be the beginning of the frame's end are taken like any others. Once they have, the
 * frame is shorter than what was taken of it; as long as nobody knows, they do not make it too long. Confined to the
 * decoder's owner.
 */
abstract class FrameAssembly {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    final String source;
    final int maxFrameLength;
    final BodyDecoder body;
    final UnfinishedFrame held;
    private final boolean skipEmptyFrames;

    FrameAssembly(FrameSettings settings, BodyDecoder body, int endLength) {
        this.source = settings.source();
        this.maxFrameLength = settings.maxFrameLength();
        this.body = body;
        this.held = new UnfinishedFrame(
                (int) Math.min((long) maxFrameLength + Math.max(0, endLength - 1), FrameSettings.MAX_FRAME_LENGTH));
        this.skipEmptyFrames = settings.skipEmptyFrames();
    }

    /** How much has been taken of the frame in work, in bytes; of a split one, since the last piece. */
    long taken() {
        return held.length();
    }

    /** Whether anything was taken of a frame that has not ended. */
    boolean isBegun() {
        return held.length() > 0;
    }

    /**
     * Up to which index of the input to look for the frame's end. Beyond, it cannot change what is to be done now.
     *
     * @param endLength the longest end of a frame, in bytes
     */
    int horizon(ByteBuffer input, int endLength) {
        return input.limit();
    }

    /**
     * Takes bytes of a frame that has not ended; all of them, unless a piece comes of the first few.
     *
     * @param count how many, from the input's position on
     * @param sureLength how long the frame is at least, counted as {@link #taken()} does and without what may be the
     *     beginning of its end; more than what has come where the framing knows it beforehand
     * @return a piece, or null
     */
    abstract Frame goOn(ByteBuffer input, int count, long sureLength) throws FrameTooLongException;

    /**
     * Ends the frame, unless a piece has to go first.
     *
     * @param length of the whole frame, counted as {@link #taken()} does
     * @param next the index in the input at which the next frame starts; the position is there when the frame has ended
     * @return the frame; or a piece; or null for one that is left out
     */
    abstract Frame end(ByteBuffer input, long length, int next) throws FrameTooLongException;

    /**
     * Ends the frame at the end of the stream.
     *
     * @return null if none was begun, or one that has been reported already
     */
    abstract Frame finish(boolean incomplete);

    /** Forgets the frame in work. */
    void discard() {
        held.release();
        body.discardPieces();
    }

    /** The frame of {@code length} bytes out of what is held and the input. */
    final Frame whole(ByteBuffer input, int length, int next) {
        if (length == 0 && skipEmptyFrames) {
            input.position(next);
            held.release();
            return null;
        }
        return new Frame(held.length() == 0 ? inPlace(input, length, next) : joined(input, length, next));
    }

    /** What is held, as the last frame of a stream. */
    final Frame rest(boolean incomplete) {
        int length = held.length();
        return length == 0 ? null : new Frame(body.decode(held.release(), length), FrameMark.ending(incomplete));
    }

    /** A frame of which nothing came but that it begins. */
    final Frame incompleteWithoutContent() {
        return new Frame(body.decode(NOTHING, 0, 0), FrameMark.INCOMPLETE);
    }

    private Object inPlace(ByteBuffer input, int length, int next) {
        int start = input.position();
        input.position(next);
        return body.decode(input, start, length);
    }

    private Object joined(ByteBuffer input, int length, int next) {
        held.appendUpTo(length, input);
        input.position(next);
        return body.decode(held.release(), length);
    }
}
