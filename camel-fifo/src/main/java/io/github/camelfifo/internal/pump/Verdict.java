package io.github.camelfifo.internal.pump;

/** What became of a message. A {@link FrameHandler} gives it, and {@link FramePump} acts on it. */
public enum Verdict {
    /** It has been dealt with, and may leave the pipe. */
    DONE,
    /** It has failed: deliver it again after the retry delay. */
    AGAIN,
    /** It was not processed at all: deliver it again soon. */
    REFUSED,
    /** Nobody asks for a message now: keep it until somebody does. */
    UNWANTED,
    /** A stop ended its processing: it stays in the pipe. */
    CUT_SHORT
}
