package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.result.Comparison;
import io.github.camelfifo.examples.benchmark.result.Figure;
import io.github.camelfifo.examples.benchmark.result.Figure.Group;
import io.github.camelfifo.examples.benchmark.result.Figure.Row;
import io.github.camelfifo.examples.benchmark.result.Figure.Side;
import io.github.camelfifo.examples.benchmark.result.Quantity;
import io.github.camelfifo.examples.benchmark.result.Results;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The charts: one for each question, of contestants who do the same, with the finding as the title. */
final class Figures {

    private static final String RATE = ThroughputRace.RATE;
    private static final String FIFO = LineRaces.FIFO;

    private final Results results;

    private Figures(Results results) {
        this.results = results;
    }

    /** Of the questions that were measured. */
    static List<Figure> of(Results results) {
        Figures all = new Figures(results);
        return Stream.of(
                        all.lines(),
                        all.batches(),
                        all.bytes(),
                        all.messages(),
                        all.lists(),
                        all.latency(),
                        all.folder())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Figure> lines() {
        String title = ratio(LineRaces.LINES, FIFO, LineRaces.STREAM, RATE)
                .map(ratio -> "camel-fifo reads %s lines a second as camel-stream".formatted(Comparison.asMany(ratio)))
                .orElse("Lines a second");
        String note =
                "One exchange a line. Dashed: the ceiling, the same route with lines that exist already, and no I/O.";
        return figure(
                LineRaces.LINES,
                RATE,
                "lines",
                title,
                note,
                bars(
                        "",
                        LineRaces.LINES,
                        RATE,
                        List.of(
                                ours(FIFO),
                                others(LineRaces.STREAM),
                                others(LineRaces.SYSLOG_NG),
                                ceiling(LineRaces.LIMIT))));
    }

    private Optional<Figure> batches() {
        String than = Stream.of(LineRaces.BUFFERED_READER, LineRaces.PYTHON)
                .flatMap(other -> ratio(LineRaces.BATCHES, FIFO, other, RATE)
                        .map(ratio -> "%s as %s".formatted(Comparison.asMany(ratio), other))
                        .stream())
                .collect(Collectors.joining(", and "))
                .replaceFirst("as many", "as many lines a second");
        return figure(
                LineRaces.BATCHES,
                RATE,
                "batches",
                "In batches, camel-fifo reads " + than,
                "Up to 1,000 lines an exchange, beside loops over lines. Dashed: wc only counts the ends of lines.",
                bars(
                        "",
                        LineRaces.BATCHES,
                        RATE,
                        List.of(
                                ours(FIFO),
                                otherwise(LineRaces.FIFO_ON_COMPLETION),
                                others(LineRaces.BUFFERED_READER),
                                others(LineRaces.PYTHON),
                                ceiling(LineRaces.WC))));
    }

    private Optional<Figure> bytes() {
        String than = Stream.of(ByteRaces.SMALL, ByteRaces.LARGE)
                .flatMap(race -> ratio(race, FIFO, ByteRaces.CAT, RATE)
                        .map(ratio -> "%s in %s".formatted(Comparison.asMany(ratio), race))
                        .stream())
                .collect(Collectors.joining(", and "))
                .replaceFirst("as many", "as many bytes a second as cat");
        List<Participant> contestants =
                List.of(ours(FIFO), others(ByteRaces.CAT), others(ByteRaces.DD), others(ByteRaces.FILE_INPUT_STREAM));
        return figure(
                ByteRaces.SMALL,
                RATE,
                "bytes",
                "camel-fifo reads " + than,
                "Bytes in chunks, from a pipe as large as a chunk.",
                bars("Chunks of 64 KiB", ByteRaces.SMALL, RATE, contestants),
                bars("Chunks of 1 MiB", ByteRaces.LARGE, RATE, contestants));
    }

    private Optional<Figure> messages() {
        String title = ratio(WriteRaces.MESSAGES, FIFO, WriteRaces.STREAM, RATE)
                .map(ratio ->
                        "camel-fifo writes %s messages a second as camel-stream".formatted(Comparison.asMany(ratio)))
                .orElse("Messages written a second");
        return figure(
                WriteRaces.MESSAGES,
                RATE,
                "messages",
                title,
                "A line each, read by cat. Dashed: the ceiling, a producer that only writes bytes that exist already.",
                bars(
                        "",
                        WriteRaces.MESSAGES,
                        RATE,
                        List.of(ours(FIFO), others(WriteRaces.STREAM), ceiling(WriteRaces.LIMIT))));
    }

    private Optional<Figure> lists() {
        String title = ratio(WriteRaces.LISTS, FIFO, WriteRaces.BUFFERED_WRITER, RATE)
                .map(ratio -> "In lists, camel-fifo writes %s lines a second as Java BufferedWriter"
                        .formatted(Comparison.asMany(ratio)))
                .orElse("Lines written a second, in lists");
        return figure(
                WriteRaces.LISTS,
                RATE,
                "lists",
                title,
                "1,000 lines a message, beside a loop that writes and flushes as many.",
                bars("", WriteRaces.LISTS, RATE, List.of(ours(FIFO), others(WriteRaces.BUFFERED_WRITER))));
    }

    private Optional<Figure> latency() {
        String after = Quantity.of(results, LatencyRace.STEADY, FIFO, "p50").orElse("");
        String title = ratio(LatencyRace.STEADY, FIFO, LineRaces.STREAM, "p50")
                .map(ratio -> "A line is in the route after %s, %s with camel-stream"
                        .formatted(after, Comparison.sooner(ratio)))
                .orElse("A line is in the route after " + after);
        List<Participant> contestants = List.of(
                ours(FIFO),
                otherwise(LatencyRace.ON_COMPLETION),
                others(LineRaces.STREAM),
                ceiling(LatencyRace.BLOCKED),
                ceiling(LatencyRace.POLLING));
        return figure(
                LatencyRace.STEADY,
                "p50",
                "latency",
                title,
                "From write(2) to the route, 1,000 lines a second. Dot: median; ring: 99th percentile."
                        + " The threads in Java do nothing with a line.",
                ranges("A line each millisecond", LatencyRace.STEADY, contestants),
                ranges("A hundred lines at once", LatencyRace.BURSTS, contestants));
    }

    private Optional<Figure> folder() {
        String title = ratio(FolderRace.NAME, FolderRace.FOLDER, FolderRace.ONE_PIPE, FolderRace.ONE_WRITER)
                .map(ratio -> "From 1,000 pipes of a folder, one consumer reads %s lines a second as from one"
                        .formatted(Comparison.asMany(ratio)))
                .orElse("Lines a second from a folder");
        List<Participant> contestants = List.of(ours(FolderRace.FOLDER), others(FolderRace.ONE_PIPE));
        return figure(
                FolderRace.NAME,
                FolderRace.ONE_WRITER,
                "folder",
                title,
                "All pipes are busy. One exchange a line.",
                bars("One thread writes to all", FolderRace.NAME, FolderRace.ONE_WRITER, contestants),
                bars("A cat for each pipe", FolderRace.NAME, FolderRace.CATS, contestants));
    }

    /** Empty unless we are compared with somebody. */
    private Optional<Figure> figure(
            String race, String measure, String file, String title, String note, Group... groups) {
        List<Group> measured =
                Stream.of(groups).filter(group -> group.rows().size() > 1).toList();
        boolean isOurs =
                measured.stream().allMatch(group -> group.rows().stream().anyMatch(row -> row.side() == Side.OURS));
        if (measured.isEmpty() || !isOurs) {
            return Optional.empty();
        }
        return Optional.of(new Figure(race, file, title, note, results.unit(race, measure), measured));
    }

    /** The most first. */
    private Group bars(String heading, String race, String measure, List<Participant> contestants) {
        return new Group(heading, rows(race, List.of(measure), contestants, Comparator.reverseOrder()));
    }

    /** The soonest first. */
    private Group ranges(String heading, String race, List<Participant> contestants) {
        return new Group(heading, rows(race, List.of("p50", "p99"), contestants, Comparator.naturalOrder()));
    }

    private List<Row> rows(
            String race, List<String> measures, List<Participant> contestants, Comparator<Double> order) {
        return contestants.stream()
                .map(one -> new Row(
                        one.name(),
                        one.side(),
                        measures.stream()
                                .map(measure -> results.measured(race, one.name(), measure))
                                .flatMap(Optional::stream)
                                .toList()))
                .filter(row -> row.numbers().size() == measures.size())
                .sorted(Comparator.comparing((Row row) -> row.numbers().get(0).median(), order))
                .toList();
    }

    private Optional<Double> ratio(String race, String contestant, String other, String measure) {
        return results.ratio(race, contestant, other, measure).stream().boxed().findFirst();
    }

    private record Participant(String name, Side side) {}

    private static Participant ours(String name) {
        return new Participant(name, Side.OURS);
    }

    private static Participant otherwise(String name) {
        return new Participant(name, Side.OURS_OTHERWISE);
    }

    private static Participant others(String name) {
        return new Participant(name, Side.OTHERS);
    }

    private static Participant ceiling(String name) {
        return new Participant(name, Side.CEILING);
    }
}
