package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages say was measured is what was measured. */
class PublishedResultsTest {

    private static final Path RESULTS = Path.of("results");
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern CHART = Pattern.compile("camel-fifo-examples/benchmark/results/[\\w-]+\\.svg");

    @Test
    void theReadmeHasTheTableOfTheGoalsAsItWasWritten() throws IOException {
        List<String> summary = Files.readAllLines(RESULTS.resolve("summary.md"));

        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).containsSubsequence(summary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "camel-fifo/src/main/docs/fifo-component.adoc"})
    void theChartsAreThere(String page) throws IOException {
        Matcher charts = CHART.matcher(Files.readString(ROOT.resolve(page)));

        assertThat(charts.results().map(chart -> chart.group()))
                .isNotEmpty()
                .allSatisfy(chart -> assertThat(ROOT.resolve(chart)).isRegularFile());
    }
}
