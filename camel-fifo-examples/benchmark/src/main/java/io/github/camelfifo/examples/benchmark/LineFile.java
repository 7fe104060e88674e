package io.github.camelfifo.examples.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Lines as a log has them, 60 to 100 characters long, in a file in memory; the same ones every time. */
final class LineFile {

    private static final int SHORTEST = 59;
    private static final int LONGEST = 99;
    private static final long SEED = 20260101;

    private final Path path;
    private final int lines;
    private final long bytes;

    LineFile(Path path, int lines) throws IOException {
        this.path = path;
        this.lines = lines;
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            append(text, i, random);
        }
        Files.writeString(path, text, StandardCharsets.US_ASCII);
        bytes = Files.size(path);
    }

    Path path() {
        return path;
    }

    int lines() {
        return lines;
    }

    long bytes() {
        return bytes;
    }

    private static void append(StringBuilder text, int number, Random random) {
        int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
        String line = "2026-01-01T00:00:%02d.%03dZ INFO  shop.Order  order %07d accepted: %08x %08x %08x %08x"
                .formatted(
                        number / 1000 % 60,
                        number % 1000,
                        number,
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt());
        text.append(line, 0, Math.min(length, line.length()))
                .append(" ".repeat(Math.max(0, length - line.length())))
                .append('\n');
    }
}
