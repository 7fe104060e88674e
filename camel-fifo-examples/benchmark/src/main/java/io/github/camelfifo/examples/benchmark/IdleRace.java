package io.github.camelfifo.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
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
        List<Integer> counts = PipeCounts.possible(arena, NAME);
        for (int round = 0; round < arena.plan().rounds(); round++) {
            Map<Integer, Pair> pairs = new LinkedHashMap<>();
            try {
                for (int count : counts) {
                    pairs.put(count, Pair.start(arena, count));
                }
                Thread.sleep(arena.plan().restMillis());
                measure(arena, pairs);
            } finally {
                pairs.values().forEach(Pair::close);
            }
        }
    }

    private static void measure(Arena arena, Map<Integer, Pair> pairs) throws Exception {
        Map<Integer, Double> heaps = new LinkedHashMap<>();
        for (Map.Entry<Integer, Pair> entry : pairs.entrySet()) {
            heaps.put(entry.getKey(), measure(arena, entry.getKey(), entry.getValue()));
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
    private static double measure(Arena arena, int count, Pair pair) throws Exception {
        long millis = arena.plan().measuringMillis();
        double cpu = pair.fifos().ask("idle", millis).get("cpu");
        double cpuOfDirect = pair.direct().ask("idle", millis).get("cpu");
        Map<String, Double> usage = pair.fifos().ask("usage", 0);
        Map<String, Double> usageOfDirect = pair.direct().ask("usage", 0);
        double threads = usage.get("threads") - usageOfDirect.get("threads");
        double heap = usage.get("heap") - usageOfDirect.get("heap");
        double descriptors = (usage.get("descriptors") - usageOfDirect.get("descriptors")) / count;
        String contestant = PipeCounts.contestant(count);
        arena.add(NAME, contestant, THREADS, "", threads);
        arena.add(NAME, contestant, DESCRIPTORS, "", descriptors);
        arena.add(NAME, contestant, CPU, "ms/s", cpu);
        arena.add(NAME, contestant, CPU_OF_DIRECT, "ms/s", cpuOfDirect);
        arena.say("  %,6d pipes: %.2f ms/s, as many direct: %.2f ms/s; %.0f threads, %,.0f bytes of heap"
                .formatted(count, cpu, cpuOfDirect, threads, heap));
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
