package io.github.camelfifo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.benchmark.result.Goal;
import io.github.camelfifo.examples.benchmark.result.Highlight;
import io.github.camelfifo.examples.benchmark.result.Results;
import io.github.camelfifo.examples.benchmark.result.Sample;
import org.junit.jupiter.api.Test;

class GoalsTest {

    private final Results results = new Results();

    @Test
    void goalsThatWereNotMeasuredAreNotReached() {
        assertThat(new Goals(results).all()).isNotEmpty().noneMatch(Goal::isReached);
    }

    @Test
    void aTakeoverIsHeldAgainstAllButTheSlowestOfAHundred() {
        for (int millis = 1; millis <= 100; millis++) {
            results.add(new Sample(TakeoverRace.NAME, LineRaces.FIFO, TakeoverRace.TIME, "ms", 2 * millis));
        }

        Goal goal = new Goals(results).takeover();

        assertThat(goal.measured()).hasValue(198);
        assertThat(goal.isReached()).isTrue();
    }

    @Test
    void aFolderIsHeldAgainstOnePipeOfTheSameRound() {
        results.add(new Sample(FolderRace.NAME, FolderRace.FOLDER, FolderRace.ONE_WRITER, "lines/s", 84));
        results.add(new Sample(FolderRace.NAME, FolderRace.ONE_PIPE, FolderRace.ONE_WRITER, "lines/s", 100));

        Goal goal = new Goals(results).folder();

        assertThat(goal.measured()).hasValue(0.84);
        assertThat(goal.isReached()).isFalse();
    }

    @Test
    void theHighlightsAreOfWhatWasMeasuredWithTheGoalsOfTheirRows() {
        results.add(new Sample(LineRaces.LINES, LineRaces.FIFO, ThroughputRace.RATE, "lines/s", 1_449_486));
        results.add(new Sample(LineRaces.LINES, LineRaces.STREAM, ThroughputRace.RATE, "lines/s", 1_152_812));

        assertThat(Highlights.of(results)).singleElement().satisfies(row -> {
            assertThat(row.answer()).isEqualTo("1.4 million lines a second");
            assertThat(row.comparison()).isEqualTo("1.3 × camel-stream");
            assertThat(row.goals()).filteredOn(Goal::isReached).hasSize(1);
        });
    }

    @Test
    void thereAreNoMoreHighlightsThanAReaderTakesIn() throws Exception {
        assertThat(Highlights.of(everything()))
                .hasSize(8)
                .extracting(Highlight::question)
                .doesNotHaveDuplicates();
    }

    private Results everything() {
        for (String race : Races.names()) {
            for (String contestant : new String[] {
                LineRaces.FIFO, LineRaces.FIFO_ON_COMPLETION, FolderRace.FOLDER, PipeCounts.contestant(1000)
            }) {
                for (String measure :
                        new String[] {ThroughputRace.RATE, FolderRace.ONE_WRITER, IdleRace.CPU, "p50", TakeoverRace.TIME
                        }) {
                    results.add(new Sample(race, contestant, measure, "lines/s", 1));
                }
            }
        }
        return results;
    }
}
