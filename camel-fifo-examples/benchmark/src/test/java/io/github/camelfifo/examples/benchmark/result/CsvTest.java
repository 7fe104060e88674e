package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static final String TEXT = """
            # CPU: Some(R): 3 GHz
            # cores: 2
            # left out: lines; syslog-ng; not installed; or not found
            race,contestant,measure,unit,value
            lines,"us, ""fast""\",rate,lines/s,1234.5
            idle,them,threads,,4.0
            """;

    @Test
    void everyNumberIsOnALineAfterWhatIsToBeKnownOfTheRun() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("CPU", "Some(R): 3 GHz");
        facts.put("cores", "2");
        Results results = new Results();
        results.add(new Sample("lines", "us, \"fast\"", "rate", "lines/s", 1234.5));
        results.add(new Sample("idle", "them", "threads", "", 4));
        results.skip("lines", "syslog-ng", "not installed;\n or not found");

        assertThat(Csv.of(new Run(facts, results))).isEqualTo(TEXT);
    }

    @Test
    void aRunIsReadBackAsItWas() {
        Run run = Csv.read(TEXT);

        assertThat(run.facts()).containsExactly(Map.entry("CPU", "Some(R): 3 GHz"), Map.entry("cores", "2"));
        assertThat(run.results().samples())
                .containsExactly(
                        new Sample("lines", "us, \"fast\"", "rate", "lines/s", 1234.5),
                        new Sample("idle", "them", "threads", "", 4));
        assertThat(run.results().skipped())
                .containsExactly(new Results.Skipped("lines", "syslog-ng", "not installed; or not found"));
        assertThat(Csv.of(run)).isEqualTo(TEXT);
    }
}
