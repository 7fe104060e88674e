package io.github.camelfifo.pipe;

/** Why the message at the head of a writer's queue cannot go on; {@link PipeOutlet} says it. */
enum Blocked {
    NO,
    /** The pipe is full. */
    NO_ROOM,
    /** Nobody has the FIFO open for reading. */
    NO_READER,
    /** Another process has locked the FIFO. */
    LOCKED,
    /** All bytes are written, and some are still unread. */
    UNREAD,
    /** The reader of the last session has not closed its end yet. */
    LAST_READER_STAYS
}
