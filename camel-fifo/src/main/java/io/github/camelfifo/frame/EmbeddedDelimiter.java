package io.github.camelfifo.frame;

/** What becomes of a message to be written that holds the delimiter before its end: an option of producers. */
public enum EmbeddedDelimiter {

    /** It is written as it is; to the reader it is several frames. */
    PASS,

    /** It is refused by an {@link EmbeddedDelimiterException} before a byte is written. */
    FAIL
}
