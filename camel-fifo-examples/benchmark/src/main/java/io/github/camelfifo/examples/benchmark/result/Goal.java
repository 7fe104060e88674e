package io.github.camelfifo.examples.benchmark.result;

import java.util.OptionalDouble;

/**
 * What camel-fifo is to reach, and what it has reached.
 *
 * @param subject of whom or what, in words
 * @param other with whom that is compared; empty when with nobody
 * @param atLeast whether the bound is the least that is wanted; otherwise the most
 * @param bound the number wanted
 * @param unit of both; empty for a ratio
 * @param measured empty when it was not measured
 */
public record Goal(String subject, String other, boolean atLeast, double bound, String unit, OptionalDouble measured) {

    /**
     * A goal that is reached by no less.
     *
     * @param subject in words
     * @param bound the ratio wanted
     * @param measured empty when it was not measured
     * @return the goal
     */
    public static Goal atLeast(String subject, double bound, OptionalDouble measured) {
        return new Goal(subject, "", true, bound, "", measured);
    }

    /**
     * A goal that is reached by no more.
     *
     * @param subject in words
     * @param bound the number wanted
     * @param unit of it; empty for a ratio
     * @param measured empty when it was not measured
     * @return the goal
     */
    public static Goal atMost(String subject, double bound, String unit, OptionalDouble measured) {
        return new Goal(subject, "", false, bound, unit, measured);
    }

    /**
     * Whether it is reached.
     *
     * @return false also when it was not measured
     */
    public boolean isReached() {
        return measured.isPresent() && (atLeast ? measured.getAsDouble() >= bound : measured.getAsDouble() <= bound);
    }

    /**
     * The same in relation to somebody.
     *
     * @param whom in words
     * @return the goal
     */
    public Goal inRelationTo(String whom) {
        return new Goal(subject, whom, atLeast, bound, unit, measured);
    }

    String what() {
        return other.isEmpty() ? subject : subject + ", in relation to " + other;
    }

    String boundInWords() {
        return (atLeast ? "at least " : "at most ") + Numbers.text(bound, unit);
    }
}
