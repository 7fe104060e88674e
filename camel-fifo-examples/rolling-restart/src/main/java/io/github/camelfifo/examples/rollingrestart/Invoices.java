package io.github.camelfifo.examples.rollingrestart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the file of the invoices says about who wrote which of them, and when. */
final class Invoices {

    private static final Pattern INVOICE = Pattern.compile("invoice (\\d+): (\\d+) by version (\\d+) at (-?\\d+)");

    private final List<Turn> turns = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private int last;
    private int misplaced;
    private int wrong;
    private long longestPauseNanos;

    /** The invoices that one version wrote before another one did. */
    static final class Turn {

        private final int version;
        private final long firstNanos;
        private long lastNanos;
        private int lines;
        private int twice;

        private Turn(int version, long nanos) {
            this.version = version;
            this.firstNanos = nanos;
            this.lastNanos = nanos;
        }

        /** Whose it was. */
        int version() {
            return version;
        }

        /** How many invoices. */
        int lines() {
            return lines;
        }

        /** How many of them were there before. */
        int twice() {
            return twice;
        }

        /** From the last invoice of the one before to the first of this one. */
        Duration since(Turn before) {
            return Duration.ofNanos(firstNanos - before.lastNanos);
        }
    }

    private Invoices() {}

    /** Reads a file to which nobody writes any more. */
    static Invoices read(Path file) throws IOException {
        Invoices invoices = new Invoices();
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEachOrdered(invoices::add);
        }
        return invoices;
    }

    private void add(String line) {
        Matcher invoice = INVOICE.matcher(line);
        if (!invoice.matches()) {
            wrong++;
            return;
        }
        int number = Integer.parseInt(invoice.group(1));
        if (Integer.parseInt(invoice.group(2)) != (number % 9 + 1) * 25) {
            wrong++;
        }
        Turn turn = turnOf(Integer.parseInt(invoice.group(3)), Long.parseLong(invoice.group(4)));
        turn.lines++;
        // a version begins with the next order or repeats some of the last ones; then it goes on one by one
        boolean begins = turn.lines == 1;
        if (number != last + 1 && !(begins && number <= last)) {
            misplaced++;
        }
        if (seen.get(number)) {
            turn.twice++;
        }
        seen.set(number);
        last = number;
    }

    private Turn turnOf(int version, long nanos) {
        Turn now = turns.isEmpty() ? null : turns.get(turns.size() - 1);
        if (now != null) {
            longestPauseNanos = Math.max(longestPauseNanos, nanos - now.lastNanos);
        }
        if (now == null || now.version != version) {
            now = new Turn(version, nanos);
            turns.add(now);
        }
        now.lastNanos = nanos;
        return now;
    }

    /** In their order. If only one process reads at a time, each version has one. */
    List<Turn> turns() {
        return List.copyOf(turns);
    }

    /** How many of the orders from 1 to {@code written} have no invoice. */
    int lost(int written) {
        return written - seen.get(1, written + 1).cardinality();
    }

    /** How many invoices did not follow the one before. */
    int misplaced() {
        return misplaced;
    }

    /** How many lines are no invoice, or one with a wrong amount. */
    int wrong() {
        return wrong;
    }

    /** The longest time between two invoices. */
    Duration longestPause() {
        return Duration.ofNanos(longestPauseNanos);
    }
}
