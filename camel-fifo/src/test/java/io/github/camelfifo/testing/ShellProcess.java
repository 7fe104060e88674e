package io.github.camelfifo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process, mostly on the other end of a pipe. Its input is empty, and its output goes to files, so it needs no thread and no
 * descriptor of ours. Closing it kills it with all that it has started.
 */
public final class ShellProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** It would empty the files in which tests of this JVM look up what was logged. */
    private static final String NO_LOGGING = "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider";

    private final Path outputFile;
    private final Path errorFile;
    private final Process process;

    private ShellProcess(List<String> command) {
        try {
            outputFile = Files.createTempFile("shell-", ".out");
            errorFile = Files.createTempFile("shell-", ".err");
            process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(outputFile.toFile())
                    .redirectError(errorFile.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts {@code sh -c}; the script finds the arguments as {@code "$1"}, {@code "$2"} and so on. */
    public static ShellProcess sh(String script, Object... arguments) {
        return start(List.of("sh", "-c", script, "sh"), arguments);
    }

    /** Starts {@code bash -c}, for what the standard's shell has not. */
    public static ShellProcess bash(String script, Object... arguments) {
        return start(List.of("bash", "-c", script, "bash"), arguments);
    }

    /** Starts {@code python3 -c}; the program finds the arguments as {@code sys.argv[1]}, {@code sys.argv[2]} ... */
    public static ShellProcess python(String program, Object... arguments) {
        return start(List.of("python3", "-c", program), arguments);
    }

    /** Starts a Java program on the class path of the tests, as a JVM of its own with this option and without logging. */
    public static ShellProcess java(Class<?> main, String option, Object... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return start(
                List.of(java, option, NO_LOGGING, "-cp", System.getProperty("java.class.path"), main.getName()),
                arguments);
    }

    private static ShellProcess start(List<String> command, Object... arguments) {
        List<String> all = new ArrayList<>(command);
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return new ShellProcess(all);
    }

    /** Waits for the process to end well, and gives what it has written. */
    public String await() {
        return await(PATIENCE);
    }

    /** Waits at most so long for the process to end well, and gives what it has written. */
    public String await(Duration limit) {
        int status = awaitExit(limit);
        assertThat(status).as("exit status, errors: %s", errorOutput()).isZero();
        return output();
    }

    /** Waits at most so long for the process to end, and gives its exit status. */
    public int awaitExit(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within %s; so far: %s %s", limit, output(), errorOutput())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a process", e);
        }
    }

    /** What the process has written to its standard output so far. */
    public String output() {
        return read(outputFile);
    }

    /** What the process has written to its standard error so far. */
    public String errorOutput() {
        return read(errorFile);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Kills the process and all that it has started (SIGKILL), and waits until it is gone. */
    public void kill() {
        // the parent first, or a loop starts the next one
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        awaitExit(PATIENCE);
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(outputFile);
            Files.deleteIfExists(errorFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
