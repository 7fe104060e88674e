package io.github.camelfifo;

import io.github.camelfifo.pipe.NamedPipe;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Shows the health of an endpoint's producers, which Camel asks for: down while their next message could not open the
 * FIFO, or the one for replies. It looks at the paths when it is asked, opens nothing, and costs no message anything. A
 * FIFO without a reader is healthy.
 */
final class FifoProducerHealthCheck extends AbstractHealthCheck {

    private final String uri;
    private final NamedPipe pipe;
    private final boolean holdsOpen;
    /** Null without {@code replyTo}. */
    private final NamedPipe replies;

    /**
     * The check of the producers of one endpoint.
     *
     * @param id different for each endpoint of a context: Camel shows one check for each
     * @param uri of the endpoint
     * @param pipe that they write into
     * @param holdsOpen whether they keep a reading end of it open too
     * @param replies that they read from; null for none
     */
    FifoProducerHealthCheck(String id, String uri, NamedPipe pipe, boolean holdsOpen, NamedPipe replies) {
        super("camel", id);
        this.uri = uri;
        this.pipe = pipe;
        this.holdsOpen = holdsOpen;
        this.replies = replies;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail(ENDPOINT_URI, uri).detail("path", pipe.path());
        if (replies != null) {
            builder.detail("replyTo", replies.path());
        }
        try {
            pipe.checkWritable();
            if (holdsOpen) {
                pipe.checkReadable();
            }
            if (replies != null) {
                replies.checkReadable();
            }
            builder.up();
        } catch (IOException e) {
            // Spring Boot's Actuator shows only details, no message
            builder.message(e.getMessage()).detail("reason", e.getMessage()).down();
        }
    }
}
