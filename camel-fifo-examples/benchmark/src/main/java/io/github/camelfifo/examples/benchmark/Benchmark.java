package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.result.Findings;
import io.github.camelfifo.examples.benchmark.result.Report;
import io.github.camelfifo.examples.benchmark.result.Results;
import io.github.camelfifo.examples.benchmark.result.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the races and writes what they gave. */
@Command(
        name = "benchmark",
        description = "Races camel-fifo against what one would take instead, and against the limit.")
public final class Benchmark implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "RACE",
            description = "Which races, all by default: ${COMPLETION-CANDIDATES}",
            completionCandidates = RaceNames.class)
    private List<String> names = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(names = "--quick", description = "A few minutes instead of 25; the numbers are rough.")
    private boolean quick;

    @Option(names = "--redraw", description = "Races nothing: makes the pages anew of results.csv in the folder.")
    private boolean redraws;

    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds of each race.")
    private Integer rounds;

    @Option(names = "--gigabytes", paramLabel = "N", description = "How much passes in the race for memory.")
    private Integer gigabytes;

    @Option(
            names = "--results",
            paramLabel = "FOLDER",
            defaultValue = "camel-fifo-examples/benchmark/results",
            description = "Where the results are written to, over what is there: ${DEFAULT-VALUE}")
    private Path folder;

    private Benchmark() {}

    /**
     * Ends with exit code 0 when all races could be run.
     *
     * @param args as {@code --help} says
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (redraws) {
            write(Report.read(folder), folder);
        } else {
            run(Races.named(names), plan(), folder, System.out::println);
        }
        return 0;
    }

    static void run(List<Race> races, Plan plan, Path folder, Consumer<String> log) throws Exception {
        List<Exception> failures = new ArrayList<>();
        Run run = Run.here(new Results(), plan.rounds());
        try (Arena arena = new Arena(plan, run.results(), log)) {
            for (Race race : races) {
                arena.say(race.name());
                long start = System.nanoTime();
                try {
                    race.run(arena);
                } catch (Exception e) {
                    // the others race all the same: a run takes its time
                    arena.skip(race.name(), "all or some", e);
                    failures.add(e);
                }
                arena.say("  took %.0f s".formatted((System.nanoTime() - start) / 1e9));
                write(run, folder);
            }
            arena.say("Written to %s".formatted(folder.toAbsolutePath()));
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    static void write(Run run, Path folder) throws IOException {
        Report.write(run, findings(run.results()), folder);
    }

    static Findings findings(Results results) {
        return new Findings(new Goals(results).all(), Highlights.of(results), Figures.of(results));
    }

    private Plan plan() {
        Plan plan = quick ? Plan.quick() : Plan.full();
        if (rounds != null) {
            plan = plan.withRounds(rounds);
        }
        return gigabytes == null ? plan : plan.withMemoryPortions(gigabytes);
    }

    /** For the help. */
    static final class RaceNames implements Iterable<String> {

        @Override
        public java.util.Iterator<String> iterator() {
            return Races.names().iterator();
        }
    }
}
