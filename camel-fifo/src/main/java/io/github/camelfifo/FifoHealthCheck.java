package io.github.camelfifo;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Shows a consumer's health, which Camel asks for: down while the consumer waits for a FIFO at its path that it can
 * read. A FIFO without a writer is healthy.
 */
final class FifoHealthCheck extends AbstractHealthCheck {

    private final String path;
    private final Supplier<String> reason;

    /**
     * The check of one consumer.
     *
     * @param path of the FIFO
     * @param reason gives why the FIFO is missing; null when it is there
     */
    FifoHealthCheck(String path, Supplier<String> reason) {
        super("camel", "fifo:" + path);
        this.path = path;
        this.reason = reason;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("path", path);
        String down = reason.get();
        if (down == null) {
            builder.up();
        } else {
            // Spring Boot's Actuator shows only details, no message
            builder.message(down).detail("reason", down).down();
        }
    }
}
