package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {

    private static final List<Goal> GOALS = List.of(
            Goal.atLeast("half as fast", 0.5, OptionalDouble.of(0.4)),
            Goal.atMost("not too slow", 350, "ms", OptionalDouble.of(120.4)),
            Goal.atMost("something else", 4, "", OptionalDouble.empty()));

    @TempDir
    private Path folder;

    private final Results results = new Results();

    @Test
    void everyNumberIsInTheCsvFile() throws Exception {
        results.add(new Sample("lines", "us, \"fast\"", "rate", "lines/s", 1234.5));
        results.add(new Sample("lines", "them", "rate", "lines/s", 1e6));

        Report.write(results, GOALS, folder);

        assertThat(folder.resolve("results.csv")).hasContent("""
                race,contestant,measure,unit,value
                lines,"us, ""fast""\",rate,lines/s,1234.5
                lines,them,rate,lines/s,1000000.0
                """);
    }

    @Test
    void thePageHasTheMachineTheGoalsTheRacesAndWhoWasLeftOut() throws Exception {
        results.add(new Sample("lines", "us", "rate", "lines/s", 3_000_000));
        results.add(new Sample("lines", "us", "rate", "lines/s", 1_000_000));
        results.add(new Sample("lines", "them", "rate", "lines/s", 1_500_000));
        results.add(new Sample("lines", "them", "rate", "lines/s", 1_000_000));
        results.skip("lines", "others", "not installed");

        Report.write(results, GOALS, folder);

        assertThat(folder.resolve("README.md"))
                .content()
                .contains("cores " + Runtime.getRuntime().availableProcessors(), "Camel ", "Java ")
                .contains(
                        "| half as fast | at least 0.50 | 0.40 | **falls short** |",
                        "| not too slow | at most 350 ms | 120 ms | reached |",
                        "| something else | at most 4 | not measured |  |")
                .contains("## Lines", "![lines](lines.svg)")
                .contains(
                        "| us | rate | 2,000,000 lines/s | 1,000,000 | 3,000,000 | |",
                        "| them | rate | 1,250,000 lines/s | 1,000,000 | 1,500,000 | 1.50 |")
                .contains("- lines, others: not installed");
        assertThat(folder.resolve("summary.md"))
                .content()
                .contains("half as fast")
                .doesNotContain("## Lines");
    }

    @Test
    void aRaceWhoseMeasuresAreOfOneKindHasAChartWithItsContestants() throws Exception {
        results.add(new Sample("latency, of two", "us", "p50", "µs", 12));
        results.add(new Sample("latency, of two", "them", "p99", "µs", 34));
        results.add(new Sample("many", "us", "heap", "bytes", 12));
        results.add(new Sample("many", "us", "start", "ms", 12));

        Report.write(results, GOALS, folder);

        Document chart = parse(folder.resolve("latency-of-two.svg"));
        assertThat(chart.getDocumentElement().getLocalName()).isEqualTo("svg");
        assertThat(chart.getDocumentElement().getTextContent()).contains("us", "them", "p50", "p99", "34");
        assertThat(folder.resolve("many.svg")).doesNotExist();
        assertThat(Files.size(folder.resolve("latency-of-two.svg"))).isLessThan(50_000);
    }

    private static Document parse(Path svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        // what the document type stands for is on the network
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(svg.toFile());
    }
}
