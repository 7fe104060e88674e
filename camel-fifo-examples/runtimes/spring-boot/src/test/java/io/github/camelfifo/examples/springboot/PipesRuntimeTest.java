package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application with its pipes, seen by programs at the other ends and by its operators. */
@DirtiesContext
@ExtendWith(Shell.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PipesRuntimeTest {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    @TempDir
    static Path pipes;

    @Value("${local.server.port}")
    int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void makePipes(DynamicPropertyRegistry registry) throws Exception {
        for (String name : new String[] {"in", "out", "jobs"}) {
            Shell.makePipe(pipes.resolve(name));
        }
        registry.add("pipes", pipes::toString);
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI address = URI.create("http://localhost:" + port + path);
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT).build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static Object detail(HttpResponse<String> health, String route, String name) {
        return JsonPath.read(
                health.body(), "$.components.camelHealth.details['consumer:" + route + ".data']['" + name + "']");
    }

    private void assertUp(String path) throws Exception {
        HttpResponse<String> health = get(path);
        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        assertThat(JsonPath.<String>read(health.body(), "$.status")).isEqualTo("UP");
    }

    private void awaitUp() {
        await().atMost(Shell.LIMIT).untilAsserted(() -> assertUp("/actuator/health"));
    }

    @Test
    void aLineInIsALineOut() throws Exception {
        Process reader = Shell.reader(pipes.resolve("out"));
        Shell.write(pipes.resolve("in"), "hello");

        assertThat(Shell.output(reader)).isEqualTo("HELLO\n");
    }

    @Test
    void theActuatorShowsThePipe() throws Exception {
        awaitUp();
        HttpResponse<String> health = get("/actuator/health");

        assertThat(detail(health, "shout", "path"))
                .isEqualTo(pipes.resolve("in").toString());
        assertUp("/actuator/health/readiness");
    }

    @Test
    void aPipeThatIsGoneIsDownUntilItIsBack() throws Exception {
        awaitUp();
        Path in = pipes.resolve("in");
        Files.delete(in);

        await().atMost(Shell.LIMIT).untilAsserted(() -> {
            HttpResponse<String> health = get("/actuator/health");
            assertThat(health.statusCode()).as(health.body()).isEqualTo(503);
            assertThat(JsonPath.<String>read(health.body(), "$.status")).isEqualTo("DOWN");
            assertThat(detail(health, "shout", "reason")).isEqualTo("Named pipe does not exist: " + in);
        });
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);

        Shell.makePipe(in);
        awaitUp();
        Process reader = Shell.reader(pipes.resolve("out"));
        Shell.write(in, "back");
        assertThat(Shell.output(reader)).isEqualTo("BACK\n");
    }

    @Test
    void aStandbyIsUpAndSaysThatItIsOne() throws Exception {
        awaitUp();
        assertThat(detail(get("/actuator/health"), "jobs", "exclusive")).isEqualTo("reading");
        Path jobs = pipes.resolve("jobs");
        Path lock = pipes.resolve("jobs.lock");
        Path other = pipes.resolve("other.lock");
        Files.createFile(other);

        // the shell holds the lock of the file that takes the place of ours
        Process holder =
                Shell.start("exec flock \"$1\" sh -c 'mv \"$1\" \"$2\"; read -r end' sh \"$1\" \"$2\"", other, lock);
        await().atMost(Shell.LIMIT)
                .untilAsserted(() -> assertThat(detail(get("/actuator/health"), "jobs", "exclusive"))
                        .isEqualTo("standby"));
        assertUp("/actuator/health");

        holder.getOutputStream().close();
        Process reader = Shell.reader(pipes.resolve("out"));
        Shell.write(jobs, "job");
        assertThat(Shell.output(reader)).isEqualTo("job\n");
        assertThat(detail(get("/actuator/health"), "jobs", "exclusive")).isEqualTo("reading");
    }

    @Test
    void theActuatorShowsTheFiguresOfThePipe() throws Exception {
        Process reader = Shell.reader(pipes.resolve("out"));
        Shell.write(pipes.resolve("in"), "count me");
        assertThat(Shell.output(reader)).isEqualTo("COUNT ME\n");

        HttpResponse<String> lines = get("/actuator/metrics/camel.fifo.frames.in?tag=path:" + pipes.resolve("in"));

        assertThat(lines.statusCode()).as(lines.body()).isEqualTo(200);
        assertThat(JsonPath.<List<Double>>read(lines.body(), "$.measurements[*].value"))
                .singleElement()
                .satisfies(count -> assertThat(count).isGreaterThanOrEqualTo(1));
    }

    @Test
    void theActuatorShowsTheOptionsThatAreGiven() throws Exception {
        String all = get("/actuator/configprops").body();
        List<Map<String, Object>> ours = JsonPath.read(all, "$..[?(@.prefix=='camel.component.fifo')].properties");

        assertThat(ours).as(all).singleElement(MAP).containsKeys("autoCreate", "checkInterval");
    }
}
