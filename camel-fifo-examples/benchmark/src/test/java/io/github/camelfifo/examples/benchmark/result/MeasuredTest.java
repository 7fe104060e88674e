package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasuredTest {

    @Test
    void twoDigitsAreSaidWhereTheRoundsDiffer() {
        assertThat(text(1_449_486, 1_404_319, 1_528_044)).isEqualTo("1,400,000");
        assertThat(text(276, 246, 291)).isEqualTo("280");
        assertThat(text(0.7712, 0.75, 0.79)).isEqualTo("0.77");
        assertThat(text(0.9, 0.8, 1.0)).isEqualTo("0.90");
        assertThat(text(5.96, 5.5, 6.5)).isEqualTo("6.0");
    }

    @Test
    void threeDigitsAreSaidWhereAllRoundsAgree() {
        assertThat(text(1_013, 1_012, 1_016)).isEqualTo("1,010");
        assertThat(text(4.356, 4.35, 4.36)).isEqualTo("4.36");
    }

    @Test
    void tooFewRoundsShowNoNoiseSoTheyHaveTwoDigits() {
        assertThat(text(123_456)).isEqualTo("120,000");
        assertThat(text(123_456, 123_457)).isEqualTo("120,000");
    }

    @Test
    void aWholeNumberHasNoDecimals() {
        assertThat(text(4, 4, 4)).isEqualTo("4");
        assertThat(text(0, 0, 0)).isEqualTo("0");
    }

    @Test
    void aLargeNumberIsSaidInMillionsOrThousandsOfItsUnit() {
        assertThat(Quantity.text(1_449_486, "lines/s")).isEqualTo("1.4 million lines a second");
        assertThat(Quantity.text(507_186, "messages/s")).isEqualTo("510 thousand messages a second");
        assertThat(Quantity.text(1_053_096_858, "bytes/s")).isEqualTo("1.1 GB a second");
        assertThat(Quantity.text(813_626_667, "bytes/s")).isEqualTo("810 MB a second");
        assertThat(Quantity.text(16.6, "µs")).isEqualTo("17 µs");
        assertThat(Quantity.text(7.83, "ms/s")).isEqualTo("7.8 ms/s");
        assertThat(Quantity.text(4, "")).isEqualTo("4");
    }

    private static String text(double... rounds) {
        return Measured.of(rounds).text(1);
    }
}
