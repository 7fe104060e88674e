package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 1.9, 4.4, 11.2, 99, 690, 1_886_123, 2_746_252_976.0})
    void barsBeginAtZeroAndEndBeforeTheAxisDoesWithAHandfulOfTicks(double largest) {
        Axis axis = Axis.linear(largest);

        assertThat(axis.position(0)).isZero();
        assertThat(axis.position(largest)).isBetween(0.9, 1.0);
        assertThat(axis.ticks()).hasSizeBetween(3, 7).startsWith(0.0);
        assertThat(axis.position(axis.ticks().get(axis.ticks().size() - 1))).isBetween(0.6, 1.0);
    }

    @Test
    void aTickOfALogarithmicAxisIsTenTimesTheOneBefore() {
        Axis axis = Axis.logarithmic(5.2, 3_600);

        assertThat(axis.ticks()).containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0);
        assertThat(axis.position(1)).isZero();
        assertThat(axis.position(100)).isEqualTo(0.5);
        assertThat(axis.position(10_000)).isEqualTo(1);
    }

    @Test
    void atTheLeftOfTheSmallestNumberThereIsRoomForIt() {
        assertThat(Axis.logarithmic(1.1, 20).from()).isEqualTo(0.1);
    }
}
