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
        String header = "a line an exchange, with a route that asks for a header, in relation to no I/O";
        return List.of(noIo(), rate(header, 0.95, LineRaces.HEADERS, FIFO, LineRaces.LIMIT), camelStream());
    }

    Goal noIo() {
        return rate("a line an exchange, in relation to no I/O", 0.95, LineRaces.LINES, FIFO, LineRaces.LIMIT);
    }

    Goal camelStream() {
        return rate("a line an exchange, in relation to camel-stream", 1.25, LineRaces.LINES, FIFO, LineRaces.STREAM);
    }

    private List<Goal> completion() {
        String batches = "`ON_COMPLETION` in batches of 1,000, in relation to `ON_RECEIPT`";
        return List.of(onCompletion(), rate(batches, 0.7, LineRaces.BATCHES, COMPLETION, FIFO));
    }

    Goal onCompletion() {
        return rate("`ON_COMPLETION`, in relation to `ON_RECEIPT`", 0.9, LineRaces.COMPLETION, COMPLETION, FIFO);
    }

    List<Goal> batches() {
        String reader = "batches of 1,000, in relation to Java's `BufferedReader`";
        String python = "batches of 1,000, in relation to python's `for line in pipe`";
        return List.of(
                rate(reader, 2, LineRaces.BATCHES, FIFO, LineRaces.BUFFERED_READER),
                rate(python, 3, LineRaces.BATCHES, FIFO, LineRaces.PYTHON));
    }

    private List<Goal> chunks() {
        String what = "chunks, in relation to `cat fifo >/dev/null`, pipe of ";
        return List.of(
                rate(what + "64 KiB", 0.9, ByteRaces.SMALL, FIFO, ByteRaces.CAT),
                rate(what + "1 MiB", 0.9, ByteRaces.LARGE, FIFO, ByteRaces.CAT));
    }

    private List<Goal> messages() {
        String limit = "producer, in relation to no I/O and one write(2)";
        return List.of(producer(), rate(limit, 0.85, WriteRaces.MESSAGES, FIFO, WriteRaces.LIMIT));
    }

    Goal producer() {
        String what = "producer, one message each, in relation to camel-stream";
        return rate(what, 4, WriteRaces.MESSAGES, FIFO, WriteRaces.STREAM);
    }

    private List<Goal> latency() {
        return List.of(latency("p50"), latency("p99"));
    }

    Goal latency(String measure) {
        String what = "latency " + measure + ", in relation to a Java thread in read(2)";
        OptionalDouble ratio = results.ratio(LatencyRace.STEADY, FIFO, LatencyRace.BLOCKED, measure);
        return Goal.atMost(what, 1.1, "", ratio);
    }

    private List<Goal> manyPipes() {
        return List.of(
                idleCpu(),
                Goal.atMost("1,000 idle FIFOs: threads in all", 4, "", ofIdle(IdleRace.THREADS)),
                Goal.atMost("1,000 idle FIFOs: heap of each beyond the first", 4096, "bytes", ofIdle(IdleRace.HEAP)),
                Goal.atLeast(
                        "1,000 busy FIFOs, a route each, in relation to one",
                        0.85,
                        results.ratio(ManyRace.NAME, THOUSAND, PipeCounts.contestant(1), ManyRace.BUSY)),
                folder(),
                folder("a folder of 1,000 FIFOs with a `cat` for each, in relation to one", FolderRace.CATS));
    }

    Goal idleCpu() {
        OptionalDouble cpu = difference(ofIdle(IdleRace.CPU), ofIdle(IdleRace.CPU_OF_DIRECT));
        return Goal.atMost("1,000 idle FIFOs: CPU in all", 1, "ms/s", cpu);
    }

    Goal folder() {
        return folder("a folder of 1,000 busy FIFOs, in relation to one", FolderRace.ONE_WRITER);
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

    private Goal rate(String what, double bound, String race, String contestant, String other) {
        return Goal.atLeast(what, bound, results.ratio(race, contestant, other, RATE));
    }

    private Goal folder(String what, String measure) {
        return Goal.atLeast(
                what, 0.85, results.ratio(FolderRace.NAME, FolderRace.FOLDER, FolderRace.ONE_PIPE, measure));
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
