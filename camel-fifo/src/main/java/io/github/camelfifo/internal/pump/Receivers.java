package io.github.camelfifo.internal.pump;

import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.posix.FileIdentity;
import java.util.function.Supplier;

/** What receives the messages of the FIFOs of a {@link ConsumedFolder}; the consumer makes it. */
public interface Receivers {

    /**
     * A handler for the messages of a FIFO.
     *
     * @param name where the FIFO is now
     * @param counts of the FIFO
     */
    FrameHandler handler(Supplier<PipeName> name, ReaderStatistics counts);

    /** Those of all FIFOs together. */
    EndpointStatistics statistics();

    /** Lets the messages of a FIFO in one at a time, also those of an earlier reader of this FIFO. */
    DeliveryGate gate(FileIdentity fifo);

    /** Shows what is counted of a FIFO under its name, until what this returns is run. */
    Runnable show(ReaderStatistics counts, PipeName name);

    /** The FIFO is closed. */
    void closed(FileIdentity fifo);
}
