package io.github.camelfifo.examples.benchmark;

import java.util.List;

/** How many pipes a race has at once. */
final class PipeCounts {

    /** As many descriptors are in use otherwise, or a few less. */
    private static final int OTHER_DESCRIPTORS = 200;

    private PipeCounts() {}

    /** Those of the plan for which there are enough descriptors. */
    static List<Integer> possible(Arena arena, String race) {
        return arena.plan().fifoCounts().stream()
                .filter(count -> isPossible(arena, race, contestant(count), count))
                .toList();
    }

    /** Whether there are enough descriptors for so many; if not, the contestant is left out. */
    static boolean isPossible(Arena arena, String race, String contestant, int count) {
        long limit = Limits.openFiles();
        boolean possible = count + OTHER_DESCRIPTORS <= limit;
        if (!possible) {
            arena.skip(
                    race,
                    contestant,
                    new IllegalStateException("only " + limit + " open files are allowed (ulimit -n)"));
        }
        return possible;
    }

    /** What a number of pipes is called in the results. */
    static String contestant(int count) {
        return String.valueOf(count);
    }
}
