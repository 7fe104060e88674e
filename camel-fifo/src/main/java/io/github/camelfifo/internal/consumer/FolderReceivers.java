package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.pump.DeliveryGate;
import io.github.camelfifo.internal.pump.FrameHandler;
import io.github.camelfifo.internal.pump.PipeName;
import io.github.camelfifo.internal.pump.Receivers;
import io.github.camelfifo.posix.FileIdentity;
import java.util.function.Function;
import java.util.function.Supplier;

/** Routes the messages of a folder's FIFOs, each FIFO with its own numbers and one exchange at a time; for a consumer. */
public record FolderReceivers(ExchangesInWork exchanges, Function<Supplier<PipeName>, FrameHandler> handlers)
        implements Receivers {

    @Override
    public FrameHandler handler(Supplier<PipeName> name) {
        return handlers.apply(name);
    }

    @Override
    public DeliveryGate gate(FileIdentity fifo) {
        return exchanges.gate(fifo);
    }

    @Override
    public void closed(FileIdentity fifo) {
        exchanges.closed(fifo);
    }
}
