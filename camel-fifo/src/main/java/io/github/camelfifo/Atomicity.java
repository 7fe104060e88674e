package io.github.camelfifo;

/** How producers keep large frames apart from other processes' frames. Frames up to PIPE_BUF (4096 bytes) never mix. */
public enum Atomicity {
    /** Larger frames are written in pieces, and can mix with those of other processes. */
    BEST_EFFORT,
    /** Every frame is written under flock(2) on the FIFO. It never mixes with those of writers that lock too. */
    LOCK,
    /** Larger frames are refused. */
    STRICT
}
