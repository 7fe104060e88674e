package io.github.camelfifo.examples.benchmark;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds of each race; quoted is their median
 * @param warmUps rounds before, which do not count
 * @param linesInFile in the file that is fed into the pipes, over and over
 * @param lines that pass through a pipe in one round of a race of lines, one by one
 * @param batchedLines the same, many at once
 * @param messages that are written in one round
 * @param lists that are written in one round, of 1,000 lines each
 * @param bytes that pass in one round of a race of bytes
 * @param timedLines of one round of a race for latency, 1,000 a second
 * @param fifoCounts how many pipes at once
 * @param pipesInFolder how many pipes one consumer reads
 * @param standbys how many consumers stand by
 * @param takeovers how often the process that reads a pipe is killed
 * @param measuringMillis how long it is looked at many pipes, idle and busy
 * @param restMillis how long they have been idle before
 * @param memoryPortions how many portions of {@code memoryPortion} bytes pass through a small heap
 * @param memoryPortion one of them
 * @param microSeconds of each JMH iteration
 */
record Plan(
        int rounds,
        int warmUps,
        int linesInFile,
        long lines,
        long batchedLines,
        long messages,
        long lists,
        long bytes,
        long timedLines,
        List<Integer> fifoCounts,
        int pipesInFolder,
        int standbys,
        int takeovers,
        long measuringMillis,
        long restMillis,
        int memoryPortions,
        long memoryPortion,
        double microSeconds) {

    private static final long GIGABYTE = 1_000_000_000;

    /** What is published; as much as 25 minutes allow. */
    static Plan full() {
        return new Plan(
                5,
                2,
                100_000,
                2_000_000,
                5_000_000,
                600_000,
                3_000,
                2 * GIGABYTE,
                5_000,
                List.of(1, 100, 1_000, 5_000),
                1_000,
                100,
                100,
                3_000,
                // a worker that is not needed leaves after a minute
                75_000,
                10,
                GIGABYTE,
                0.5);
    }

    /** For a look: the numbers are rough. */
    static Plan quick() {
        return new Plan(
                3,
                1,
                100_000,
                600_000,
                1_500_000,
                300_000,
                600,
                GIGABYTE / 2,
                2_000,
                List.of(1, 100, 1_000),
                1_000,
                100,
                10,
                2_000,
                10_000,
                4,
                GIGABYTE / 4,
                0.3);
    }

    /** To see that everything works; the numbers say nothing. */
    static Plan tiny() {
        return new Plan(
                1,
                0,
                1_000,
                2_000,
                3_000,
                1_000,
                3,
                1_000_000,
                100,
                List.of(1, 3),
                3,
                3,
                2,
                100,
                100,
                3,
                1_000_000,
                0.01);
    }

    Plan withRounds(int other) {
        return with(other, memoryPortions);
    }

    Plan withMemoryPortions(int other) {
        return with(rounds, other);
    }

    private Plan with(int otherRounds, int otherMemoryPortions) {
        return new Plan(
                otherRounds,
                warmUps,
                linesInFile,
                lines,
                batchedLines,
                messages,
                lists,
                bytes,
                timedLines,
                fifoCounts,
                pipesInFolder,
                standbys,
                takeovers,
                measuringMillis,
                restMillis,
                otherMemoryPortions,
                memoryPortion,
                microSeconds);
    }
}
