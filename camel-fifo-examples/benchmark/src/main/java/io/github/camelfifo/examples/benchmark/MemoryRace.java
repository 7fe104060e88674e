package io.github.camelfifo.examples.benchmark;

import java.util.List;
import java.util.Map;

/** What a small JVM holds while far more passes through it. */
final class MemoryRace implements Race {

    static final String NAME = "memory";
    static final String FIFO = LineRaces.FIFO;
    static final String HEAP = "heap";
    private static final List<String> SMALL_HEAP = List.of("-Xmx64m");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Arena arena) throws Exception {
        Fifo fifo = arena.newFifo();
        Feed feed = Feed.ofBytes(arena.data(), arena.plan().memoryPortion());
        try (ChildJvm child =
                ChildJvm.start(SMALL_HEAP, "memory", "uri=fifo:" + fifo.path() + "?framing=CHUNKS", "count=bytes")) {
            for (int portion = 1; portion <= arena.plan().memoryPortions(); portion++) {
                child.ask("expect", feed.bytes());
                child.tell("pass", feed.bytes());
                Process writer = feed.start(fifo);
                Map<String, Double> measured = child.await();
                writer.waitFor();
                add(arena, portion * feed.bytes(), measured);
            }
        }
    }

    private static void add(Arena arena, long passed, Map<String, Double> measured) {
        for (String measure : List.of(HEAP, "direct", "resident")) {
            arena.add(NAME, FIFO, measure, "MB", measured.get(measure) / 1e6);
        }
        arena.say("  after %4.1f GB: heap %.2f MB, direct buffers %.2f MB, resident %.0f MB"
                .formatted(
                        passed / 1e9,
                        measured.get(HEAP) / 1e6,
                        measured.get("direct") / 1e6,
                        measured.get("resident") / 1e6));
    }
}
