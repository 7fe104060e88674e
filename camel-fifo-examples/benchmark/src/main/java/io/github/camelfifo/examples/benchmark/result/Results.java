package io.github.camelfifo.examples.benchmark.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * All that was measured in one run, in the order in which it was. What was measured several times is quoted by its median,
 * and compared round by round: the ratio of two contestants is the median of the ratios that they had in the same round, so
 * that what disturbs a round disturbs both. Not thread-safe.
 */
public final class Results {

    private final List<Sample> samples = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    /**
     * What did not take part.
     *
     * @param race in which race
     * @param contestant who
     * @param reason why
     */
    public record Skipped(String race, String contestant, String reason) {}

    /** Nothing measured yet. */
    public Results() {}

    /**
     * Takes a number down.
     *
     * @param sample in its race's unit
     */
    public void add(Sample sample) {
        samples.add(sample);
    }

    /**
     * Takes down that somebody could not take part.
     *
     * @param race in which race
     * @param contestant who
     * @param reason why
     */
    public void skip(String race, String contestant, String reason) {
        skipped.add(new Skipped(race, contestant, reason));
    }

    /**
     * Everything.
     *
     * @return in the order of measuring
     */
    public List<Sample> samples() {
        return Collections.unmodifiableList(samples);
    }

    /**
     * Who did not take part.
     *
     * @return in the order in which it turned out
     */
    public List<Skipped> skipped() {
        return Collections.unmodifiableList(skipped);
    }

    /**
     * The races.
     *
     * @return names, in order
     */
    public Set<String> races() {
        return distinct(samples, Sample::race);
    }

    Set<String> contestants(String race) {
        return distinct(of(race), Sample::contestant);
    }

    Set<String> measures(String race) {
        return distinct(of(race), Sample::measure);
    }

    /**
     * The unit of a race's numbers.
     *
     * @param race which race
     * @param measure of what
     * @return empty when they have none
     */
    public String unit(String race, String measure) {
        return of(race).stream()
                .filter(sample -> sample.measure().equals(measure))
                .map(Sample::unit)
                .findFirst()
                .orElse("");
    }

    /**
     * The numbers that somebody had in a race.
     *
     * @param race which race
     * @param contestant who
     * @param measure of what
     * @return one each round, in order; empty when it was not measured
     */
    public double[] values(String race, String contestant, String measure) {
        return of(race).stream()
                .filter(sample -> sample.contestant().equals(contestant)
                        && sample.measure().equals(measure))
                .mapToDouble(Sample::value)
                .toArray();
    }

    /**
     * What somebody's numbers are quoted by.
     *
     * @param race which race
     * @param contestant who
     * @param measure of what
     * @return the median; empty when it was not measured
     */
    public OptionalDouble median(String race, String contestant, String measure) {
        return median(values(race, contestant, measure));
    }

    /**
     * How one does compared with another.
     *
     * @param race which race
     * @param contestant who
     * @param other compared with whom
     * @param measure in what
     * @return the median of the rounds' ratios; empty when one of them was not measured
     */
    public OptionalDouble ratio(String race, String contestant, String other, String measure) {
        double[] above = values(race, contestant, measure);
        double[] below = values(race, other, measure);
        double[] ratios = new double[Math.min(above.length, below.length)];
        Arrays.setAll(ratios, round -> above[round] / below[round]);
        return median(ratios);
    }

    /**
     * What somebody's numbers are quoted by where that is rounded.
     *
     * @param race which race
     * @param contestant who
     * @param measure of what
     * @return empty when it was not measured
     */
    public Optional<Measured> measured(String race, String contestant, String measure) {
        double[] values = values(race, contestant, measure);
        return values.length == 0 ? Optional.empty() : Optional.of(Measured.of(values));
    }

    /**
     * A number that so many of somebody's numbers are not above.
     *
     * @param race which race
     * @param contestant who
     * @param measure of what
     * @param percent so many of them, of each hundred
     * @return one of the numbers; empty when it was not measured
     */
    public OptionalDouble percentile(String race, String contestant, String measure, double percent) {
        double[] values = values(race, contestant, measure);
        Arrays.sort(values);
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(values[(int) Math.ceil(values.length * percent / 100) - 1]);
    }

    static OptionalDouble median(double[] values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        boolean odd = sorted.length % 2 == 1;
        return OptionalDouble.of(odd ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    private List<Sample> of(String race) {
        return samples.stream().filter(sample -> sample.race().equals(race)).toList();
    }

    private static Set<String> distinct(List<Sample> samples, Function<Sample, String> property) {
        Set<String> distinct = new LinkedHashSet<>();
        samples.forEach(sample -> distinct.add(property.apply(sample)));
        return distinct;
    }
}
