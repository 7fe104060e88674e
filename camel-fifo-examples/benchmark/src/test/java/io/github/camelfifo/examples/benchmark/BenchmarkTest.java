package io.github.camelfifo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.examples.benchmark.result.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs races for real, with next to nothing to do. */
@EnabledIfSystemProperty(
        named = "fifo.ci",
        matches = "true",
        disabledReason = "takes half a minute; .ci/run has -Dfifo.ci=true")
class BenchmarkTest {

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "headers",
                "producer of",
                "latency in",
                "many",
                "folder",
                "idle",
                "standby",
                "takeover",
                "memory",
                "start"
            })
    void aRaceLeavesNumbersOfEveryContestant(String race) throws Exception {
        Benchmark.run(Races.named(List.of(race)), Plan.tiny(), folder, said::add);

        assertThat(said).noneMatch(line -> line.contains("skipped"));
        assertThat(Files.readAllLines(folder.resolve("results.csv"))).hasSizeGreaterThan(2);
        assertThat(folder.resolve("README.md")).content().containsIgnoringCase(race);
    }

    @Test
    void aContestantThatCannotBeHadIsLeftOutAndTheOthersRace() throws Exception {
        Race race = new ThroughputRace("race", "passes/s", new ThroughputRace.Field() {
            @Override
            public double amount(Arena arena) {
                return 2;
            }

            @Override
            public java.util.Map<String, Contestant.Entry> entries(Arena arena) {
                return java.util.Map.of(
                        "here",
                        () -> () -> 0.5,
                        "missing",
                        () -> {
                            throw new IllegalStateException("not installed");
                        },
                        "failing",
                        () -> () -> {
                            throw new IllegalStateException("fell over");
                        });
            }
        });
        Results results = new Results();
        try (Arena arena = new Arena(Plan.tiny(), results, said::add)) {
            race.run(arena);
        }

        assertThat(results.values("race", "here", ThroughputRace.RATE)).containsExactly(4);
        assertThat(results.skipped())
                .extracting(Results.Skipped::contestant, Results.Skipped::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.api.Assertions.tuple("missing", "not installed"),
                        org.assertj.core.api.Assertions.tuple("failing", "fell over"));
    }

    @Test
    void aRaceThatFailsIsNamedAndTheNextOneIsRun() {
        Race failing = new FixedRace("falls over", arena -> {
            throw new IllegalStateException("out of breath");
        });
        Race other = new FixedRace("goes on", arena -> arena.add("goes on", "us", "rate", "lines/s", 1));

        assertThatThrownBy(() -> Benchmark.run(List.of(failing, other), Plan.tiny(), folder, said::add))
                .hasMessage("out of breath");
        assertThat(folder.resolve("README.md")).content().contains("## Goes on", "- falls over, all or some: out of");
    }

    private record FixedRace(String name, Runner runner) implements Race {

        interface Runner {
            void run(Arena arena) throws Exception;
        }

        @Override
        public void run(Arena arena) throws Exception {
            runner.run(arena);
        }
    }

    @Test
    void aRaceThatThereIsNotIsRefusedByName() {
        assertThatThrownBy(() -> Races.named(List.of("chess")))
                .hasMessageContaining("chess")
                .hasMessageContaining("lines");
    }
}
