package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application where others make the pipes: a pipe that is gone is seen from outside. */
@DirtiesContext
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LostPipeTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private static Path pipes;

    @Value("${local.server.port}")
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void makePipes(DynamicPropertyRegistry registry) throws Exception {
        Programs.mkfifo(pipes.resolve("orders"));
        Programs.mkfifo(pipes.resolve("invoices"));
        registry.add("pipes", pipes::toString);
        registry.add("camel.component.fifo.auto-create", () -> false);
    }

    private void awaitHealth(int httpStatus, String status) {
        await().atMost(LIMIT).untilAsserted(() -> {
            HttpResponse<String> health = health();
            assertThat(health.statusCode()).as(health.body()).isEqualTo(httpStatus);
            assertThat(JsonPath.<String>read(health.body(), "$.components.camelHealth.status"))
                    .isEqualTo(status);
        });
    }

    private HttpResponse<String> health() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + "/actuator/health");
        return client.send(HttpRequest.newBuilder(address).timeout(LIMIT).build(), BodyHandlers.ofString());
    }

    @Test
    void aPipeThatIsGoneIsDownWithItsReasonAndUpAgainWhenItIsBack() throws Exception {
        awaitHealth(200, "UP");
        Path orders = pipes.resolve("orders");

        Files.delete(orders);
        awaitHealth(503, "DOWN");
        assertThat(JsonPath.<String>read(
                        health().body(), "$.components.camelHealth.details['consumer:invoices.data'].reason"))
                .isEqualTo("Named pipe does not exist: " + orders);

        Programs.mkfifo(orders);
        awaitHealth(200, "UP");
        try (ChildProcess shell = ChildProcess.start(
                List.of(
                        "sh",
                        "-c",
                        "echo 'order 2: 4 x 10' > \"$1/orders\"; head -n 1 \"$1/invoices\"",
                        "sh",
                        pipes.toString()),
                line -> {})) {
            assertThat(shell.lastLine()).isEqualTo("invoice 2: 40");
        }
    }
}
