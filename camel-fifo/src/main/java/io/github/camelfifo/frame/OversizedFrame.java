package io.github.camelfifo.frame;

/** What happens to a frame longer than {@code maxFrameLength}: an option that {@link AssemblingDecoder} reads. */
public enum OversizedFrame {

    /** One {@link FrameTooLongException}; the frame is skipped to its end. */
    FAIL,

    /** The frame's first {@code maxFrameLength} bytes, once its end has come, marked with its full length. */
    TRUNCATE,

    /** Pieces of {@code maxFrameLength} bytes as they come, each marked with its index, and the last one as last. */
    SPLIT
}
