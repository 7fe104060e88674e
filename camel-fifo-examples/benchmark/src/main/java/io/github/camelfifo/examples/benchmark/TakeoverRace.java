package io.github.camelfifo.examples.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * How long an {@code exclusive} pipe has no reader: from the {@code kill -9} of the process that reads it until the first
 * line is in the route of the one that stood by, while a writer goes on. Both are JVMs; the next one is started meanwhile.
 */
final class TakeoverRace implements Race {

    static final String NAME = "takeover";
    static final String TIME = "kill -9 to first line";

    private static final List<String> HEAP = List.of("-Xms64m", "-Xmx64m");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Arena arena) throws Exception {
        Fifo fifo = arena.newFifo();
        ChildJvm active;
        try {
            active = start(fifo);
        } catch (Exception e) {
            arena.skip(NAME, LineRaces.FIFO, e);
            return;
        }
        List<Double> times = new ArrayList<>();
        try (SteadyWriter writer = new SteadyWriter(fifo)) {
            writer.begin();
            double unused = first(active);
            for (int i = 0; i < arena.plan().takeovers(); i++) {
                ChildJvm killed = active;
                active = start(fifo);
                times.add(takeover(killed, active));
                arena.say("  %-28s %6.1f ms".formatted(LineRaces.FIFO, times.get(i)));
            }
            writer.awaitEnd();
        } finally {
            active.close();
        }
        // only now: a race in which one takeover failed says nothing about takeovers
        times.forEach(time -> arena.add(NAME, LineRaces.FIFO, TIME, "ms", time));
    }

    /** In milliseconds. */
    private static double takeover(ChildJvm active, ChildJvm standby) throws Exception {
        long killed = active.kill();
        double millis = (first(standby) - killed) / 1e6;
        active.close();
        if (millis < 0) {
            throw new IllegalStateException("A standby read beside the active one");
        }
        return millis;
    }

    private static double first(ChildJvm child) throws Exception {
        return child.ask("first", 0).get("first");
    }

    private static ChildJvm start(Fifo fifo) throws Exception {
        return ChildJvm.start(HEAP, "standby", "uri=fifo:" + fifo.path() + "?exclusive=true");
    }
}
