package io.github.camelfifo.examples.benchmark.child;

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;

/** {@code FileInputStream.read(byte[])} in a loop. */
final class PlainBytes implements Task {

    private final String fifo;
    private final byte[] buffer;

    PlainBytes(Map<String, String> parameters) {
        fifo = parameters.get("fifo");
        buffer = new byte[Integer.parseInt(parameters.get("chunk"))];
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        if (what.equals(EXPECT)) {
            // opens the pipe later
            return Map.of();
        }
        try (InputStream pipe = new FileInputStream(fifo)) {
            long total = 0;
            for (int count = pipe.read(buffer); count >= 0; count = pipe.read(buffer)) {
                total += count;
            }
            if (total != amount) {
                throw new IllegalStateException(total + " bytes");
            }
        }
        return Map.of();
    }
}
