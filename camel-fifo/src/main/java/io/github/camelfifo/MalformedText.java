package io.github.camelfifo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the frames of one consumer in which malformed text was replaced, and warns of them once a session. Confined to the
 * owner of the consumer's pump.
 */
final class MalformedText {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);

    private final FifoEndpoint endpoint;
    private long sessionWarnedOf;

    MalformedText(FifoEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** After each message. */
    void note(Frames frames) {
        long fresh = frames.malformedFrames();
        if (fresh == 0) {
            return;
        }
        endpoint.countMalformed(fresh);
        if (sessionWarnedOf != frames.session()) {
            sessionWarnedOf = frames.session();
            LOG.warn(
                    "{} has bytes that are no {} text; they become U+FFFD",
                    endpoint.getAbsolutePath(),
                    endpoint.options().frames().charset());
        }
    }
}
