package io.github.camelfifo.examples.quickstart;

import java.util.Scanner;

/**
 * What a script says at its end about the lines that it wrote or read.
 *
 * @param lines how many
 * @param total what they add up to
 */
record Tally(long lines, long total) {

    static final Tally NOTHING = new Tally(0, 0);

    /** Reads a script's last words, such as {@code 3 lines, total 225}. */
    static Tally parse(String said) {
        try (Scanner numbers = new Scanner(said).useDelimiter("\\D+")) {
            return new Tally(numbers.nextLong(), numbers.nextLong());
        }
    }

    Tally plus(Tally other) {
        return new Tally(lines + other.lines, total + other.total);
    }
}
