package io.github.camelfifo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the component has logged, from INFO up, since this object was made. It is in a file: see log4j2.properties. */
final class LogCapture {

    private static final Path FILE = Path.of(System.getProperty("fifo.logs", "target"), "fifo.log");

    private final long begin = length();

    /** The lines, as in {@code "WARN Something happened"}, that contain all of these. */
    List<String> lines(String... parts) {
        try {
            byte[] all = Files.readAllBytes(FILE);
            int from = Math.toIntExact(begin);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> Stream.of(parts).allMatch(line::contains))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long length() {
        return FILE.toFile().length();
    }
}
