package io.github.camelfifo.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Programs of this machine. */
final class Programs {

    static final long PATIENCE_SECONDS = 60;

    private Programs() {}

    /** Fails when a program is not there. */
    static void require(String name) throws IOException {
        boolean found = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        if (!found && !Files.isExecutable(Path.of("/usr/sbin", name))) {
            throw new IOException(name + " is not installed");
        }
    }

    /** Starts one, and throws away what it says. */
    static Process quiet(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
