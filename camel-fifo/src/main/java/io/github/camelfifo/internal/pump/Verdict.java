package io.github.camelfifo.internal.pump;

/** The result of a message. A {@link FrameHandler} gives it, and {@link FramePump} acts on it. */
public enum Verdict {
    /** It is done and may leave the pipe. */
    DONE,
    /** It has failed: deliver it again after the retry delay. */
    AGAIN,
    /** It was not processed at all: deliver it again soon. */
    REFUSED,
    /** Nobody asks for a message now: keep it until somebody asks. */
    UNWANTED,
    /** A stop ended its processing: leave it in the pipe. */
    CUT_SHORT
}
