package io.github.camelfifo.examples.benchmark.result;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a number is on a chart's horizontal axis: of its length between 0 and 1. Used by {@link Chart}.
 *
 * @param from the number at the left end
 * @param to the number at the right end
 * @param ticks which are marked, in ascending order
 * @param isLogarithmic whether equal distances are equal ratios
 */
record Axis(double from, double to, List<Double> ticks, boolean isLogarithmic) {

    private static final double MOST_TICKS = 6;
    private static final double ROOM = 1.08;
    private static final double ROOM_AT_LEFT = 2.5;

    /** From zero to a little more than the largest number, with a handful of round ticks. */
    static Axis linear(double largest) {
        double rough = largest / MOST_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = List.of(1, 2, 5, 10).stream()
                .mapToDouble(factor -> factor * power)
                .filter(candidate -> candidate >= rough)
                .findFirst()
                .orElseThrow();
        double to = largest * ROOM;
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= to; i++) {
            ticks.add(i * step);
        }
        return new Axis(0, to, ticks, false);
    }

    /** Whole powers of ten around these numbers. */
    static Axis logarithmic(double smallest, double largest) {
        double from = Math.pow(10, Math.floor(Math.log10(smallest / ROOM_AT_LEFT)));
        double to = Math.pow(10, Math.ceil(Math.log10(largest)));
        List<Double> ticks = new ArrayList<>();
        for (double tick = from; tick <= to * ROOM; tick *= 10) {
            ticks.add(tick);
        }
        return new Axis(from, to, ticks, true);
    }

    double position(double number) {
        return isLogarithmic ? Math.log(number / from) / Math.log(to / from) : (number - from) / (to - from);
    }
}
