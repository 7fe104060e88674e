package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.junit.jupiter.api.Test;

/** A consumer without a FIFO says so to whoever asks Camel for its health. */
class HealthTest extends FifoTestSupport {

    @Test
    void itIsDownWhileItsFifoIsAwaited() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes ->
                routes.from(uri(fifo, "autoCreate=false", "checkInterval=20")).to("mock:got"));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);

        Files.delete(fifo);
        Files.writeString(fifo, "no FIFO");
        // until the file is there it is down for another reason
        await().untilAsserted(() -> assertThat(health().getMessage())
                .hasValueSatisfying(message -> assertThat(message).contains("Not a named pipe", fifo.toString())));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getDetails()).containsEntry("path", fifo.toString());

        Files.delete(fifo);
        folder.fifo("in");
        await().untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.UP));
    }

    private HealthCheck.Result health() {
        ConsumersHealthCheckRepository consumers = new ConsumersHealthCheckRepository();
        consumers.setCamelContext(context);
        return consumers.stream().findFirst().orElseThrow().call();
    }
}
