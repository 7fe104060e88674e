package io.github.camelfifo.internal.options;

/**
 * The part of {@link EndpointOptions} that only readers of messages need.
 *
 * @param looks whether bytes leave the pipe only when their exchange is done: {@code acknowledge=ON_COMPLETION}
 * @param maxBatchSize the most frames of a message, 1 or more
 * @param retries whether to route a failed message again: {@code onFailure=RETRY}
 * @param retryDelayMillis how long to wait before that
 * @param stopOnEof whether the route stops when the last writer has closed
 */
public record ConsumerOptions(
        boolean looks, int maxBatchSize, boolean retries, long retryDelayMillis, boolean stopOnEof) {

    /** A reply is one message and is never retried. */
    static final ConsumerOptions OF_REPLIES = new ConsumerOptions(false, 1, false, 0, false);
}
