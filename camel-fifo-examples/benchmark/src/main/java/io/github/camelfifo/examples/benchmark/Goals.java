package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.result.Goal;
import io.github.camelfifo.examples.benchmark.result.Results;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What camel-fifo is to reach: each number from one and the same run. */
final class Goals {

    private static final String RATE = ThroughputRace.RATE;
    private static final String FIFO = LineRaces.FIFO;
    private static final String COMPLETION = LineRaces.FIFO_ON_COMPLETION;
    private static final String LINE = "a line an exchange";
    private static final String BATCHES = "batches of 1,000";
    private static final String PRODUCER = "producer, one message each";
    private static final String THOUSAND = PipeCounts.contestant(1000);

    private final Results results;

    Goals(Results results) {
        this.results = results;
    }

    /** Those of which at least one part was measured come with a number. */
    List<Goal> all() {
        return Stream.of(lines(), completion(), batches(), chunks(), messages(), latency(), manyPipes(), others())
                .flatMap(List::stream)
                .toList();
    }

    private List<Goal> lines() {
        Goal header =
                rate(LineRaces.HEADERS, FIFO, LineRaces.LIMIT, 0.95, "a line an exchange, with a header asked for");
        return List.of(noIo(), header.inRelationTo("no I/O"), camelStream());
    }

    Goal noIo() {
        return rate(LineRaces.LINES, FIFO, LineRaces.LIMIT, 0.95, LINE).inRelationTo("no I/O");
    }

    Goal camelStream() {
        return rate(LineRaces.LINES, FIFO, LineRaces.STREAM, 1.25, LINE).inRelationTo("camel-stream");
    }

    private List<Goal> completion() {
        Goal batches = rate(LineRaces.BATCHES, COMPLETION, FIFO, 0.7, "`ON_COMPLETION` in batches of 1,000");
        return List.of(onCompletion(), batches.inRelationTo("`ON_RECEIPT`"));
    }

    Goal onCompletion() {
        return rate(LineRaces.COMPLETION, COMPLETION, FIFO, 0.9, "`ON_COMPLETION`")
                .inRelationTo("`ON_RECEIPT`");
    }

    List<Goal> batches() {
        Goal reader = rate(LineRaces.BATCHES, FIFO, LineRaces.BUFFERED_READER, 2, BATCHES);
        Goal python = rate(LineRaces.BATCHES, FIFO, LineRaces.PYTHON, 3, BATCHES);
        return List.of(
                reader.inRelationTo("Java's `BufferedReader`"), python.inRelationTo("python's `for line in pipe`"));
    }

    private List<Goal> chunks() {
        return Stream.of(
                        rate(ByteRaces.SMALL, FIFO, ByteRaces.CAT, 0.9, "chunks from a pipe of 64 KiB"),
                        rate(ByteRaces.LARGE, FIFO, ByteRaces.CAT, 0.9, "chunks from a pipe of 1 MiB"))
                .map(goal -> goal.inRelationTo("`cat fifo >/dev/null`"))
                .toList();
    }

    private List<Goal> messages() {
        Goal limit = rate(WriteRaces.MESSAGES, FIFO, WriteRaces.LIMIT, 0.85, PRODUCER);
        return List.of(producer(), limit.inRelationTo("no I/O and one write(2)"));
    }

    Goal producer() {
        return rate(WriteRaces.MESSAGES, FIFO, WriteRaces.STREAM, 4, PRODUCER).inRelationTo("camel-stream");
    }

    private List<Goal> latency() {
        return List.of(latency("p50"), latency("p99"));
    }

    Goal latency(String measure) {
        OptionalDouble ratio = results.ratio(LatencyRace.STEADY, FIFO, LatencyRace.BLOCKED, measure);
        return Goal.atMost("latency " + measure, 1.1, "", ratio).inRelationTo("a Java thread in read(2)");
    }

    private List<Goal> manyPipes() {
        OptionalDouble busy = results.ratio(ManyRace.NAME, THOUSAND, PipeCounts.contestant(1), ManyRace.BUSY);
        return List.of(
                idleCpu(),
                Goal.atMost("1,000 idle FIFOs: threads in all", 4, "", ofIdle(IdleRace.THREADS)),
                Goal.atMost("1,000 idle FIFOs: heap of each beyond the first", 4096, "bytes", ofIdle(IdleRace.HEAP)),
                Goal.atLeast("1,000 busy FIFOs, a route each", 0.85, busy).inRelationTo("one"),
                folder(),
                folder(FolderRace.CATS, "a folder of 1,000 FIFOs with a `cat` for each"));
    }

    Goal idleCpu() {
        OptionalDouble cpu = difference(ofIdle(IdleRace.CPU), ofIdle(IdleRace.CPU_OF_DIRECT));
        return Goal.atMost("1,000 idle FIFOs: CPU in all", 1, "ms/s", cpu);
    }

    Goal folder() {
        return folder(FolderRace.ONE_WRITER, "a folder of 1,000 busy FIFOs");
    }

    Goal takeover() {
        return Goal.atMost(
                "takeover by a standby after kill -9, p99",
                200,
                "ms",
                results.percentile(TakeoverRace.NAME, FIFO, TakeoverRace.TIME, 99));
    }

    private List<Goal> others() {
        return List.of(
                takeover(),
                Goal.atMost("growth of a heap of 64 MB while all passes", 1.05, "", growth()),
                Goal.atMost("first FIFO ready, after only `direct:` would be", 350, "ms", ready()));
    }

    private Goal rate(String race, String contestant, String other, double bound, String subject) {
        return Goal.atLeast(subject, bound, results.ratio(race, contestant, other, RATE));
    }

    private Goal folder(String measure, String subject) {
        OptionalDouble ratio = results.ratio(FolderRace.NAME, FolderRace.FOLDER, FolderRace.ONE_PIPE, measure);
        return Goal.atLeast(subject, 0.85, ratio).inRelationTo("one");
    }

    private OptionalDouble ofIdle(String measure) {
        return results.median(IdleRace.NAME, THOUSAND, measure);
    }

    /** The largest heap of the second half in relation to the largest of the first. */
    private OptionalDouble growth() {
        double[] heap = results.values(MemoryRace.NAME, FIFO, MemoryRace.HEAP);
        int half = heap.length / 2;
        OptionalDouble before = Arrays.stream(heap, 0, half).max();
        OptionalDouble after = Arrays.stream(heap, half, heap.length).max();
        return before.isEmpty() ? before : OptionalDouble.of(after.getAsDouble() / before.getAsDouble());
    }

    private OptionalDouble ready() {
        return difference(
                results.median(StartRace.NAME, FIFO, StartRace.IN_ALL),
                results.median(StartRace.NAME, StartRace.DIRECT, StartRace.IN_ALL));
    }

    private static OptionalDouble difference(OptionalDouble of, OptionalDouble and) {
        return of.isPresent() && and.isPresent()
                ? OptionalDouble.of(of.getAsDouble() - and.getAsDouble())
                : OptionalDouble.empty();
    }
}
