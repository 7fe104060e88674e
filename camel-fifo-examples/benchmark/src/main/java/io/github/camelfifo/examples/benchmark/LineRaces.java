package io.github.camelfifo.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** The races of lines that are read from a pipe. */
final class LineRaces {

    static final String LINES = "lines";
    static final String HEADERS = "headers";
    static final String COMPLETION = "completion";
    static final String BATCHES = "batches";

    static final String FIFO = "camel-fifo";
    static final String FIFO_ON_COMPLETION = "camel-fifo ON_COMPLETION";
    static final String LIMIT = "no I/O";
    static final String STREAM = "camel-stream";
    static final String BUFFERED_READER = "Java BufferedReader";
    static final String PYTHON = "python3";
    static final String WC = "wc -l";
    static final String SYSLOG_NG = "syslog-ng";

    private static final String UNIT = "lines/s";
    private static final String PYTHON_LOOP = "import sys\nfor line in open(sys.argv[1]): pass";

    private LineRaces() {}

    /** One exchange a line, beside who handles each line too. */
    static Race lines() {
        return race(LINES, arena -> {
            Map<String, Contestant.Entry> entries = new LinkedHashMap<>();
            entries.put(FIFO, () -> fifo(arena, "", "lines"));
            entries.put(LIMIT, () -> limit(arena, "lines"));
            entries.put(STREAM, () -> stream(arena, "lines"));
            entries.put(SYSLOG_NG, () -> syslogNg(arena));
            return entries;
        });
    }

    /** The same with a route that asks for a header. */
    static Race headers() {
        return race(HEADERS, arena -> {
            Map<String, Contestant.Entry> entries = new LinkedHashMap<>();
            entries.put(FIFO, () -> fifo(arena, "", "headers"));
            entries.put(LIMIT, () -> limit(arena, "headers"));
            return entries;
        });
    }

    /** Bytes leave the kernel when they are read, or when the exchange is done. */
    static Race completion() {
        return race(COMPLETION, arena -> {
            Map<String, Contestant.Entry> entries = new LinkedHashMap<>();
            entries.put(FIFO_ON_COMPLETION, () -> fifo(arena, "?acknowledge=ON_COMPLETION", "lines"));
            entries.put(FIFO, () -> fifo(arena, "", "lines"));
            return entries;
        });
    }

    /** Up to 1,000 lines an exchange, beside who does nothing with each line. */
    static Race batches() {
        return new ThroughputRace(BATCHES, UNIT, new ThroughputRace.Field() {
            @Override
            public double amount(Arena arena) {
                return batched(arena).lines();
            }

            @Override
            public Map<String, Contestant.Entry> entries(Arena arena) {
                Feed feed = batched(arena);
                Map<String, Contestant.Entry> entries = new LinkedHashMap<>();
                entries.put(FIFO, () -> fifo(arena, "?maxBatchSize=1000", "lists", feed));
                entries.put(
                        FIFO_ON_COMPLETION,
                        () -> fifo(arena, "?maxBatchSize=1000&acknowledge=ON_COMPLETION", "lists", feed));
                entries.put(BUFFERED_READER, () -> bufferedReader(arena, feed));
                entries.put(PYTHON, () -> program(arena, feed, "python3", "-c", PYTHON_LOOP));
                entries.put(WC, () -> program(arena, feed, "wc", "-l"));
                return entries;
            }
        });
    }

    private static Race race(String name, java.util.function.Function<Arena, Map<String, Contestant.Entry>> entries) {
        return new ThroughputRace(name, UNIT, new ThroughputRace.Field() {
            @Override
            public double amount(Arena arena) {
                return lines(arena).lines();
            }

            @Override
            public Map<String, Contestant.Entry> entries(Arena arena) {
                return entries.apply(arena);
            }
        });
    }

    private static Contestant fifo(Arena arena, String options, String count) throws Exception {
        return fifo(arena, options, count, lines(arena));
    }

    private static Contestant fifo(Arena arena, String options, String count, Feed feed) throws Exception {
        Fifo fifo = arena.newFifo();
        ChildJvm child = ChildJvm.start("consume", "uri=fifo:" + fifo.path() + options, "count=" + count);
        return new FedReader(fifo, feed, Reader.of(child, feed.lines()));
    }

    private static Contestant limit(Arena arena, String count) throws Exception {
        ChildJvm child = ChildJvm.start("limit", "data=" + arena.data().path(), "count=" + count);
        return new OrderedWork(child, lines(arena).lines());
    }

    private static Contestant stream(Arena arena, String count) throws Exception {
        Fifo fifo = arena.newFifo();
        ChildJvm child = ChildJvm.start("stream", "fifo=" + fifo.path(), "count=" + count);
        return new FedReader(fifo, lines(arena), Reader.of(child, lines(arena).lines()));
    }

    private static Contestant bufferedReader(Arena arena, Feed feed) throws Exception {
        Fifo fifo = arena.newFifo();
        ChildJvm child = ChildJvm.start("lines", "fifo=" + fifo.path());
        return new FedReader(fifo, feed, Reader.of(child, feed.lines()));
    }

    private static Contestant program(Arena arena, Feed feed, String... command) throws Exception {
        Fifo fifo = arena.newFifo();
        return new FedReader(fifo, feed, Reader.ofProgram(fifo, command));
    }

    private static Contestant syslogNg(Arena arena) throws Exception {
        Fifo fifo = arena.newFifo();
        return new FedReader(
                fifo, lines(arena), new SyslogNg(arena, fifo, lines(arena).bytes()));
    }

    private static Feed lines(Arena arena) {
        return Feed.ofLines(arena.data(), arena.plan().lines());
    }

    private static Feed batched(Arena arena) {
        return Feed.ofLines(arena.data(), arena.plan().batchedLines());
    }
}
