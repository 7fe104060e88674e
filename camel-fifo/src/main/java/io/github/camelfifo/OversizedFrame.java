package io.github.camelfifo;

/** What becomes of a frame that is longer than {@code maxFrameLength}. */
public enum OversizedFrame {
    /** The exception handler gets a {@link io.github.camelfifo.frame.FrameTooLongException}; the frame is skipped. */
    FAIL
}
