package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.result.Goal;
import io.github.camelfifo.examples.benchmark.result.Results;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What camel-fifo is to reach: each number from one and the same run. */
final class Goals {

    private static final String RATE = ThroughputRace.RATE;
    private static final String FIFO = LineRaces.FIFO;
    private static final String THOUSAND = PipeCounts.contestant(1000);

    private final Results results;

    private Goals(Results results) {
        this.results = results;
    }

    /** Those of which at least one part was measured come with a number. */
    static List<Goal> of(Results results) {
        Goals goals = new Goals(results);
        return List.of(
                Goal.atLeast(
                        "a line an exchange, in relation to no I/O",
                        0.95,
                        goals.rate(LineRaces.LINES, FIFO, LineRaces.LIMIT)),
                Goal.atLeast(
                        "the same, with a route that asks for a header",
                        0.95,
                        goals.rate(LineRaces.HEADERS, FIFO, LineRaces.LIMIT)),
                Goal.atLeast(
                        "a line an exchange, in relation to camel-stream",
                        1.25,
                        goals.rate(LineRaces.LINES, FIFO, LineRaces.STREAM)),
                Goal.atLeast(
                        "`ON_COMPLETION`, in relation to `ON_RECEIPT`",
                        0.8,
                        goals.rate(LineRaces.COMPLETION, LineRaces.FIFO_ON_COMPLETION, FIFO)),
                Goal.atLeast(
                        "batches of 1,000, in relation to Java's `BufferedReader`",
                        2,
                        goals.rate(LineRaces.BATCHES, FIFO, LineRaces.BUFFERED_READER)),
                Goal.atLeast(
                        "batches of 1,000, in relation to python's `for line in pipe`",
                        3,
                        goals.rate(LineRaces.BATCHES, FIFO, LineRaces.PYTHON)),
                Goal.atLeast(
                        "chunks, in relation to `cat fifo >/dev/null`, pipe of 64 KiB",
                        0.9,
                        goals.rate(ByteRaces.SMALL, FIFO, ByteRaces.CAT)),
                Goal.atLeast(
                        "chunks, in relation to `cat fifo >/dev/null`, pipe of 1 MiB",
                        0.9,
                        goals.rate(ByteRaces.LARGE, FIFO, ByteRaces.CAT)),
                Goal.atLeast(
                        "producer, one message each, in relation to camel-stream",
                        4,
                        goals.rate(WriteRaces.MESSAGES, FIFO, WriteRaces.STREAM)),
                Goal.atLeast(
                        "producer, in relation to no I/O and one write(2)",
                        0.8,
                        goals.rate(WriteRaces.MESSAGES, FIFO, WriteRaces.LIMIT)),
                goals.latency("p50"),
                goals.latency("p99"),
                Goal.atMost("1,000 idle FIFOs: CPU in all", 1, "ms/s", goals.idle()),
                Goal.atMost("1,000 idle FIFOs: threads in all", 4, "", goals.ofIdle(IdleRace.THREADS)),
                Goal.atMost(
                        "1,000 idle FIFOs: heap of each beyond the first", 4096, "bytes", goals.ofIdle(IdleRace.HEAP)),
                Goal.atLeast("1,000 busy FIFOs, in relation to one", 0.85, goals.busy()),
                Goal.atMost("growth of a heap of 64 MB while all passes", 1.05, "", goals.growth()),
                Goal.atMost("first FIFO ready, after only `direct:` would be", 350, "ms", goals.ready()));
    }

    private OptionalDouble rate(String race, String contestant, String other) {
        return results.ratio(race, contestant, other, RATE);
    }

    private Goal latency(String measure) {
        return Goal.atMost(
                "latency " + measure + ", in relation to a Java thread in read(2)",
                1.1,
                "",
                results.ratio(LatencyRace.STEADY, FIFO, LatencyRace.BLOCKED, measure));
    }

    private OptionalDouble idle() {
        return difference(ofIdle(IdleRace.CPU), ofIdle(IdleRace.CPU_OF_DIRECT));
    }

    private OptionalDouble ofIdle(String measure) {
        return results.median(IdleRace.NAME, THOUSAND, measure);
    }

    private OptionalDouble busy() {
        return results.ratio(ManyRace.NAME, THOUSAND, PipeCounts.contestant(1), ManyRace.BUSY);
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
