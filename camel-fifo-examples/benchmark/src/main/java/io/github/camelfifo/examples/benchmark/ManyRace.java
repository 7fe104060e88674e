package io.github.camelfifo.examples.benchmark;

import java.util.List;
import java.util.Map;

/** What many pipes cost: while nobody writes, and while somebody writes to all of them as fast as they take it. */
final class ManyRace implements Race {

    static final String NAME = "many pipes";
    static final String START = "start";
    static final String STOP = "stop";
    static final String THREADS = "threads";
    static final String HEAP = "heap each";
    static final String DESCRIPTORS = "descriptors each";
    static final String IDLE = "idle CPU";
    static final String IDLE_DIRECT = "idle CPU of as many direct:";
    static final String BUSY = "all busy";
    static final String LATENCY_IDLE = "p50 of one, others idle";
    static final String LATENCY_BUSY = "p50 of one, others busy";

    /** As many descriptors are in use otherwise, or a few less. */
    private static final int OTHER_DESCRIPTORS = 200;

    @Override
    public String name() {
        return NAME;
    }

    /** What a number of pipes is called in the results. */
    static String contestant(int fifos) {
        return String.valueOf(fifos);
    }

    @Override
    public void run(Arena arena) throws Exception {
        for (int round = 0; round < arena.plan().rounds(); round++) {
            for (int fifos : arena.plan().fifoCounts()) {
                if (isPossible(arena, fifos, round == 0)) {
                    double[] direct = measureDirect(arena, fifos);
                    measureFifos(arena, fifos, direct);
                }
            }
        }
    }

    private static boolean isPossible(Arena arena, int fifos, boolean tell) {
        long limit = Limits.openFiles();
        boolean possible = fifos + OTHER_DESCRIPTORS <= limit;
        if (!possible && tell) {
            arena.skip(
                    NAME,
                    contestant(fifos),
                    new IllegalStateException("only " + limit + " open files are allowed (ulimit -n)"));
        }
        return possible;
    }

    /** Heap in bytes, CPU in milliseconds a second, threads. */
    private static double[] measureDirect(Arena arena, int routes) throws Exception {
        try (ChildJvm child = ChildJvm.start("many", "uri=direct:")) {
            child.ask("start", routes);
            Map<String, Double> usage = child.ask("usage", 0);
            Map<String, Double> idle = child.ask("idle", arena.plan().measuringMillis());
            return new double[] {usage.get("heap"), idle.get("cpu"), usage.get("threads"), usage.get("descriptors")};
        }
    }

    private static void measureFifos(Arena arena, int fifos, double[] direct) throws Exception {
        String contestant = contestant(fifos);
        String prefix = arena.newPath("many").toString() + "-";
        String probe = arena.newPath("probe").toString();
        long millis = arena.plan().measuringMillis();
        try (ChildJvm child = ChildJvm.start("many", "uri=fifo:" + prefix, "probe=" + probe)) {
            double start = child.ask("start", fifos).get("start");
            Map<String, Double> usage = child.ask("usage", 0);
            double cpu = child.ask("idle", millis).get("cpu");
            Map<String, Double> idle = child.ask("latency", arena.plan().timedLines());
            try (Flood flood = new Flood(arena.data(), prefix, fifos)) {
                flood.begin();
                child.ask("busy", millis);
                double rate = child.ask("busy", millis).get("rate");
                Map<String, Double> busy = child.ask("latency", arena.plan().timedLines());
                flood.awaitEnd();
                arena.add(NAME, contestant, BUSY, "lines/s", rate);
                arena.add(NAME, contestant, LATENCY_IDLE, "µs", idle.get("p50"));
                arena.add(NAME, contestant, LATENCY_BUSY, "µs", busy.get("p50"));
                arena.say("  %,6d pipes: all busy %,.0f lines/s".formatted(fifos, rate));
            }
            double stop = child.ask("stop", 0).get("stop");
            arena.add(NAME, contestant, START, "ms", start);
            arena.add(NAME, contestant, STOP, "ms", stop);
            arena.add(NAME, contestant, THREADS, "", usage.get("threads") - direct[2]);
            arena.add(NAME, contestant, HEAP, "bytes", (usage.get("heap") - direct[0]) / fifos);
            arena.add(NAME, contestant, DESCRIPTORS, "", (usage.get("descriptors") - direct[3]) / fifos);
            arena.add(NAME, contestant, IDLE, "ms/s", cpu);
            arena.add(NAME, contestant, IDLE_DIRECT, "ms/s", direct[1]);
            arena.say(
                    ("  %,6d pipes: start %.0f ms, stop %.0f ms, %.0f threads, %.0f bytes of heap each, idle %.2f ms/s,"
                                    + " as many direct: %.2f ms/s")
                            .formatted(
                                    fifos,
                                    start,
                                    stop,
                                    usage.get("threads") - direct[2],
                                    (usage.get("heap") - direct[0]) / fifos,
                                    cpu,
                                    direct[1]));
        }
    }

    /** What is measured once for a number of pipes, in this order. */
    static List<String> measures() {
        return List.of(START, STOP, THREADS, HEAP, DESCRIPTORS, IDLE, IDLE_DIRECT, BUSY, LATENCY_IDLE, LATENCY_BUSY);
    }
}
