package io.github.camelfifo;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.PollingConsumerSupport;

/**
 * Takes exactly one frame a call. What follows stays in the FIFO, or with the endpoint, for the next call, also when Camel
 * drops this consumer in between and makes another.
 */
public class FifoPollingConsumer extends PollingConsumerSupport {

    private static final long FOR_EVER = -1;

    private final FifoEndpoint endpoint;
    private FramePoller poller;

    /**
     * A consumer that opens nothing until it is started.
     *
     * @param endpoint with checked options
     */
    public FifoPollingConsumer(FifoEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
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
            FramePoller.Taken taken = poller.receive(timeout);
            return taken == null ? null : exchange(taken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (IOException e) {
            throw new RuntimeCamelException("Cannot receive from " + endpoint.getAbsolutePath(), e);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        poller = endpoint.poller();
    }

    private Exchange exchange(FramePoller.Taken taken) {
        Exchange exchange = new FrameExchanges(endpoint)
                .exchange(endpoint::createExchange, taken.frame(), taken.sequence(), taken.session(), false);
        if (taken.failure() != null) {
            exchange.setException(taken.failure());
        }
        return exchange;
    }
}
