package io.github.camelfifo;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.PollingConsumerSupport;

/**
 * Takes exactly one frame a call. What follows stays in the FIFO for the next call, which may be another polling consumer's
 * and another endpoint's: Camel drops both as it likes, and the component keeps the FIFO open until the context stops.
 */
public class FifoPollingConsumer extends PollingConsumerSupport {

    private static final long FOR_EVER = -1;

    private final FifoEndpoint endpoint;
    private PolledPath joined;

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
            PolledPath polled = polled();
            FramePoller.Taken taken = polled == null ? null : polled.receive(this, endpoint, timeout);
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
        joined = polled();
        if (joined != null) {
            joined.join(this, endpoint);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (joined != null) {
            joined.leave(this);
        }
        super.doStop();
    }

    /** Whether anybody may call this again: not where its endpoint was stopped, or Camel has forgotten it. */
    boolean isInUse() {
        return isStarted()
                && !endpoint.isStopped()
                && endpoint.getCamelContext().hasEndpoint(endpoint.getEndpointUri()) == endpoint;
    }

    private PolledPath polled() throws IOException {
        return endpoint.getComponent().polledPaths().of(endpoint);
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
