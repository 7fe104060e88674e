package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a user does in a shell, as a process of its own. */
final class Shell {

    private static final long SECONDS = 60;

    private Shell() {}

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

    /** Waits for its end, and gives what it has printed. */
    static String output(Process process) throws Exception {
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Starts a script that finds the arguments as {@code "$1"}, {@code "$2"}. */
    static Process start(String script, Object... arguments) throws IOException {
        String[] command = new String[4 + arguments.length];
        command[0] = "sh";
        command[1] = "-c";
        command[2] = script;
        command[3] = "sh";
        for (int i = 0; i < arguments.length; i++) {
            command[4 + i] = arguments[i].toString();
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String run(String script, Object... arguments) throws Exception {
        Process process = start(script, arguments);
        String output = output(process);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
