package io.github.camelfifo.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application in a JVM of its own. Its pipes, its configuration and what it prints are in one folder. */
final class Application implements AutoCloseable {

    /** For whatever ends by itself: only a failing test waits so long. */
    static final Duration LIMIT = Duration.ofSeconds(120);

    /** What a JVM exits with after SIGTERM. */
    static final int TERMINATED = 128 + 15;

    /** A level in the log, unlike the WARNING of the JVM itself. */
    static final String WARN = " WARN ";

    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    private final Process process;
    private final Path output;

    private Application(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** As the build has packaged it. */
    static Path packaged() {
        return Path.of(System.getProperty("quarkus.app"));
    }

    /** Starts it, with {@code properties} in the file that Quarkus reads beside those in the application. */
    static Application start(Path packaged, Path folder, Map<String, String> properties) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("camel.component.fifo.base-directory=" + folder);
        properties.forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(Files.createDirectories(folder.resolve("config")).resolve("application.properties"), lines);

        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-jar", packaged.resolve("quarkus-run.jar").toString()));
        Path output = Files.createTempFile(folder, "application-", ".log");
        return new Application(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Starts it as it is packaged, and waits until Quarkus says that it has started. */
    static Application started(Path folder, Map<String, String> properties) throws IOException {
        Application application = start(packaged(), folder, properties);
        try {
            application.awaitOutput("Installed features");
            return application;
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
    }

    void awaitOutput(String text) {
        await().atMost(LIMIT)
                .failFast(() -> !process.isAlive() && !output().contains(text))
                .until(() -> output().contains(text));
    }

    /** What it has printed so far. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits until it has ended, and gives its exit status. */
    int awaitExit() throws InterruptedException, IOException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("ended within %s, in %s", LIMIT, output())
                .isTrue();
        return process.exitValue();
    }

    /** Ends it with SIGTERM; nothing in its log is worse than INFO. */
    void stop() throws InterruptedException, IOException {
        terminate();
        assertTerminated();
        assertThat(output()).doesNotContain(WARN);
    }

    /** It ends by itself, after SIGTERM and without an error. */
    void assertTerminated() throws InterruptedException, IOException {
        assertThat(awaitExit()).as(output()).isEqualTo(TERMINATED);
        assertThat(output()).contains("stopped in").doesNotContain("ERROR");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
