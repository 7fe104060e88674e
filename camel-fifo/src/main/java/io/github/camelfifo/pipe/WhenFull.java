package io.github.camelfifo.pipe;

/** What happens to a message when the pipe has no room for its first byte: part of {@link WritePolicy}. */
public enum WhenFull {
    /** It waits for room for some time, then fails with {@link PipeFullException}. */
    WAIT,
    /** It fails at once with {@link PipeFullException}. */
    FAIL,
    /** It is thrown away. */
    DISCARD
}
