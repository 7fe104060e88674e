package io.github.camelfifo.examples.benchmark.result;

import java.util.OptionalDouble;

/**
 * What camel-fifo is to reach, and what it has reached.
 *
 * @param what in words
 * @param atLeast whether the bound is the least that is wanted; otherwise the most
 * @param bound the number wanted
 * @param unit of both; empty for a ratio
 * @param measured empty when it was not measured
 */
public record Goal(String what, boolean atLeast, double bound, String unit, OptionalDouble measured) {

    /**
     * A goal that is reached by no less.
     *
     * @param what in words
     * @param bound the ratio wanted
     * @param measured empty when it was not measured
     * @return the goal
     */
    public static Goal atLeast(String what, double bound, OptionalDouble measured) {
        return new Goal(what, true, bound, "", measured);
    }

    /**
     * A goal that is reached by no more.
     *
     * @param what in words
     * @param bound the number wanted
     * @param unit of it; empty for a ratio
     * @param measured empty when it was not measured
     * @return the goal
     */
    public static Goal atMost(String what, double bound, String unit, OptionalDouble measured) {
        return new Goal(what, false, bound, unit, measured);
    }

    /**
     * Whether it is reached.
     *
     * @return false also when it was not measured
     */
    public boolean isReached() {
        return measured.isPresent() && (atLeast ? measured.getAsDouble() >= bound : measured.getAsDouble() <= bound);
    }

    String boundInWords() {
        return (atLeast ? "at least " : "at most ") + Numbers.text(bound, unit);
    }
}
