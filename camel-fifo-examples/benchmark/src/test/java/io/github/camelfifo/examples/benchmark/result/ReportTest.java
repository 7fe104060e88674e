package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Goal MISSED =
            Goal.atLeast("our speed", 0.5, OptionalDouble.of(0.4)).inRelationTo("theirs");
    private static final Goal REACHED = Goal.atMost("not too slow", 350, "ms", OptionalDouble.of(120.4));
    private static final Goal UNKNOWN = Goal.atMost("something else", 4, "", OptionalDouble.empty());

    @TempDir
    private Path folder;

    private final Results results = new Results();
    private final Run run = Run.here(results, 5);

    @Test
    void thePageHasTheMachineTheGoalsTheRacesAndWhoWasLeftOut() throws Exception {
        results.add(new Sample("lines", "us", "rate", "lines/s", 3_000_000));
        results.add(new Sample("lines", "us", "rate", "lines/s", 1_000_000));
        results.add(new Sample("lines", "them", "rate", "lines/s", 1_500_000));
        results.add(new Sample("lines", "them", "rate", "lines/s", 1_000_000));
        results.skip("lines", "others", "not installed");

        write(List.of(), List.of());

        assertThat(folder.resolve("README.md"))
                .content()
                .contains("cores " + Runtime.getRuntime().availableProcessors(), "Camel ", "Java ", "rounds 5")
                .contains(
                        "| our speed, in relation to theirs | at least 0.50 | 0.40 | **falls short** |",
                        "| not too slow | at most 350 ms | 120 ms | reached |",
                        "| something else | at most 4 | not measured |  |")
                .contains("## Lines")
                .contains(
                        "| us | rate | 2,000,000 lines/s | 1,000,000 | 3,000,000 | |",
                        "| them | rate | 1,250,000 lines/s | 1,000,000 | 1,500,000 | 1.50 |")
                .contains("- lines, others: not installed");
    }

    @Test
    void aChartIsInTheSectionOfItsRaceWithWhatWasFoundAsItsName() throws Exception {
        results.add(new Sample("lines", "us", "rate", "lines/s", 3_000_000));
        Figure figure = ChartTest.bars("We are faster", ChartTest.row("us", Figure.Side.OURS, 3e6));

        write(List.of(), List.of(figure));

        assertThat(folder.resolve("README.md")).content().contains("## Lines\n\n![We are faster](file.svg)\n");
        assertThat(folder.resolve("file.svg")).content().contains("We are faster");
    }

    @Test
    void theSummaryHasARowForEachQuestionAndSaysInASentenceWhatFallsShort() throws Exception {
        write(
                List.of(
                        new Highlight("reading", "1.4 million", "1.2 × others", List.of(MISSED, REACHED)),
                        new Highlight("writing", "17", "", List.of(UNKNOWN))),
                List.of());

        assertThat(folder.resolve("summary.md"))
                .content()
                .contains("| reading | 1.4 million | 1.2 × others |\n| writing | 17 |  |\n")
                .contains("Short of their goals: our speed, 0.40 × theirs (goal: at least 0.50).\n")
                .contains("Measured: ");
    }

    @Test
    void nothingIsSaidToFallShortWhenNothingDoes() throws Exception {
        write(List.of(new Highlight("reading", "1.4 million", "", List.of(REACHED, UNKNOWN))), List.of());

        assertThat(folder.resolve("summary.md")).content().doesNotContain("Short of");
    }

    @Test
    void whatWasWrittenCanBeReadBack() throws Exception {
        results.add(new Sample("lines", "us", "rate", "lines/s", 1234.5));

        write(List.of(), List.of());

        assertThat(Report.read(folder).results().samples()).isEqualTo(results.samples());
    }

    private void write(List<Highlight> highlights, List<Figure> figures) throws Exception {
        Report.write(run, new Findings(List.of(MISSED, REACHED, UNKNOWN), highlights, figures), folder);
    }
}
