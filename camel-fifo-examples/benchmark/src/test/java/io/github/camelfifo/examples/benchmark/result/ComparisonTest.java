package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void whoIsAheadIsSaidToBeAhead() {
        assertThat(Comparison.asMany(1.2449)).isEqualTo("1.2 times as many");
        assertThat(Comparison.asMany(12.4)).isEqualTo("12 times as many");
        assertThat(Comparison.sooner(0.0164)).isEqualTo("61 times sooner than");
    }

    @Test
    void whoIsBehindIsSaidToBeBehind() {
        assertThat(Comparison.asMany(0.9)).isEqualTo("only 0.90 times as many");
        assertThat(Comparison.asMany(0.354)).isEqualTo("only 0.35 times as many");
        assertThat(Comparison.sooner(3.01)).isEqualTo("3.0 times later than");
    }

    @Test
    void whatIsWithinTheNoiseIsTheSame() {
        assertThat(Comparison.asMany(1.04)).isEqualTo("as many");
        assertThat(Comparison.asMany(0.96)).isEqualTo("as many");
        assertThat(Comparison.sooner(1.01)).isEqualTo("as soon as");
    }
}
