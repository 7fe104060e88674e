package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.pump.CarriedOver;
import io.github.camelfifo.internal.pump.Reading;
import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.Claimant;
import io.github.camelfifo.pipe.Pipes;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * The frames that an endpoint polls. The endpoint makes it, for {@link PolledPath}.
 *
 * @param carriedOver keeps the bytes of earlier readers
 * @param reading how to read them, with the path
 * @param statistics of the endpoint
 * @param frameExchanges makes exchanges from them
 */
public record PolledFrames(
        Supplier<Pipes> pipes,
        CarriedOver carriedOver,
        Supplier<Reading> reading,
        EndpointStatistics statistics,
        FrameExchanges frameExchanges) {

    /** Opens the FIFO at the path for one reader; {@code sequence} is the number of frames that it has taken. */
    FramePoller open(Claimant reader, long sequence) throws IOException {
        return new FramePoller(
                pipes.get(),
                carriedOver,
                reading.get().polledBy(reader),
                new ReaderStatistics(statistics),
                frameExchanges.malformedText(),
                sequence);
    }
}
