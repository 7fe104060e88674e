package io.github.camelfifo.pipe;

/** Why the message at the head of a writer's queue cannot go on. */
enum Blocked {
    NO,
    /** The pipe is full. */
    NO_ROOM,
    /** Nobody has it open for reading. */
    NO_READER,
    /** Another process has locked it. */
    LOCKED,
    /** All is written, and the reader has not read all. */
    UNREAD,
    /** The reader of the last session has not closed its end yet. */
    LAST_READER_STAYS
}
