package io.github.camelfifo.pipe;

/** What becomes of a message when nobody has the FIFO open for reading. */
public enum NoReader {
    /** It waits for a reader for some time, then fails with {@link NoReaderException}. */
    WAIT,
    /** It fails at once with {@link NoReaderException}. */
    FAIL,
    /** It is thrown away. */
    DISCARD
}
