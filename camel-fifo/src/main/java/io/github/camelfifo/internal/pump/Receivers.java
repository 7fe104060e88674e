package io.github.camelfifo.internal.pump;

import io.github.camelfifo.posix.FileIdentity;
import java.util.function.Supplier;

/** What receives the messages of the FIFOs of a {@link ConsumedFolder}; the consumer makes it. */
public interface Receivers {

    /**
     * A handler for the messages of a FIFO.
     *
     * @param name where the FIFO is now
     */
    FrameHandler handler(Supplier<PipeName> name);

    /** Lets the messages of a FIFO in one at a time, also those of an earlier reader of this FIFO. */
    DeliveryGate gate(FileIdentity fifo);

    /** The FIFO is closed. */
    void closed(FileIdentity fifo);
}
