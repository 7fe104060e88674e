package io.github.camelfifo;

/**
 * What becomes of a message whose exchange ends with an unhandled exception or marked for rollback, with
 * {@link Acknowledge#ON_COMPLETION}.
 */
public enum OnFailure {
    /** It is done all the same: Camel's error handling has had it. */
    SKIP,
    /** It stays in the pipe and is routed again. */
    RETRY
}
