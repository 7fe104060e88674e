package io.github.camelfifo.examples.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Camel's own main class in a JVM of its own, and the commands of the README in shells. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class YamlRoutesTest {

    private static final String PIPES = "camel-fifo-examples/yaml/target/pipes";
    private static final String LARGEST_INVOICE = "invoice 20: 999999998000000001";
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    private final List<ChildProcess> processes = new ArrayList<>();

    @AfterEach
    void endEverything() throws InterruptedException {
        for (ChildProcess process : processes) {
            process.kill();
            process.close();
        }
    }

    private Path pipes() {
        return folder.resolve("pipes");
    }

    private ChildProcess startCamel(String... properties) throws Exception {
        List<String> options = new ArrayList<>(List.of("-Dpipes=" + pipes()));
        options.addAll(Arrays.asList(properties));
        ChildProcess camel = ChildProcess.java(options, Main.class, line -> {});
        processes.add(camel);
        camel.awaitLine(line -> line.matches(".* Apache Camel .* started in .*"));
        return camel;
    }

    /** Runs a block of the README with the pipes of this test. */
    private ChildProcess run(String block) throws IOException {
        return sh(Readme.ofThisModule().block(block).replace(PIPES, pipes().toString()));
    }

    /** The shell stays as long as its background jobs: when it ends, a JVM no longer hears what they say. */
    private ChildProcess sh(String commands) throws IOException {
        ChildProcess shell = ChildProcess.start(List.of("sh", "-c", commands + "\nwait"), line -> {});
        processes.add(shell);
        return shell;
    }

    private static void awaitLines(ChildProcess process, String... lines) throws Exception {
        for (String line : lines) {
            process.awaitLine(line::equals);
        }
    }

    @Test
    void theCommandsOfTheReadmeGetTheirAnswersAndAtItsEndItRemovesThePipes() throws Exception {
        ChildProcess camel = startCamel();

        ChildProcess orders = run("orders");
        awaitLines(orders, "invoice 1: 75", "not an order: hello");
        sh("echo 'order 20: 999999999 x 999999999' > " + pipes() + "/orders");
        awaitLines(orders, LARGEST_INVOICE);
        ChildProcess desks = run("desks");
        awaitLines(desks, "anna.fifo: good morning");
        ChildProcess payments = run("payments");
        awaitLines(payments, "thirty to alice");
        camel.awaitLine(line -> line.endsWith("Nobody has " + pipes().resolve("bank") + " open for reading yet"));
        ChildProcess bank = run("bank");
        awaitLines(bank, "30 to alice");

        camel.terminate();

        assertThat(camel.await().exitCode()).isEqualTo(TERMINATED);
        // the readers have come to the end of the file
        assertThat(orders.await().lines()).containsExactly("invoice 1: 75", "not an order: hello", LARGEST_INVOICE);
        assertThat(desks.await().lines()).containsExactly("anna.fifo: good morning");
        assertThat(payments.await().lines()).containsExactly("thirty to alice");
        assertThat(bank.await().lines()).containsExactly("30 to alice");
        assertThat(files(pipes())).containsExactlyInAnyOrder("", "desks", "desks/anna.fifo", "payments");
    }

    @Test
    void aPaymentThatTheBankHasNotGotComesAfterARestartAndAnOrderWithoutAReaderFails() throws Exception {
        ChildProcess camel = startCamel();
        awaitLines(
                sh("echo 'order 1: 3 x 25' > " + pipes() + "/orders; exec 3<> " + pipes() + "/payments;"
                        + " echo '30 to alice' >&3; echo sent; cat > /dev/null"),
                "sent");
        camel.awaitLine(line -> line.endsWith("Nobody has " + pipes().resolve("bank") + " open for reading yet"));
        camel.awaitLine(line -> line.endsWith("Nobody has " + pipes().resolve("invoices") + " open for reading yet"));

        camel.terminate();

        assertThat(camel.await().lines())
                .anyMatch(line -> line.contains("Stopped before the message was written") && line.contains("invoices"))
                .anyMatch(line -> line.contains("12 bytes stay in " + pipes().resolve("payments")));
        assertThat(files(pipes())).containsExactlyInAnyOrder("", "desks", "payments");
        startCamel();
        awaitLines(sh("cat " + pipes() + "/bank"), "30 to alice");
    }

    @Test
    void aCopyOfTheRoutesRunsElsewhereAndIsReadAgainWhenAFileChanges() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Path orders = routes.resolve("orders.yaml");
        Files.copy(Path.of("src/main/resources/routes/orders.yaml"), orders);
        ChildProcess camel = startCamel(
                "-Dcamel.main.routes-include-pattern=file:" + routes + "/*.yaml",
                "-Dcamel.main.routes-reload-enabled=true",
                "-Dcamel.main.routes-reload-directory=" + routes,
                "-Dcamel.main.routes-reload-pattern=*.yaml");
        ChildProcess reader = sh("cat " + pipes() + "/invoices");
        awaitLines(sh("echo hello > " + pipes() + "/orders; echo sent"), "sent");
        awaitLines(reader, "not an order: hello");

        Path changed = Files.writeString(
                folder.resolve("changed"), Files.readString(orders).replace("not an order", "no order"));
        Files.move(changed, orders, StandardCopyOption.ATOMIC_MOVE);
        camel.awaitLine(line -> line.contains("Routes reloaded summary (total:1 started:1)"));
        awaitLines(sh("cat " + pipes() + "/invoices & echo hello > " + pipes() + "/orders"), "no order: hello");
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString()).toList();
        }
    }
}
