package io.github.camelfifo.examples.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is fed into a pipe in one round: a file of lines, several times, by {@code cat}.
 *
 * @param file the lines
 * @param copies how often
 */
record Feed(LineFile file, int copies) {

    /** Enough for so many lines. */
    static Feed ofLines(LineFile file, long lines) {
        return new Feed(file, (int) Math.max(1, lines / file.lines()));
    }

    /** Enough for so many bytes. */
    static Feed ofBytes(LineFile file, long bytes) {
        return new Feed(file, (int) Math.max(1, bytes / file.bytes()));
    }

    long lines() {
        return (long) copies * file.lines();
    }

    long bytes() {
        return copies * file.bytes();
    }

    /** Starts writing. Somebody must have the pipe open for reading. */
    Process start(Fifo fifo) throws IOException {
        List<String> command = new ArrayList<>(List.of("cat"));
        for (int i = 0; i < copies; i++) {
            command.add(file.path().toString());
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(fifo.path().toFile())
                .start();
    }
}
