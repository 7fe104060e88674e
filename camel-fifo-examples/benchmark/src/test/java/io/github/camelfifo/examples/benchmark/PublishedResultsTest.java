package io.github.camelfifo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.benchmark.result.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the pages say was measured is what was measured. After a run of the benchmark, bring the README up to date with
 *
 * <pre>mvn -pl camel-fifo-examples/benchmark -am test -Dtest=PublishedResultsTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dfifo.docs.update=true</pre>
 */
class PublishedResultsTest {

    private static final Path RESULTS = Path.of("results");
    private static final Path ROOT = Path.of("..", "..");
    private static final Path README = ROOT.resolve("README.md");
    private static final String START = "<!-- benchmark: START -->\n";
    private static final String END = "<!-- benchmark: END -->\n";
    private static final Pattern CHART = Pattern.compile("camel-fifo-examples/benchmark/results/[\\w-]+\\.svg");

    @Test
    void theReadmeHasTheSummaryAsItWasWritten() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf(START) + START.length();
        int end = readme.indexOf(END);
        String current =
                readme.substring(0, start) + Files.readString(RESULTS.resolve("summary.md")) + readme.substring(end);
        if (Boolean.getBoolean("fifo.docs.update")) {
            Files.writeString(README, current);
            return;
        }
        assertThat(readme)
                .as("%s; bring it up to date with -Dfifo.docs.update=true", README)
                .isEqualTo(current);
    }

    /** {@code --redraw} makes them so. */
    @Test
    void thePagesAndChartsAreMadeOfTheNumbers(@TempDir Path anew) throws IOException {
        Benchmark.write(Report.read(RESULTS), anew);

        assertThat(names(RESULTS)).isEqualTo(names(anew));
        for (String name : names(anew)) {
            assertThat(RESULTS.resolve(name)).hasSameTextualContentAs(anew.resolve(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "camel-fifo/src/main/docs/fifo-component.adoc"})
    void theChartsAreThere(String page) throws IOException {
        Stream<MatchResult> charts =
                CHART.matcher(Files.readString(ROOT.resolve(page))).results();

        assertThat(charts.map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(chart -> assertThat(ROOT.resolve(chart)).isRegularFile());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
