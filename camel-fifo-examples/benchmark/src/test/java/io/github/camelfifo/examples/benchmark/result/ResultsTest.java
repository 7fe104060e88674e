package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private final Results results = new Results();

    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Results.median(new double[] {5, 1, 3})).hasValue(3);
        assertThat(Results.median(new double[] {4, 1, 3, 100})).hasValue(3.5);
        assertThat(Results.median(new double[] {})).isEmpty();
    }

    @Test
    void aRatioIsTheMedianOfTheRoundsRatiosSoThatWhatDisturbsARoundDisturbsBoth() {
        add("us", 100, 10, 300);
        add("them", 50, 5, 100);

        assertThat(results.median("race", "us", "rate")).hasValue(100);
        assertThat(results.median("race", "them", "rate")).hasValue(50);
        assertThat(results.ratio("race", "us", "them", "rate")).hasValue(2);
        assertThat(results.ratio("race", "them", "us", "rate")).hasValue(0.5);
    }

    @Test
    void whatWasNotMeasuredHasNoRatio() {
        add("us", 100);

        assertThat(results.ratio("race", "us", "them", "rate")).isEmpty();
        assertThat(results.ratio("no race", "us", "us", "rate")).isEmpty();
    }

    @Test
    void aGoalIsReachedOnTheRightSideOfItsBoundAndOnlyIfItWasMeasured() {
        assertThat(goalAtLeast(0.95).isReached()).isTrue();
        assertThat(goalAtLeast(0.94).isReached()).isFalse();
        assertThat(Goal.atLeast("", 0.95, OptionalDouble.empty()).isReached()).isFalse();
        assertThat(Goal.atMost("", 4, "", OptionalDouble.of(4)).isReached()).isTrue();
        assertThat(Goal.atMost("", 4, "", OptionalDouble.of(4.1)).isReached()).isFalse();
        assertThat(Goal.atMost("", 4, "", OptionalDouble.empty()).isReached()).isFalse();
    }

    @Test
    void orderIsThatOfMeasuring() {
        results.add(new Sample("b", "y", "m", "", 1));
        results.add(new Sample("a", "z", "m", "", 1));
        results.add(new Sample("b", "x", "n", "", 1));

        assertThat(results.races()).containsExactly("b", "a");
        assertThat(results.contestants("b")).containsExactly("y", "x");
        assertThat(results.measures("b")).isEqualTo(new java.util.LinkedHashSet<>(List.of("m", "n")));
    }

    private void add(String contestant, double... values) {
        for (double value : values) {
            results.add(new Sample("race", contestant, "rate", "lines/s", value));
        }
    }

    private static Goal goalAtLeast(double measured) {
        return Goal.atLeast("", 0.95, OptionalDouble.of(measured));
    }
}
