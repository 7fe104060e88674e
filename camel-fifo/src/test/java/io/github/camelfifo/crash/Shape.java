package io.github.camelfifo.crash;

import io.github.camelfifo.testing.Wire;
import java.util.Random;

/** What a FIFO's frames look like, and how they are consumed. */
enum Shape {
    LINES(Wire.LINES, "", 100, 0),
    /** A line takes its time, so that the kill comes in mid-exchange. */
    SLOW_LINES(Wire.LINES, "", 100, 300),
    /** Most are longer than a read, and some than what fits beside another one. */
    LONG_LINES(Wire.LINES, "&chunkSize=4k", 20_000, 0),
    BATCHES(Wire.LINES, "&maxBatchSize=50", 100, 0),
    /** Read by a consumer of the whole folder. */
    IN_A_FOLDER(Wire.LINES, "&include=IN_A_FOLDER", 100, 0),
    DELIMITED(Wire.DELIMITED, "", 100, 0),
    FIXED(Wire.FIXED, "", 0, 0),
    LENGTH_PREFIXED(Wire.LENGTH_PREFIXED, "", 1_000, 0);

    private final Wire wire;
    private final String furtherOptions;
    private final int longestFiller;
    private final int pauseMicros;

    Shape(Wire wire, String furtherOptions, int longestFiller, int pauseMicros) {
        this.wire = wire;
        this.furtherOptions = furtherOptions;
        this.longestFiller = longestFiller;
        this.pauseMicros = pauseMicros;
    }

    String options() {
        return wire.options() + furtherOptions;
    }

    boolean isInAFolder() {
        return furtherOptions.contains("include=");
    }

    int pauseMicros() {
        return pauseMicros;
    }

    /** The bytes of the frame of this number. */
    byte[] frame(long number, Random random) {
        return wire.bytes(0, number, random.nextInt(longestFiller + 1));
    }
}
