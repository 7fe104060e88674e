package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a user does in a shell, as a process of its own. A test class that uses it is extended with it:
 * what a test has started does not outlive that test.
 */
final class Shell implements AfterEachCallback {

    /** For whatever ends by itself: only a failing test waits so long. */
    static final Duration LIMIT = Duration.ofMinutes(3);

    /** Each process with the file that it prints to: a pipe of Java's would block it when nobody reads. */
    private static final Map<Process, Path> STARTED = new ConcurrentHashMap<>();

    static void makePipe(Path path) throws Exception {
        String unused = run("mkfifo \"$1\"", path);
    }

    static void write(Path pipe, String line) throws Exception {
        String unused = run("echo \"$2\" > \"$1\"", pipe, line);
    }

    /** Starts a reader of one line. */
    static Process reader(Path pipe) throws IOException {
        return start("head -n 1 \"$1\"", pipe);
    }

    /** Starts a script that finds the arguments as {@code "$1"}, {@code "$2"}. */
    static Process start(String script, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return start(command);
    }

    /** Starts another JVM of this kind. */
    static Process java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        return start(command);
    }

    private static Process start(List<String> command) throws IOException {
        Path output = Files.createTempFile("shell-", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        STARTED.put(process, output);
        return process;
    }

    /** Waits for its end, and gives what it has printed. */
    static String output(Process process) throws Exception {
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            kill(process);
        }
        String printed = Files.readString(STARTED.get(process));
        assertThat(ended)
                .as("ended within %s, after printing: %s", LIMIT, printed)
                .isTrue();
        return printed;
    }

    private static String run(String script, Object... arguments) throws Exception {
        Process process = start(script, arguments);
        String output = output(process);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        for (Process process : STARTED.keySet()) {
            kill(process);
            Files.deleteIfExists(STARTED.remove(process));
        }
    }

    private static void kill(Process process) {
        // first, because they are found by their parent
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
