package io.github.camelfifo;

import io.github.camelfifo.internal.pump.Consumed;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Shows a consumer's health, which Camel asks for: down while the consumer waits for a FIFO at its path that it can
 * read, or lacks descriptors for a part of its folder. A FIFO without a writer is healthy.
 */
final class FifoHealthCheck extends AbstractHealthCheck {

    private final String path;
    private final Supplier<Consumed> consumed;

    /**
     * The check of one consumer.
     *
     * @param path of the FIFO or folder
     * @param consumed gives what the consumer reads; null when it is stopped
     */
    FifoHealthCheck(String path, Supplier<Consumed> consumed) {
        super("camel", "fifo:" + path);
        this.path = path;
        this.consumed = consumed;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("path", path);
        Consumed current = consumed.get();
        String down = null;
        if (current != null) {
            current.details().forEach(builder::detail);
            down = current.whyLost() == null ? current.whyIncomplete() : current.whyLost();
        }
        if (down == null) {
            builder.up();
        } else {
            // Spring Boot's Actuator shows only details, no message
            builder.message(down).detail("reason", down).down();
        }
    }
}
