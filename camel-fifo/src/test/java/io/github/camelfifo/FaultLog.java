package io.github.camelfifo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the component has warned of since this object was made. It is in a file: see log4j2.properties. */
final class FaultLog {

    private static final Path FILE = Path.of(System.getProperty("fifo.logs", "target"), "warnings.log");

    private final long begin;

    FaultLog() {
        // the first logger empties the file
        LoggerFactory.getLogger(FaultLog.class).debug("Reading {}", FILE);
        begin = FILE.toFile().length();
    }

    /** All warnings so far, one a line: thread, message, and the stack with all causes. */
    List<String> lines() throws IOException {
        byte[] all = Files.readAllBytes(FILE);
        int from = Math.toIntExact(begin);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** The messages of a failure and of all its causes. */
    static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            text.append(each).append('\n');
        }
        return text.toString();
    }
}
