package io.github.camelfifo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that runs a class of the tests, as a {@link JavaCommand} says. What it writes goes to a file. Its input
 * ends when this JVM does, so a main that waits for that ({@link #awaitParent()}) outlives nobody.
 */
public final class JavaProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path outputFile;
    private final Process process;

    JavaProcess(ProcessBuilder builder) {
        try {
            outputFile = Files.createTempFile("java-", ".out");
            process = builder.redirectErrorStream(true)
                    .redirectOutput(outputFile.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it without logging. */
    public static JavaProcess start(Class<?> main, Object... arguments) {
        return JavaCommand.of(main).start(arguments);
    }

    /** Starts it with what the component logs on its output. */
    public static JavaProcess startLogging(Class<?> main, Object... arguments) {
        return JavaCommand.of(main).logging().start(arguments);
    }

    /** In the process: waits until the JVM that has started it closes its input, or is gone. */
    public static void awaitParent() throws IOException {
        while (System.in.read() >= 0) {
            // nobody writes there
        }
    }

    /** What it has written so far. */
    public String output() {
        try {
            return Files.readString(outputFile, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Waits at most so long for it to end, and gives its exit status. */
    public int awaitExit(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within %s; so far: %s", limit, output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a process", e);
        }
    }

    /** Kills it (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        int unused = awaitExit(PATIENCE);
    }

    @Override
    public void close() {
        kill();
        try {
            process.getOutputStream().close();
            Files.deleteIfExists(outputFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
