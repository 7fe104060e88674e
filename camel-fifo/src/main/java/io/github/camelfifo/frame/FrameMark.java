package io.github.camelfifo.frame;

/**
 * Says what is unusual about a frame. Decoders make it, and the consumer turns it into headers.
 *
 * @param incomplete whether the stream ended before the frame did; only {@link FrameDecoder#finish()} gives such frames
 * @param truncated the full length of the frame if the body is only its head, in bytes without the delimiter, as far as
 *     they have come; 0 when nothing was cut off
 * @param fragment which piece of a split frame this is, counted from 0; {@link #NO_FRAGMENT} when it is no piece
 * @param lastFragment whether this piece is the last one of its frame
 */
public record FrameMark(boolean incomplete, long truncated, long fragment, boolean lastFragment) {

    /** The {@link #fragment()} of a frame that is whole. */
    public static final long NO_FRAGMENT = -1;

    /** Of an ordinary frame. */
    public static final FrameMark NONE = new FrameMark(false, 0, NO_FRAGMENT, false);

    /** Of an unended last frame. */
    public static final FrameMark INCOMPLETE = new FrameMark(true, 0, NO_FRAGMENT, false);

    static FrameMark ending(boolean incomplete) {
        return incomplete ? INCOMPLETE : NONE;
    }

    static FrameMark truncated(long fullLength, boolean incomplete) {
        return new FrameMark(incomplete, fullLength, NO_FRAGMENT, false);
    }

    static FrameMark fragment(long index) {
        return new FrameMark(false, 0, index, false);
    }

    static FrameMark lastFragment(long index, boolean incomplete) {
        return new FrameMark(incomplete, 0, index, true);
    }
}
