package io.github.camelfifo.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What consumers cost that stand by: each for a full pipe which another JVM has and does not read. In comparison with as many
 * {@code direct:} routes.
 */
final class StandbyRace implements Race {

    static final String NAME = "standby";
    static final String STANDBY = "100 consumers that stand by";
    static final String DIRECT = "as many direct: routes";
    static final String CPU = "CPU";
    static final String THREADS = "threads";

    private static final String OPTIONS = "options=?exclusive=true";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Arena arena) throws Exception {
        int count = arena.plan().standbys();
        String prefix = arena.newPath(NAME).toString() + "-";
        try (ChildJvm active = ChildJvm.start("many", "uri=fifo:" + prefix, OPTIONS);
                ChildJvm standby = ChildJvm.start("many", "uri=fifo:" + prefix, OPTIONS);
                ChildJvm direct = ChildJvm.start("many", "uri=direct:")) {
            try {
                active.ask("start", count);
            } catch (Exception e) {
                arena.skip(NAME, STANDBY, e);
                return;
            }
            // who is suspended keeps its pipes and does not read them
            active.ask("suspend", 0);
            standby.ask("start", count);
            direct.ask("start", count);
            try (Flood flood = new Flood(arena.data(), prefix, count)) {
                flood.begin();
                flood.awaitFull();
                Thread.sleep(arena.plan().restMillis());
                Map<String, ChildJvm> sides = new LinkedHashMap<>();
                sides.put(STANDBY, standby);
                sides.put(DIRECT, direct);
                measure(arena, sides);
                if (standby.ask("busy", arena.plan().measuringMillis()).get("rate") > 0) {
                    throw new IllegalStateException("A standby read beside the active one");
                }
                // what is in the pipes is for nobody
                standby.kill();
                active.kill();
            }
        }
    }

    private static void measure(Arena arena, Map<String, ChildJvm> sides) throws Exception {
        for (int round = 0; round < arena.plan().rounds(); round++) {
            for (ChildJvm side : sides.values()) {
                side.tell("idle", arena.plan().measuringMillis());
            }
            for (Map.Entry<String, ChildJvm> side : sides.entrySet()) {
                double cpu = side.getValue().await().get("cpu");
                double threads = side.getValue().ask("usage", 0).get("threads");
                arena.add(NAME, side.getKey(), CPU, "ms/s", cpu);
                arena.add(NAME, side.getKey(), THREADS, "", threads);
                arena.say("  %-28s %.2f ms/s, %.0f threads".formatted(side.getKey(), cpu, threads));
            }
        }
    }
}
