package io.github.camelfifo.examples.benchmark.result;

import java.util.List;

/**
 * The answer to one question as a picture, which {@link Chart} draws.
 *
 * @param race in whose section it is shown
 * @param file its name, without the ending
 * @param title what was found
 * @param note what was measured
 * @param unit of the numbers, as measured
 * @param groups each with a heading, when there are several
 */
public record Figure(String race, String file, String title, String note, String unit, List<Group> groups) {

    /** Whose numbers a row has. */
    public enum Side {
        /** The component's. */
        OURS,
        /** The component's, with other options. */
        OURS_OTHERWISE,
        /** What one would take instead. */
        OTHERS,
        /** What nobody can do better. */
        CEILING
    }

    /**
     * Rows on one scale.
     *
     * @param heading of what
     * @param rows in the order in which they are shown
     */
    public record Group(String heading, List<Row> rows) {}

    /**
     * A bar; or, with two numbers, the range between these.
     *
     * @param name whose it is
     * @param side on whose side that is
     * @param numbers one, or two in ascending order
     */
    public record Row(String name, Side side, List<Measured> numbers) {

        double largest() {
            return numbers.get(numbers.size() - 1).median();
        }
    }

    double largest() {
        return groups.stream()
                .flatMap(group -> group.rows().stream())
                .mapToDouble(Row::largest)
                .max()
                .orElseThrow();
    }

    double smallest() {
        return groups.stream()
                .flatMap(group -> group.rows().stream())
                .mapToDouble(row -> row.numbers().get(0).median())
                .min()
                .orElseThrow();
    }

    boolean hasRanges() {
        return groups.get(0).rows().get(0).numbers().size() > 1;
    }
}
