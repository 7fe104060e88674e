package io.github.camelfifo.internal.statistics;

import io.github.camelfifo.pipe.PipeStatus;

/** A FIFO that somebody reads or writes, for {@link EndpointStatistics} to ask what it is like now. For any thread. */
public interface OpenPipe {

    /** The absolute path of the FIFO now. */
    String path();

    /** The FIFO's name in its folder; null outside of a folder. */
    default String fileName() {
        return null;
    }

    /** What the FIFO is like now; null when it is not open or the kernel does not tell. */
    PipeStatus status();
}
