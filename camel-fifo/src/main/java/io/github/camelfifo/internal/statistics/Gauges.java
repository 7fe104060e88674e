package io.github.camelfifo.internal.statistics;

import io.github.camelfifo.pipe.PipeStatus;

/**
 * What a FIFO is like at one moment; -1 for what is unknown.
 *
 * @param inode of the FIFO that is open
 * @param bytesWaiting see {@link Figure#BYTES_WAITING}
 * @param capacity see {@link Figure#CAPACITY}
 */
public record Gauges(long inode, long bytesWaiting, long capacity) {

    /** Those of no open FIFO. */
    public static final Gauges UNKNOWN = new Gauges(-1, -1, -1);

    static Gauges of(PipeStatus status) {
        return status == null ? UNKNOWN : new Gauges(status.inode(), status.bytes(), status.capacity());
    }

    /** The gauges of several FIFOs together, which have no common inode. */
    Gauges plus(PipeStatus status) {
        return status == null
                ? this
                : new Gauges(-1, Math.max(0, bytesWaiting) + status.bytes(), Math.max(0, capacity) + status.capacity());
    }

    /** The greater of each: several look at the same FIFO, and only some of them know what it is like. */
    public Gauges max(Gauges other) {
        return new Gauges(
                Math.max(inode, other.inode),
                Math.max(bytesWaiting, other.bytesWaiting),
                Math.max(capacity, other.capacity));
    }
}
