package io.github.camelfifo.internal.statistics;

/** The counters of {@link PipeFigures} at one moment, to add and to subtract. {@link EndpointStatistics} does that. */
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

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Counts plus(Counts more) {
        return with(more, 1);
    }

    Counts minus(Counts before) {
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

    /** These counts as figures. */
    PipeFigures figures(String path, String name, String state, Gauges gauges, Failure failure) {
        return new PipeFigures(
                path,
                name,
                gauges.inode(),
                state,
                bytesIn,
                framesIn,
                bytesOut,
                framesOut,
                sessions,
                discarded,
                oversized,
                malformed,
                redelivered,
                readerWaits,
                gauges.bytesWaiting(),
                gauges.capacity(),
                failure.millis(),
                failure.text());
    }
}
