package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import io.github.camelfifo.examples.support.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

/** The application as it is configured, and the commands of the README in real shells. */
@DirtiesContext
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class InvoicesTest {

    private static final String PIPES = "camel-fifo-examples/spring-boot/target/pipes";

    @TempDir
    private static Path folder;

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void pipes(DynamicPropertyRegistry registry) {
        registry.add("pipes", () -> folder.resolve("pipes").toString());
    }

    /** What a reader sees, with the port and the folder of this test. */
    private String readme(String block) throws IOException {
        return Readme.ofThisModule()
                .block(block)
                .replace("localhost:8080", "127.0.0.1:" + port)
                .replaceAll("/?[^ \"]*" + PIPES, folder.resolve("pipes").toString());
    }

    private static ChildProcess sh(String command) throws IOException {
        return ChildProcess.start(List.of("sh", "-c", command), line -> {});
    }

    private String answerTo(String block) throws Exception {
        try (ChildProcess shell = sh("cd '" + folder.resolve("pipes") + "'\n" + readme(block))) {
            return shell.lastLine();
        }
    }

    private void assumeCurl() {
        assumeTrue(
                Programs.find("curl").isPresent(),
                "There is no curl (Debian: apt-get install curl), so the README's requests are not tested");
    }

    @Test
    void ordersBecomeInvoicesAsTheReadmeSays() throws Exception {
        List<String> invoices = readme("invoices").lines().toList();

        try (ChildProcess shell = sh(readme("orders") + "wait\n")) {
            for (String invoice : invoices) {
                assertThat(shell.awaitLine(invoice::equals)).isEqualTo(invoice);
            }
            assertThat(shell.lines()).isEqualTo(invoices);
        }
    }

    @Test
    void largeAmountsAreRightAndWhatIsNoOrderIsSaidToBeNone() throws Exception {
        Path pipes = folder.resolve("pipes");
        try (ChildProcess reader = sh("cat '" + pipes.resolve("invoices") + "'");
                ChildProcess writer =
                        sh("printf 'order 12: 999999999 x 999999999\\norder 1: 1 x 1234567890\\n\\nend\\n' > '"
                                + pipes.resolve("orders") + "'")) {
            assertThat(writer.await().exitCode()).isZero();
            reader.awaitLine("not an order: end"::equals);
            assertThat(reader.lines())
                    .containsExactly(
                            "invoice 12: 999999998000000001",
                            "not an order: order 1: 1 x 1234567890",
                            "not an order: ",
                            "not an order: end");
        }
    }

    @Test
    void thePipesAreForThisUserAlone() throws Exception {
        Path pipes = folder.resolve("pipes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pipes)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pipes.resolve("orders"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theHealthIsUpWithTheDetailsThatTheReadmeShows() throws Exception {
        assumeCurl();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            String answer = answerTo("health");
            for (String detail : readme("health answer").lines().toList()) {
                assertThat(answer).contains(detail.strip().replaceAll(",$", ""));
            }
        });
    }

    @Test
    void theMetricsCountLinesAsTheReadmeShows() throws Exception {
        assumeCurl();
        ordersBecomeInvoicesAsTheReadmeSays();
        double before = count(answerTo("metrics"));

        ordersBecomeInvoicesAsTheReadmeSays();

        String answer = answerTo("metrics");
        assertThat(count(answer)).isEqualTo(before + readme("invoices").lines().count());
        assertThat(answer.replaceFirst("\"value\":[\\d.]+", "\"value\":2.0"))
                .isEqualTo(readme("metrics answer").strip());
    }

    private static double count(String answer) {
        return Double.parseDouble(answer.replaceFirst(".*\"value\":([\\d.]+).*", "$1"));
    }
}
