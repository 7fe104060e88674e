package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.result.Comparison;
import io.github.camelfifo.examples.benchmark.result.Goal;
import io.github.camelfifo.examples.benchmark.result.Highlight;
import io.github.camelfifo.examples.benchmark.result.Quantity;
import io.github.camelfifo.examples.benchmark.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a user would ask for: the rows of the table in the project's README. */
final class Highlights {

    private static final String RATE = ThroughputRace.RATE;
    private static final String FIFO = LineRaces.FIFO;
    private static final String THOUSAND = PipeCounts.contestant(1000);

    private final Results results;
    private final Goals goals;
    private final List<Highlight> highlights = new ArrayList<>();

    private Highlights(Results results) {
        this.results = results;
        this.goals = new Goals(results);
    }

    /** Of what was measured. */
    static List<Highlight> of(Results results) {
        Highlights all = new Highlights(results);
        all.throughput();
        all.manyPipes();
        all.times();
        return List.copyOf(all.highlights);
    }

    private void throughput() {
        add(
                "reading, one exchange a line",
                number(LineRaces.LINES, FIFO, RATE),
                times(LineRaces.LINES, FIFO, LineRaces.STREAM, "camel-stream"),
                List.of(goals.noIo(), goals.camelStream()));
        add(
                "the same with `acknowledge=ON_COMPLETION`",
                number(LineRaces.COMPLETION, LineRaces.FIFO_ON_COMPLETION, RATE),
                times(LineRaces.COMPLETION, LineRaces.FIFO_ON_COMPLETION, FIFO, "`ON_RECEIPT`"),
                List.of(goals.onCompletion()));
        add(
                "reading in batches of up to 1,000 lines",
                number(LineRaces.BATCHES, FIFO, RATE),
                and(List.of(
                        times(LineRaces.BATCHES, FIFO, LineRaces.BUFFERED_READER, "Java `BufferedReader`"),
                        times(LineRaces.BATCHES, FIFO, LineRaces.PYTHON, "python3"))),
                goals.batches());
        add(
                "writing, one message a line",
                number(WriteRaces.MESSAGES, FIFO, RATE),
                times(WriteRaces.MESSAGES, FIFO, WriteRaces.STREAM, "camel-stream"),
                List.of(goals.producer()));
    }

    private void manyPipes() {
        add(
                "reading from a folder of 1,000 busy pipes",
                number(FolderRace.NAME, FolderRace.FOLDER, FolderRace.ONE_WRITER),
                ratio(FolderRace.NAME, FolderRace.FOLDER, FolderRace.ONE_PIPE, FolderRace.ONE_WRITER)
                        .map(factor -> factor + " × one pipe"),
                List.of(goals.folder()));
        Optional<String> idle = and(List.of(
                number(IdleRace.NAME, THOUSAND, IdleRace.CPU).map(cpu -> cpu + " of CPU"),
                number(IdleRace.NAME, THOUSAND, IdleRace.THREADS).map(threads -> threads + " threads")));
        add(
                "1,000 idle pipes",
                idle,
                number(IdleRace.NAME, THOUSAND, IdleRace.CPU_OF_DIRECT)
                        .map(cpu -> "as many `direct:` routes: " + cpu + " of CPU"),
                List.of(goals.idleCpu()));
    }

    private void times() {
        add(
                "from write(2) to the route, median",
                number(LatencyRace.STEADY, FIFO, "p50"),
                results(LatencyRace.STEADY, FIFO, LineRaces.STREAM, "p50")
                        .map(ratio -> Comparison.sooner(ratio) + " camel-stream"),
                List.of(goals.latency("p50")));
        OptionalDouble takeover = results.percentile(TakeoverRace.NAME, FIFO, TakeoverRace.TIME, 99);
        add(
                "from kill -9 to the first line in a standby's route, p99",
                takeover.isPresent() ? Optional.of(Quantity.text(takeover.getAsDouble(), "ms")) : Optional.empty(),
                number(TakeoverRace.NAME, FIFO, TakeoverRace.TIME).map(median -> "median: " + median),
                List.of(goals.takeover()));
    }

    private void add(String question, Optional<String> answer, Optional<String> comparison, List<Goal> held) {
        answer.ifPresent(text -> highlights.add(new Highlight(question, text, comparison.orElse(""), held)));
    }

    private Optional<String> number(String race, String contestant, String measure) {
        return Quantity.of(results, race, contestant, measure);
    }

    private Optional<String> times(String race, String contestant, String other, String name) {
        return ratio(race, contestant, other, RATE).map(factor -> factor + " × " + name);
    }

    private Optional<String> ratio(String race, String contestant, String other, String measure) {
        return results(race, contestant, other, measure).map(Comparison::factor);
    }

    private Optional<Double> results(String race, String contestant, String other, String measure) {
        return results.ratio(race, contestant, other, measure).stream().boxed().findFirst();
    }

    private static Optional<String> and(List<Optional<String>> parts) {
        String text = parts.stream().flatMap(Optional::stream).collect(Collectors.joining(", "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
