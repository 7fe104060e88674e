package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.monitoring.Members;
import io.github.camelfifo.internal.pump.DeliveryGate;
import io.github.camelfifo.internal.pump.FrameHandler;
import io.github.camelfifo.internal.pump.PipeName;
import io.github.camelfifo.internal.pump.Receivers;
import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.posix.FileIdentity;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Routes the messages of a folder's FIFOs, each FIFO with its own numbers and one exchange at a time; for a consumer. */
public record FolderReceivers(
        ExchangesInWork exchanges,
        EndpointStatistics statistics,
        Members members,
        BiFunction<Supplier<PipeName>, ReaderStatistics, FrameHandler> handlers)
        implements Receivers {

    @Override
    public FrameHandler handler(Supplier<PipeName> name, ReaderStatistics counts) {
        return handlers.apply(name, counts);
    }

    @Override
    public DeliveryGate gate(FileIdentity fifo) {
        return exchanges.gate(fifo);
    }

    @Override
    public Runnable show(ReaderStatistics counts, PipeName name) {
        return members.show(counts, name.path());
    }

    @Override
    public void closed(FileIdentity fifo) {
        exchanges.closed(fifo);
    }
}
