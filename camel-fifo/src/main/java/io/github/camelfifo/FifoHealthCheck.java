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
    private final Supplier<String> standing;

    /**
     * The check of one consumer.
     *
     * @param path of the FIFO
     * @param reason gives why the FIFO is missing; null when it is there
     * @param standing says whether an exclusive consumer reads or stands by; gives null for others
     */
    FifoHealthCheck(String path, Supplier<String> reason, Supplier<String> standing) {
        super("camel", "fifo:" + path);
        this.path = path;
        this.reason = reason;
        this.standing = standing;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("path", path);
        String exclusive = standing.get();
        if (exclusive != null) {
            builder.detail("exclusive", exclusive);
        }
        String down = reason.get();
        if (down == null) {
            builder.up();
        } else {
            // Spring Boot's Actuator shows only details, no message
            builder.message(down).detail("reason", down).down();
        }
    }
}
