package io.github.camelfifo;

import io.github.camelfifo.internal.consumer.FrameExchanges;
import io.github.camelfifo.internal.consumer.FramePoller;
import io.github.camelfifo.internal.consumer.PolledFrames;
import io.github.camelfifo.internal.consumer.PolledPath;
import io.github.camelfifo.internal.consumer.PolledPaths;
import io.github.camelfifo.internal.monitoring.Use;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PollingConsumerSupport;

/**
 * Takes exactly one frame in each call of Camel's. The bytes behind it stay in the FIFO for the next call, perhaps of
 * another polling consumer or endpoint: Camel may drop both at any time, and the component keeps the FIFO open until
 * the context stops.
 */
public class FifoPollingConsumer extends PollingConsumerSupport {

    private static final long FOR_EVER = -1;

    private final DefaultEndpoint endpoint;
    private final PolledPaths paths;
    private final PolledFrames frames;
    private final FrameExchanges frameExchanges;
    private final BooleanSupplier isInUse = this::isInUse;
    private final Use use;
    private PolledPath joined;

    /** A consumer that opens nothing until it is started. */
    FifoPollingConsumer(DefaultEndpoint endpoint, PolledPaths paths, PolledFrames frames, Use use) {
        super(endpoint);
        this.endpoint = endpoint;
        this.paths = paths;
        this.frames = frames;
        this.frameExchanges = frames.frameExchanges();
        this.use = use;
    }

    @Override
    public Exchange receive() {
        return receive(FOR_EVER);
    }

    @Override
    public Exchange receiveNoWait() {
        return receive(0);
    }

    @Override
    public Exchange receive(long timeout) {
        try {
            PolledPath polled = paths.of(frames);
            FramePoller.Taken taken = polled == null ? null : polled.receive(isInUse, frames, timeout);
            return taken == null ? null : exchange(taken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (IOException e) {
            throw new RuntimeCamelException("Cannot receive from " + frameExchanges.path() + ": " + e.getMessage(), e);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        joined = paths.of(frames);
        if (joined != null) {
            joined.join(isInUse, frames);
        }
        use.begin();
    }

    @Override
    protected void doStop() throws Exception {
        if (joined != null) {
            joined.leave(isInUse);
        }
        use.end();
        super.doStop();
    }

    /** Whether anybody may call this again: false when its endpoint has stopped or Camel has dropped the endpoint. */
    private boolean isInUse() {
        return isStarted()
                && !endpoint.isStopped()
                && endpoint.getCamelContext().hasEndpoint(endpoint.getEndpointUri()) == endpoint;
    }

    private Exchange exchange(FramePoller.Taken taken) {
        Exchange exchange = frameExchanges.exchange(
                endpoint::createExchange, taken.frame(), taken.sequence(), taken.session(), false);
        if (taken.failure() != null) {
            exchange.setException(taken.failure());
        }
        return exchange;
    }
}
