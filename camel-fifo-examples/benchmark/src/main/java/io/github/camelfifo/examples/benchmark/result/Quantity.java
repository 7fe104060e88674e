package io.github.camelfifo.examples.benchmark.result;

import java.util.Optional;

/** Numbers with their units, as sentences and tables for people have them. */
public final class Quantity {

    private Quantity() {}

    /**
     * What somebody's rounds are quoted by.
     *
     * @param results of a run
     * @param race which race
     * @param contestant who
     * @param measure of what
     * @return such as {@code 1.4 million}; empty when it was not measured
     */
    public static Optional<String> of(Results results, String race, String contestant, String measure) {
        return results.measured(race, contestant, measure).map(number -> text(number, results.unit(race, measure)));
    }

    /**
     * A number of which the noise is not known.
     *
     * @param value in this unit
     * @param unit as measured; empty for none
     * @return two digits of it, with the unit
     */
    public static String text(double value, String unit) {
        return text(Measured.roughly(value), unit);
    }

    private static String text(Measured number, String unit) {
        Scale scale = Scale.of(unit, number.median());
        return (scale.text(number) + " " + scale.unit()).strip();
    }
}
