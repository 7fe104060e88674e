package io.github.camelfifo.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The races of lines that are written into a pipe, which {@code cat} reads. */
final class WriteRaces {

    static final String MESSAGES = "producer";
    static final String LISTS = "producer of lists";
    static final String FIFO = LineRaces.FIFO;
    static final String STREAM = LineRaces.STREAM;
    static final String BUFFERED_WRITER = "Java BufferedWriter";
    static final String LIMIT = "no I/O and one write(2)";

    private static final int LIST_SIZE = 1000;

    private WriteRaces() {}

    /** One message a line. */
    static Race messages() {
        return new ThroughputRace(MESSAGES, "messages/s", new ThroughputRace.Field() {
            @Override
            public double amount(Arena arena) {
                return arena.plan().messages();
            }

            @Override
            public Map<String, Contestant.Entry> entries(Arena arena) {
                long messages = arena.plan().messages();
                Map<String, Contestant.Entry> entries = new LinkedHashMap<>();
                entries.put(FIFO, () -> producer(arena, messages, "fifo:%s", 1));
                entries.put(LIMIT, () -> producer(arena, messages, "limit:sink", 1));
                entries.put(STREAM, () -> producer(arena, messages, "stream:file?fileName=%s", 1));
                return entries;
            }
        });
    }

    /** A thousand lines a message. */
    static Race lists() {
        return new ThroughputRace(LISTS, "lines/s", new ThroughputRace.Field() {
            @Override
            public double amount(Arena arena) {
                return arena.plan().lists() * LIST_SIZE;
            }

            @Override
            public Map<String, Contestant.Entry> entries(Arena arena) {
                long lists = arena.plan().lists();
                Map<String, Contestant.Entry> entries = new LinkedHashMap<>();
                entries.put(FIFO, () -> producer(arena, lists, "fifo:%s", LIST_SIZE));
                entries.put(BUFFERED_WRITER, () -> bufferedWriter(arena, lists));
                return entries;
            }
        });
    }

    private static Contestant producer(Arena arena, long amount, String uri, int listSize) throws Exception {
        Fifo fifo = arena.newFifo();
        Process reader = Programs.quiet(List.of("cat", fifo.path().toString()));
        return new ReadWorker(
                reader,
                amount,
                () -> ChildJvm.start(
                        "produce",
                        "uri=" + uri.formatted(fifo.path()),
                        "fifo=" + fifo.path(),
                        "data=" + arena.data().path(),
                        "list=" + listSize));
    }

    private static Contestant bufferedWriter(Arena arena, long amount) throws Exception {
        Fifo fifo = arena.newFifo();
        Process reader = Programs.quiet(List.of("cat", fifo.path().toString()));
        return new ReadWorker(
                reader,
                amount,
                () -> ChildJvm.start(
                        "write", "fifo=" + fifo.path(), "data=" + arena.data().path()));
    }

    /** A child that writes, and the program that reads what it writes. */
    private static final class ReadWorker implements Contestant {

        private final Process reader;
        private final OrderedWork work;

        ReadWorker(Process reader, long amount, java.util.concurrent.Callable<ChildJvm> writer) throws Exception {
            this.reader = reader;
            try {
                this.work = new OrderedWork(writer.call(), amount);
            } catch (Exception e) {
                reader.destroyForcibly();
                throw e;
            }
        }

        @Override
        public double pass() throws Exception {
            return work.pass();
        }

        @Override
        public void close() {
            work.close();
            reader.destroyForcibly();
        }
    }
}
