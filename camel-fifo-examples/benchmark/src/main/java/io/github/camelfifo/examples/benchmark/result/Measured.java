package io.github.camelfifo.examples.benchmark.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;

/**
 * What was measured in several rounds, as charts and the README quote it: with no more digits than the rounds agree on.
 *
 * @param median of the rounds
 * @param digits how many of its digits say something
 */
public record Measured(double median, int digits) {

    private static final int FEW = 2;
    private static final int MANY = 3;
    private static final int ROUNDS_THAT_SHOW_NOISE = 3;
    private static final double QUIET = 0.01;

    /** A ratio, or another number of which the noise is not known. */
    static Measured roughly(double value) {
        return new Measured(value, FEW);
    }

    /** Three digits where all rounds are within one percent, otherwise two. */
    static Measured of(double... rounds) {
        double median = Results.median(rounds).orElseThrow();
        double least = Arrays.stream(rounds).min().orElseThrow();
        double most = Arrays.stream(rounds).max().orElseThrow();
        boolean quiet = rounds.length >= ROUNDS_THAT_SHOW_NOISE && most - least <= QUIET * Math.abs(median);
        return new Measured(median, quiet ? MANY : FEW);
    }

    /** In units of so much each, for people. */
    String text(double divisor) {
        BigDecimal rounded = BigDecimal.valueOf(median / divisor).round(new MathContext(digits));
        boolean isWhole = median / divisor == Math.rint(median / divisor);
        int decimals = isWhole ? 0 : digits - (rounded.precision() - rounded.scale());
        return String.format(Locale.ROOT, "%,." + Math.max(0, decimals) + "f", rounded);
    }
}
