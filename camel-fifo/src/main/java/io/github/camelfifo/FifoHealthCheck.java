package io.github.camelfifo;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * A consumer's health: down while there is no FIFO at its path that it could read, and one is awaited. A FIFO without a
 * writer is healthy.
 */
final class FifoHealthCheck extends AbstractHealthCheck {

    private final String path;
    private final Supplier<String> reason;

    /**
     * The check of one consumer.
     *
     * @param path of the FIFO
     * @param reason why there is none; null when there is one
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
            // Spring Boot's Actuator shows no message, only details
            builder.message(down).detail("reason", down).down();
        }
    }
}
