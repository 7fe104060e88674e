package io.github.camelfifo.examples.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What comes out of one pipe: lines with a number, counted from 1, and the time when they were written, in nanoseconds since
 * 1970 or 0. Any thread may use it.
 */
final class Arrivals {

    private static final int NANOS_OF_MILLI = 1_000_000;

    private final BitSet seen = new BitSet();
    private final List<Long> latencies = new ArrayList<>();
    private int twice;
    private int misplaced;
    private int torn;

    /** A line has come. */
    synchronized void add(String line, long nowNanos) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 2 || !line.matches("\\d{1,9} \\d{1,19}")) {
            torn++;
            return;
        }
        int number = Integer.parseInt(parts[0]);
        long written = Long.parseLong(parts[1]);
        if (seen.get(number)) {
            twice++;
            return;
        }
        if (number < seen.length()) {
            misplaced++;
        }
        seen.set(number);
        if (written > 0) {
            latencies.add(nowNanos - written);
        }
    }

    /** How many different lines have come. */
    synchronized int count() {
        return seen.cardinality();
    }

    /** How many lines have come that had come before. */
    synchronized int twice() {
        return twice;
    }

    /** How many lines have come for the first time, but after a line that was written later. */
    synchronized int misplaced() {
        return misplaced;
    }

    /** How many lines have come that nobody has written. */
    synchronized int torn() {
        return torn;
    }

    /** How many of the lines up to this number have not come. */
    synchronized int missing(int last) {
        return last - seen.get(1, last + 1).cardinality();
    }

    /** How long the lines with a time took, in milliseconds; those that have come since the last call. */
    synchronized double[] takeLatencies() {
        double[] millis = latencies.stream()
                .mapToDouble(nanos -> (double) nanos / NANOS_OF_MILLI)
                .toArray();
        latencies.clear();
        return millis;
    }

    /**
     * A percentile.
     *
     * @param sorted in ascending order, at least one
     * @param part   0.5 for the median
     */
    static double percentile(double[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * (sorted.length - 1)))];
    }

    /** All of them, in ascending order. */
    static double[] sorted(List<double[]> figures) {
        return figures.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    }
}
