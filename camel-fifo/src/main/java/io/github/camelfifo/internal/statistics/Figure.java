package io.github.camelfifo.internal.statistics;

import java.util.function.ToLongFunction;

/**
 * What the numbers of {@link PipeFigures} mean, for those who show all of them: JMX, meters and the dev console. The
 * inode and the time of the last error are no figures, because nobody adds or draws them.
 */
public enum Figure {
    /** Not those that {@code ON_COMPLETION} only looks at. */
    BYTES_IN(
            "bytesIn",
            "Bytes that were taken out of the pipe, to be delivered or skipped",
            Unit.BYTES,
            Counts::bytesIn),
    /** A frame of a batch counts as one; a frame that is routed again counts no second time. */
    FRAMES_IN(
            "framesIn",
            "Frames that were delivered, each once however often it is routed again",
            Unit.FRAMES,
            Counts::framesIn),
    /** With delimiters and length fields; also those of a frame that was begun and not finished. */
    BYTES_OUT(
            "bytesOut", "Bytes that producers wrote, with delimiters and length fields", Unit.BYTES, Counts::bytesOut),
    /** Each element of a list or iterator is one. */
    FRAMES_OUT("framesOut", "Frames that producers wrote", Unit.FRAMES, Counts::framesOut),
    /** From the first byte to the last writer's close. */
    SESSIONS(
            "sessions",
            "Sessions of writers, each from its first byte until the last writer closes",
            Unit.SESSIONS,
            Counts::sessions),
    /** By {@code noReader=DISCARD} and {@code whenFull=DISCARD}. */
    DISCARDED(
            "discarded",
            "Messages thrown away because nobody reads, or because the pipe is full",
            Unit.MESSAGES,
            Counts::discarded),
    /** Once for each frame, also where it is truncated or split. */
    OVERSIZED(
            "oversized",
            "Frames longer than maxFrameLength that were refused, truncated or split",
            Unit.FRAMES,
            Counts::oversized),
    /** Frames with U+FFFD in the place of malformed text. */
    MALFORMED("malformed", "Frames in which malformed text was replaced", Unit.FRAMES, Counts::malformed),
    /** With {@code onFailure=RETRY}. */
    REDELIVERED(
            "redelivered",
            "Deliveries that were repeated because the exchange before had failed",
            Unit.MESSAGES,
            Counts::redelivered),
    /** By {@code noReader=WAIT}; a message that waits again counts once. */
    READER_WAITS(
            "readerWaits",
            "Messages of producers that had to wait until somebody reads",
            Unit.MESSAGES,
            Counts::readerWaits),
    /** As FIONREAD says; with {@code ON_COMPLETION} also what is looked at and not done. */
    BYTES_WAITING("bytesWaiting", "Bytes that are in the pipe now and not done", Gauges::bytesWaiting),
    /** As F_GETPIPE_SZ says. */
    CAPACITY("capacity", "Bytes that the pipe can hold", Gauges::capacity);

    private static final class Unit {
        private static final String BYTES = "bytes";
        private static final String FRAMES = "frames";
        private static final String MESSAGES = "messages";
        private static final String SESSIONS = "sessions";
    }

    private final String key;
    private final String description;
    private final String unit;
    /** A method reference, which has no state; null for a gauge. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ToLongFunction<Counts> count;
    /** A method reference, too; null for a counter. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final ToLongFunction<Gauges> gauge;

    /** A counter. */
    Figure(String key, String description, String unit, ToLongFunction<Counts> count) {
        this.key = key;
        this.description = description;
        this.unit = unit;
        this.count = count;
        this.gauge = null;
    }

    /** A gauge, of bytes. */
    Figure(String key, String description, ToLongFunction<Gauges> gauge) {
        this.key = key;
        this.description = description;
        this.unit = Unit.BYTES;
        this.count = null;
        this.gauge = gauge;
    }

    /** {@return its name, in camel case: {@code bytesIn}} */
    public String key() {
        return key;
    }

    /** {@return what it is, in a sentence without a full stop} */
    public String description() {
        return description;
    }

    /** {@return what it counts: {@code bytes}, {@code frames}, {@code messages} or {@code sessions}} */
    public String unit() {
        return unit;
    }

    /** {@return whether it only grows until it is reset; a gauge goes up and down, and is -1 when it is unknown} */
    public boolean isCounter() {
        return count != null;
    }

    /** Its value among the figures of a FIFO. */
    public long of(PipeFigures figures) {
        return isCounter() ? of(figures.counts()) : of(figures.gauges());
    }

    /** Its value among counts; only for a counter. */
    public long of(Counts counts) {
        return count.applyAsLong(counts);
    }

    /** Its value among gauges; only for a gauge. */
    public long of(Gauges gauges) {
        return gauge.applyAsLong(gauges);
    }
}
