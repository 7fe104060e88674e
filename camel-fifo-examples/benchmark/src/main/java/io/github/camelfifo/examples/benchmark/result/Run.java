package io.github.camelfifo.examples.benchmark.result;

import java.util.Map;

/**
 * What one run of the benchmark has measured, and where: all that the pages are made of. The benchmark makes one; {@link Csv}
 * keeps it.
 *
 * @param facts about the machine and the run, in an order for people
 * @param results what was measured
 */
public record Run(Map<String, String> facts, Results results) {

    /**
     * A run on this machine, today.
     *
     * @param results what was measured, or will be
     * @param rounds how often each race is run
     * @return the run
     */
    public static Run here(Results results, int rounds) {
        Map<String, String> facts = Machine.facts();
        facts.put("rounds", String.valueOf(rounds));
        return new Run(facts, results);
    }
}
