package io.github.camelfifo.examples.benchmark.child;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code BufferedWriter.write(line)} in a loop, flushed after each thousand lines. */
final class PlainWriter implements Task {

    private static final int BATCH = 1000;

    private final List<String> lines;
    private final BufferedWriter writer;

    /** Blocks until somebody has the pipe open for reading. */
    PlainWriter(Map<String, String> parameters) throws IOException {
        lines = Files.readAllLines(Path.of(parameters.get("data")));
        writer = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(parameters.get("fifo")), StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        for (long batch = 0; batch < amount; batch++) {
            int from = (int) (batch * BATCH % lines.size());
            for (String line : lines.subList(from, Math.min(lines.size(), from + BATCH))) {
                writer.write(line);
                writer.write('\n');
            }
            writer.flush();
        }
        return Map.of();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
