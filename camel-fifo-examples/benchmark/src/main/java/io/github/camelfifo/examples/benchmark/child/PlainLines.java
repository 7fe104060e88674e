package io.github.camelfifo.examples.benchmark.child;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code BufferedReader.readLine()} in a loop. */
final class PlainLines implements Task {

    private final String fifo;

    PlainLines(Map<String, String> parameters) {
        fifo = parameters.get("fifo");
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        if (what.equals(EXPECT)) {
            // opens the pipe later
            return Map.of();
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new FileInputStream(fifo), StandardCharsets.UTF_8))) {
            long count = 0;
            while (reader.readLine() != null) {
                count++;
            }
            if (count != amount) {
                throw new IllegalStateException(count + " lines");
            }
        }
        return Map.of();
    }
}
