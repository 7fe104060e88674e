package io.github.camelfifo.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What pipes cost to which nobody writes, when all that the start has set off is over; in comparison with as many
 * {@code direct:} routes.
 */
final class IdleRace implements Race {

    static final String NAME = "idle pipes";
    static final String THREADS = "threads";
    /** Of the first pipe that of the library too, so it is not each one's. */
    static final String HEAP_OF_FIRST = "heap of the first";

    static final String HEAP = "heap of each further one";
    static final String DESCRIPTORS = "descriptors each";
    static final String CPU = "idle CPU";
    static final String CPU_OF_DIRECT = "idle CPU of as many direct:";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Arena arena) throws Exception {
        Map<Integer, Pair> pairs = new LinkedHashMap<>();
        try {
            for (int count : PipeCounts.possible(arena, NAME)) {
                pairs.put(count, Pair.start(arena, count));
            }
            Thread.sleep(arena.plan().restMillis());
            for (int round = 0; round < arena.plan().rounds(); round++) {
                measureCpu(arena, pairs);
            }
            measureUsage(arena, pairs);
        } finally {
            pairs.values().forEach(Pair::close);
        }
    }

    /** Of all of them at the same time, for they are idle at the same time. */
    private static void measureCpu(Arena arena, Map<Integer, Pair> pairs) throws Exception {
        long millis = arena.plan().measuringMillis();
        for (Pair pair : pairs.values()) {
            pair.fifos().tell("idle", millis);
            pair.direct().tell("idle", millis);
        }
        for (Map.Entry<Integer, Pair> entry : pairs.entrySet()) {
            double cpu = entry.getValue().fifos().await().get("cpu");
            double cpuOfDirect = entry.getValue().direct().await().get("cpu");
            String contestant = PipeCounts.contestant(entry.getKey());
            arena.add(NAME, contestant, CPU, "ms/s", cpu);
            arena.add(NAME, contestant, CPU_OF_DIRECT, "ms/s", cpuOfDirect);
            arena.say("  %,6d pipes: %.2f ms/s, as many direct: %.2f ms/s".formatted(entry.getKey(), cpu, cpuOfDirect));
        }
    }

    private static void measureUsage(Arena arena, Map<Integer, Pair> pairs) throws Exception {
        Map<Integer, Double> heaps = new LinkedHashMap<>();
        for (Map.Entry<Integer, Pair> entry : pairs.entrySet()) {
            heaps.put(entry.getKey(), measureUsage(arena, entry.getKey(), entry.getValue()));
        }
        double ofFirst = heaps.getOrDefault(1, 0.0);
        heaps.forEach((count, heap) -> {
            if (count == 1) {
                arena.add(NAME, PipeCounts.contestant(count), HEAP_OF_FIRST, "bytes", heap);
            } else {
                arena.add(NAME, PipeCounts.contestant(count), HEAP, "bytes", (heap - ofFirst) / (count - 1));
            }
        });
    }

    /** The heap that all of them take, in bytes. */
    private static double measureUsage(Arena arena, int count, Pair pair) throws Exception {
        Map<String, Double> usage = pair.fifos().ask("usage", 0);
        Map<String, Double> usageOfDirect = pair.direct().ask("usage", 0);
        double threads = usage.get("threads") - usageOfDirect.get("threads");
        double heap = usage.get("heap") - usageOfDirect.get("heap");
        double descriptors = (usage.get("descriptors") - usageOfDirect.get("descriptors")) / count;
        String contestant = PipeCounts.contestant(count);
        arena.add(NAME, contestant, THREADS, "", threads);
        arena.add(NAME, contestant, DESCRIPTORS, "", descriptors);
        arena.say("  %,6d pipes: %.0f threads, %,.0f bytes of heap".formatted(count, threads, heap));
        return heap;
    }

    /** As many routes from pipes as from {@code direct:}. */
    private record Pair(ChildJvm fifos, ChildJvm direct) implements AutoCloseable {

        static Pair start(Arena arena, int count) throws Exception {
            String prefix = arena.newPath("idle").toString() + "-";
            ChildJvm fifos = ChildJvm.start("many", "uri=fifo:" + prefix);
            ChildJvm direct = null;
            try {
                direct = ChildJvm.start("many", "uri=direct:");
                Pair pair = new Pair(fifos, direct);
                fifos.ask("start", count);
                direct.ask("start", count);
                return pair;
            } catch (Exception e) {
                fifos.close();
                if (direct != null) {
                    direct.close();
                }
                throw e;
            }
        }

        @Override
        public void close() {
            fifos.close();
            direct.close();
        }
    }
}
