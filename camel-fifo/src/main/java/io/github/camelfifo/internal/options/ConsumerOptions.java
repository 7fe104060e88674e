package io.github.camelfifo.internal.options;

import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * The part of {@link EndpointOptions} that only readers of messages need.
 *
 * @param looks whether bytes leave the pipe only when their exchange is done: {@code acknowledge=ON_COMPLETION}
 * @param maxBatchSize the most frames of a message, 1 or more
 * @param retries whether to route a failed message again: {@code onFailure=RETRY}
 * @param retryDelayMillis how long to wait before that
 * @param stopOnEof whether the route stops when the last writer has closed
 * @param holdOpen whether the FIFO stays open while no consumer reads it
 * @param exclusive whether other consumers on this machine stand by
 * @param lockFile absolute, or null for the default
 * @param names which file names in the folder are read; null when the path is a FIFO
 */
public record ConsumerOptions(
        boolean looks,
        int maxBatchSize,
        boolean retries,
        long retryDelayMillis,
        boolean stopOnEof,
        boolean holdOpen,
        boolean exclusive,
        Path lockFile,
        Predicate<String> names) {

    /** A reply is one message and is never retried. */
    static final ConsumerOptions OF_REPLIES = new ConsumerOptions(false, 1, false, 0, false, false, false, null, null);
}
