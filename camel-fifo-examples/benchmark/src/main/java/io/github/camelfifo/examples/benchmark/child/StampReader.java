package io.github.camelfifo.examples.benchmark.child;

import java.nio.ByteBuffer;

/** Takes the times out of the lines that {@link Stamps} writes, without making text of them. Not thread-safe. */
final class StampReader {

    private final Stamps arrivals;
    private boolean atStart = true;
    private long stamp;

    StampReader(Stamps arrivals) {
        this.arrivals = arrivals;
    }

    /** Some bytes of the stream have come; uses them up. */
    void read(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                arrivals.arrived(stamp);
                stamp = 0;
                atStart = true;
            } else if (atStart && next >= '0' && next <= '9') {
                stamp = 10 * stamp + next - '0';
            } else {
                atStart = false;
            }
        }
    }
}
