package io.github.camelfifo.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the scenario calls right must be able to be wrong. */
class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void linesThatComeOnceAndInOrderAreAllRight() {
        add("1 0", "2 0", "3 0");

        assertThat(arrivals.count()).isEqualTo(3);
        assertThat(arrivals.missing(3)).isZero();
        assertThat(arrivals.twice() + arrivals.misplaced() + arrivals.torn()).isZero();
    }

    @Test
    void aLineThatComesAgainIsCountedAndIsNotOutOfOrder() {
        add("1 0", "2 0", "1 0", "2 0", "3 0");

        assertThat(arrivals.twice()).isEqualTo(2);
        assertThat(arrivals.misplaced()).isZero();
        assertThat(arrivals.count()).isEqualTo(3);
    }

    @Test
    void aLineThatComesFirstAfterALaterOneIsOutOfOrder() {
        add("1 0", "3 0", "2 0");

        assertThat(arrivals.misplaced()).isEqualTo(1);
    }

    @Test
    void aGapAndAMissingEndAreLost() {
        add("1 0", "3 0");

        assertThat(arrivals.missing(3)).isEqualTo(1);
        assertThat(arrivals.missing(5)).isEqualTo(3);
    }

    @Test
    void aPieceOfALineIsTorn() {
        add("1 0", "2", "", "0 2 0", "2 0");

        assertThat(arrivals.torn()).isEqualTo(3);
        assertThat(arrivals.count()).isEqualTo(2);
    }

    @Test
    void aLineTookAsLongAsItsTimeSays() {
        arrivals.add("1 1000000", 3_500_000);
        arrivals.add("2 0", 3_500_000);

        assertThat(arrivals.takeLatencies()).containsExactly(2.5);
        assertThat(arrivals.takeLatencies()).isEmpty();
    }

    @Test
    void percentilesAreOfAllPipes() {
        double[] sorted = Arrivals.sorted(List.of(new double[] {5, 1}, new double[] {3}));

        assertThat(Arrivals.percentile(sorted, 0.5)).isEqualTo(3);
        assertThat(Arrivals.percentile(sorted, 0.99)).isEqualTo(5);
    }

    private void add(String... lines) {
        for (String line : lines) {
            arrivals.add(line, 0);
        }
    }
}
