package io.github.camelfifo.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which frames of a FIFO were processed by one consumer after the other, each of which keeps a file of its own. */
final class Consumed {

    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final BitSet distinct = new BitSet();
    private long all;

    Consumed(Path folder) {
        this.folder = folder;
    }

    /** The file of the next consumer. */
    Path nextFile() {
        Path file = folder.resolve("run" + files.size());
        files.add(file);
        return file;
    }

    /** Whether the consumer that is running has processed something. */
    boolean hasBegun() {
        return last().toFile().length() > 0;
    }

    /** Whether the consumer that is running has processed this one. */
    boolean has(long number) {
        List<String> lines = lines(last());
        return !lines.isEmpty() && lines.get(lines.size() - 1).equals(String.valueOf(number));
    }

    /** Takes the last consumer's file to account; gives what is wrong with it. */
    List<String> account() {
        List<String> wrong = new ArrayList<>();
        long before = 0;
        for (String line : lines(last())) {
            if (line.equals(CrashConsumer.TORN)) {
                wrong.add("torn after " + before);
                continue;
            }
            long number = Long.parseLong(line);
            if (before != 0 && number != before + 1) {
                wrong.add(number + " after " + before);
            }
            before = number;
            all++;
            distinct.set(Math.toIntExact(number));
        }
        return wrong;
    }

    long lost(long lastNumber) {
        return lastNumber - distinct.cardinality();
    }

    long twice() {
        return all - distinct.cardinality();
    }

    private Path last() {
        return files.get(files.size() - 1);
    }

    /** Whole lines: what was being written when the consumer was killed had not been processed. */
    private static List<String> lines(Path file) {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
