package io.github.camelfifo.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole example, with real shells. */
class ScenarioTest {

    @TempDir
    private Path folder;

    @Test
    void everyLineArrivesOnceInOrderAndBothPipesAreRemoved() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Summary summary = new Scenario(folder, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(summary.written().lines()).isEqualTo(10_006);
        assertThat(summary.received()).isEqualTo(10_006);
        assertThat(summary.read()).isEqualTo(summary.written());
        assertThat(summary.misplaced()).isZero();
        assertThat(summary.isRight()).isTrue();
        assertThat(folder).isEmptyDirectory();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence("Camel  got   order 1: 2 x 25\n", "sh     read  invoice 1: 50\n")
                .containsSubsequence(
                        "sh     read  invoice 5: 150\n",
                        "Camel  got   order 6: 7 x 25\n",
                        "sh     read  invoice 6: 175\n")
                .contains("has read to the end of the file: 10006 lines, total 1250750, 0 out of order");
    }

    @Test
    void theSummaryToldIsRightOnlyIfEverythingIs() {
        Tally two = new Tally(2, 100);
        assertThat(summary(two, 2, two, 0, 0).isRight()).isTrue();
        assertThat(summary(Tally.NOTHING, 0, Tally.NOTHING, 0, 0).isRight()).isFalse();
        assertThat(summary(two, 1, two, 0, 0).isRight()).isFalse();
        assertThat(summary(two, 2, new Tally(2, 99), 0, 0).isRight()).isFalse();
        assertThat(summary(two, 2, two, 1, 0).isRight()).isFalse();
        assertThat(summary(two, 2, two, 0, 1).isRight()).isFalse();
        assertThat(summary(two, 2, two, 0, 0)).asString().endsWith("All is right.");
        assertThat(summary(two, 2, two, 0, 1)).asString().endsWith("THE NUMBERS ARE WRONG.");
    }

    private static Summary summary(Tally written, long received, Tally read, long misplaced, long filesLeft) {
        return new Summary(written, received, read, misplaced, filesLeft, Duration.ZERO, Duration.ZERO);
    }
}
