package io.github.camelfifo.frame;

/** What happens to a message that has the delimiter before its end: an option of producers. */
public enum EmbeddedDelimiter {

    /** It is written unchanged; the reader gets several frames. */
    PASS,

    /** It is refused by an {@link EmbeddedDelimiterException} before a byte is written. */
    FAIL
}
