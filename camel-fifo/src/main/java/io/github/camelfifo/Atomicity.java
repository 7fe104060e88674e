package io.github.camelfifo;

/** How frames are kept from mixing with those of other processes. Up to PIPE_BUF (4096 bytes) they never do. */
public enum Atomicity {
    /** Larger frames are written in pieces, and those of other processes can get in between. */
    BEST_EFFORT,
    /** Every frame is written under flock(2) on the FIFO; frames of writers that do the same never mix. */
    LOCK,
    /** Larger frames are refused. */
    STRICT
}
