package io.github.camelfifo.internal.statistics;

import io.github.camelfifo.pipe.PipeStatus;

/** The gauges of {@link PipeFigures} at one moment; -1 for what is unknown. {@link EndpointStatistics} makes it. */
record Gauges(long inode, long bytesWaiting, long capacity) {

    static final Gauges UNKNOWN = new Gauges(-1, -1, -1);

    static Gauges of(PipeStatus status) {
        return status == null ? UNKNOWN : new Gauges(status.inode(), status.bytes(), status.capacity());
    }

    /** The gauges of several FIFOs together, which have no common inode. */
    Gauges plus(PipeStatus status) {
        return status == null
                ? this
                : new Gauges(-1, Math.max(0, bytesWaiting) + status.bytes(), Math.max(0, capacity) + status.capacity());
    }
}
