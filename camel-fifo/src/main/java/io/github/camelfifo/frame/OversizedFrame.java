package io.github.camelfifo.frame;

/** What becomes of a frame that is longer than {@code maxFrameLength}: an option, read by {@link AssemblingDecoder}. */
public enum OversizedFrame {

    /** A {@link FrameTooLongException} once; the frame is skipped to its end. */
    FAIL,

    /** The frame's first {@code maxFrameLength} bytes, once its end has come, marked with its full length. */
    TRUNCATE,

    /**
     * Pieces of {@code maxFrameLength} bytes as they come, each marked with its index, and the last one as the last.
     */
    SPLIT
}
