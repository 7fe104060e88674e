package io.github.camelfifo.examples.benchmark.result;

/** Ratios in words, which hold whoever of the two is ahead. */
public final class Comparison {

    /** Within that, two numbers are the same. */
    private static final double NOISE = 0.05;

    private Comparison() {}

    /**
     * How many times as many.
     *
     * @param ratio of ours to theirs
     * @return such as {@code 1.2 times as many}
     */
    public static String asMany(double ratio) {
        if (isEven(ratio)) {
            return "as many";
        }
        return (ratio < 1 ? "only " : "") + factor(ratio) + " times as many";
    }

    /**
     * How much sooner or later.
     *
     * @param ratio of our time to theirs
     * @return such as {@code 60 times sooner than}
     */
    public static String sooner(double ratio) {
        if (isEven(ratio)) {
            return "as soon as";
        }
        return ratio < 1 ? factor(1 / ratio) + " times sooner than" : factor(ratio) + " times later than";
    }

    /**
     * A ratio without words.
     *
     * @param ratio of ours to theirs
     * @return two digits of it
     */
    public static String factor(double ratio) {
        return Measured.roughly(ratio).text(1);
    }

    private static boolean isEven(double ratio) {
        return Math.abs(ratio - 1) < NOISE;
    }
}
