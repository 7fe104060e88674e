package io.github.camelfifo.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of something a second: all contestants are up, and in each round one after the other has its turn, while the
 * others do nothing. So what disturbs the machine for a while disturbs all of them.
 */
final class ThroughputRace implements Race {

    static final String RATE = "rate";

    private final String name;
    private final String unit;
    private final Field field;

    /** Who takes part, and with how much. */
    interface Field {

        /** How much passes in one round, in the race's unit. */
        double amount(Arena arena);

        Map<String, Contestant.Entry> entries(Arena arena);
    }

    ThroughputRace(String name, String unit, Field field) {
        this.name = name;
        this.unit = unit;
        this.field = field;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Arena arena) throws Exception {
        Map<String, Contestant> contestants = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Contestant.Entry> entry :
                    field.entries(arena).entrySet()) {
                try {
                    contestants.put(entry.getKey(), entry.getValue().open());
                } catch (Exception e) {
                    arena.skip(name, entry.getKey(), e);
                }
            }
            for (int round = -arena.plan().warmUps(); round < arena.plan().rounds(); round++) {
                runRound(arena, contestants, round);
            }
        } finally {
            for (Contestant contestant : contestants.values()) {
                contestant.close();
            }
        }
    }

    private void runRound(Arena arena, Map<String, Contestant> contestants, int round) throws Exception {
        for (String contestant : List.copyOf(contestants.keySet())) {
            try {
                double rate = field.amount(arena) / contestants.get(contestant).pass();
                if (round >= 0) {
                    arena.add(name, contestant, RATE, unit, rate);
                    arena.say("  round %d: %-28s %,15.0f %s".formatted(round + 1, contestant, rate, unit));
                }
            } catch (Exception e) {
                arena.skip(name, contestant, e);
                contestants.remove(contestant).close();
            }
        }
    }
}
