package io.github.camelfifo.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** The races of bytes that are read from a pipe. */
final class ByteRaces {

    static final String SMALL = "chunks of 64 KiB";
    static final String LARGE = "chunks of 1 MiB";
    static final String FIFO = LineRaces.FIFO;
    static final String CAT = "cat";
    static final String DD = "dd";
    static final String FILE_INPUT_STREAM = "Java FileInputStream";

    private ByteRaces() {}

    /** With the pipe as the kernel makes it. */
    static Race small() {
        return race(SMALL, 1 << 16);
    }

    /** With as large a pipe. */
    static Race large() {
        return race(LARGE, 1 << 20);
    }

    private static Race race(String name, int size) {
        return new ThroughputRace(name, "bytes/s", new ThroughputRace.Field() {
            @Override
            public double amount(Arena arena) {
                return bytes(arena).bytes();
            }

            @Override
            public Map<String, Contestant.Entry> entries(Arena arena) {
                Map<String, Contestant.Entry> entries = new LinkedHashMap<>();
                entries.put(FIFO, () -> fifo(arena, size));
                entries.put(CAT, () -> cat(arena, size));
                entries.put(DD, () -> dd(arena, size));
                entries.put(FILE_INPUT_STREAM, () -> fileInputStream(arena, size));
                return entries;
            }
        });
    }

    private static Contestant fifo(Arena arena, int size) throws Exception {
        Fifo fifo = arena.newFifo(size);
        String uri = "uri=fifo:" + fifo.path() + "?framing=CHUNKS&chunkSize=" + size;
        return new FedReader(
                fifo,
                bytes(arena),
                Reader.of(
                        ChildJvm.start("consume", uri, "count=bytes"),
                        bytes(arena).bytes()));
    }

    private static Contestant cat(Arena arena, int size) throws Exception {
        Fifo fifo = arena.newFifo(size);
        return new FedReader(fifo, bytes(arena), Reader.ofProgram(fifo, "cat"));
    }

    private static Contestant dd(Arena arena, int size) throws Exception {
        Fifo fifo = arena.newFifo(size);
        String script = "exec dd if=\"$0\" of=/dev/null status=none bs=" + size;
        return new FedReader(fifo, bytes(arena), Reader.ofProgram(fifo, "sh", "-c", script));
    }

    private static Contestant fileInputStream(Arena arena, int size) throws Exception {
        Fifo fifo = arena.newFifo(size);
        ChildJvm child = ChildJvm.start("bytes", "fifo=" + fifo.path(), "chunk=" + size);
        return new FedReader(fifo, bytes(arena), Reader.of(child, bytes(arena).bytes()));
    }

    private static Feed bytes(Arena arena) {
        return Feed.ofBytes(arena.data(), arena.plan().bytes());
    }
}
