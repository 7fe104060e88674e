package io.github.camelfifo.pipe;

/** What happens to a message when no process has the FIFO open for reading: part of {@link WritePolicy}. */
public enum NoReader {
    /** It waits for a reader for some time, then fails with {@link NoReaderException}. */
    WAIT,
    /** It fails at once with {@link NoReaderException}. */
    FAIL,
    /** It is thrown away. */
    DISCARD
}
