package io.github.camelfifo;

/**
 * What a consumer does with a message whose exchange ends with an unhandled exception or is marked for rollback, with
 * {@link Acknowledge#ON_COMPLETION}.
 */
public enum OnFailure {
    /** The message is done in any case: Camel's error handling has seen it. */
    SKIP,
    /** The message stays in the pipe and is routed again. */
    RETRY
}
