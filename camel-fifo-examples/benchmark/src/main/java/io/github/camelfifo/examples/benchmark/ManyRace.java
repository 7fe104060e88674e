package io.github.camelfifo.examples.benchmark;

import java.util.List;
import java.util.Map;

/** Many pipes at once: how long they take to start and to stop, and what passes when somebody writes to all of them. */
final class ManyRace implements Race {

    static final String NAME = "many pipes";
    static final String START = "start";
    static final String STOP = "stop";
    static final String BUSY = "all busy";
    static final String LATENCY_IDLE = "p50 of one, others idle";
    static final String LATENCY_BUSY = "p50 of one, others busy";

    /** Each takes more than a minute. */
    private static final int MOST_ROUNDS = 3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Arena arena) throws Exception {
        List<Integer> counts = PipeCounts.possible(arena, NAME);
        for (int round = 0; round < Math.min(MOST_ROUNDS, arena.plan().rounds()); round++) {
            for (int count : counts) {
                measure(arena, count);
            }
        }
    }

    private static void measure(Arena arena, int count) throws Exception {
        String prefix = arena.newPath("many").toString() + "-";
        String probe = arena.newPath("probe").toString();
        long millis = arena.plan().measuringMillis();
        long timedLines = arena.plan().timedLines() / 2;
        try (ChildJvm child = ChildJvm.start("many", "uri=fifo:" + prefix, "probe=" + probe)) {
            double start = child.ask("start", count).get("start");
            Map<String, Double> idle = child.ask("latency", timedLines);
            Map<String, Double> busy;
            double rate;
            try (Flood flood = new Flood(arena.data(), prefix, count)) {
                flood.begin();
                child.ask("busy", millis);
                rate = child.ask("busy", millis).get("rate");
                busy = child.ask("latency", timedLines);
                flood.awaitEnd();
            }
            double stop = child.ask("stop", 0).get("stop");
            String contestant = PipeCounts.contestant(count);
            arena.add(NAME, contestant, START, "ms", start);
            arena.add(NAME, contestant, STOP, "ms", stop);
            arena.add(NAME, contestant, BUSY, "lines/s", rate);
            arena.add(NAME, contestant, LATENCY_IDLE, "µs", idle.get("p50"));
            arena.add(NAME, contestant, LATENCY_BUSY, "µs", busy.get("p50"));
            arena.say("  %,6d pipes: start %.0f ms, stop %.0f ms, all busy %,.0f lines/s"
                    .formatted(count, start, stop, rate));
        }
    }
}
