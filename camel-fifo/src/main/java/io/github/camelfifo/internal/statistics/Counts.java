package io.github.camelfifo.internal.statistics;

/**
 * All that is counted, to add and to subtract. Counts begin at zero when an endpoint is made, and again when someone
 * resets them.
 *
 * @param bytesIn see {@link Figure#BYTES_IN}
 * @param framesIn see {@link Figure#FRAMES_IN}
 * @param bytesOut see {@link Figure#BYTES_OUT}
 * @param framesOut see {@link Figure#FRAMES_OUT}
 * @param sessions see {@link Figure#SESSIONS}
 * @param discarded see {@link Figure#DISCARDED}
 * @param oversized see {@link Figure#OVERSIZED}
 * @param malformed see {@link Figure#MALFORMED}
 * @param redelivered see {@link Figure#REDELIVERED}
 * @param readerWaits see {@link Figure#READER_WAITS}
 */
public record Counts(
        long bytesIn,
        long framesIn,
        long bytesOut,
        long framesOut,
        long sessions,
        long discarded,
        long oversized,
        long malformed,
        long redelivered,
        long readerWaits) {

    /** Nothing has happened. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Counts plus(Counts more) {
        return with(more, 1);
    }

    /** What was counted since. */
    public Counts minus(Counts before) {
        return with(before, -1);
    }

    private Counts with(Counts other, int sign) {
        return new Counts(
                bytesIn + sign * other.bytesIn,
                framesIn + sign * other.framesIn,
                bytesOut + sign * other.bytesOut,
                framesOut + sign * other.framesOut,
                sessions + sign * other.sessions,
                discarded + sign * other.discarded,
                oversized + sign * other.oversized,
                malformed + sign * other.malformed,
                redelivered + sign * other.redelivered,
                readerWaits + sign * other.readerWaits);
    }
}
