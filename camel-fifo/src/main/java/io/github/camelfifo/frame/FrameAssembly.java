package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * Collects the bytes of frames, one after the other, and applies {@code maxFrameLength}; each {@link OversizedFrame}
 * has a subclass. The subclasses of {@link AssemblingDecoder} find the frames' ends and call it.
 *
 * <p>It also takes bytes that may begin the frame's end. If they do, the frame is shorter than the bytes taken; until
 * that is known, they do not make the frame too long. Confined to the decoder's owner.
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

    /** How many bytes of the frame in work were taken; of a split frame, since the last piece. */
    long taken() {
        return held.length();
    }

    /** How many bytes of the frame in work were delivered in pieces, cut off or skipped. */
    abstract long gone();

    /** Whether a frame has begun and not ended. */
    boolean isBegun() {
        return held.length() > 0;
    }

    /**
     * The index in the input where the search for the frame's end stops, because a later end changes nothing for now.
     *
     * @param endLength the longest end of a frame, in bytes
     */
    int horizon(ByteBuffer input, int endLength) {
        return input.limit();
    }

    /**
     * Takes bytes of a frame that has not ended: all of them, unless the first few make a piece.
     *
     * @param count how many, from the input's position on
     * @param sureLength the least length of the frame, counted as {@link #taken()} does, without bytes that may begin
     *     its end; the whole length if the framing knows it beforehand
     * @return a piece, or null
     */
    abstract Frame goOn(ByteBuffer input, int count, long sureLength) throws FrameTooLongException;

    /**
     * Ends the frame, unless a piece has to go first.
     *
     * @param length of the whole frame, counted as {@link #taken()} does
     * @param next the index in the input at which the next frame starts; the position is there when the frame has ended
     * @return the frame, a piece, or null for a frame that is left out
     */
    abstract Frame end(ByteBuffer input, long length, int next) throws FrameTooLongException;

    /**
     * Ends the frame at the end of the stream.
     *
     * @return null if no frame has begun or it was reported already
     */
    abstract Frame finish(boolean incomplete);

    /** Forgets the frame in work. */
    void discard() {
        held.release();
        body.discardPieces();
    }

    /** The frame of {@code length} bytes: the first bytes are held, the others are in the input. */
    final Frame whole(ByteBuffer input, int length, int next) {
        if (length == 0 && skipEmptyFrames) {
            input.position(next);
            held.release();
            return null;
        }
        return new Frame(held.length() == 0 ? inPlace(input, length, next) : joined(input, length, next));
    }

    /** The bytes held, as the last frame of a stream. */
    final Frame rest(boolean incomplete) {
        int length = held.length();
        return length == 0 ? null : new Frame(body.decode(held.release(), length), FrameMark.ending(incomplete));
    }

    /** A frame that has begun without content. */
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
