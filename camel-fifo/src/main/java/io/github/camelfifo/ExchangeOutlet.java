package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an exchange of each message and sends it through the route. Confined to the owner of the consumer's pump, but for
 * {@link #finish}, which the route may call from anywhere.
 */
final class ExchangeOutlet implements FramePump.Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);

    private final FifoConsumer consumer;
    private final FifoEndpoint endpoint;
    private final String path;
    private final AsyncProcessor route;
    private final FrameExchanges frameExchanges;
    private final Supplier<Exchange> exchanges;
    private long sequence = 1;
    private long malformed;
    private long sessionWarnedOf;

    ExchangeOutlet(FifoConsumer consumer, FifoEndpoint endpoint, AsyncProcessor route) {
        this.consumer = consumer;
        this.endpoint = endpoint;
        this.path = endpoint.getAbsolutePath();
        this.route = route;
        this.frameExchanges = new FrameExchanges(endpoint);
        this.exchanges = () -> consumer.createExchange(false);
    }

    @Override
    public boolean deliver(Frame frame, FramePump pump) {
        Frames frames = pump.frames();
        noteMalformed(frames);
        Exchange exchange = frameExchanges.exchange(exchanges, frame, sequence, frames.session());
        sequence += frames.frameCount();
        Delivery delivery = new Delivery(this, pump, exchange);
        consumer.exchangeBegins();
        try {
            route.process(exchange, delivery);
        } catch (Throwable e) {
            exchange.setException(e);
            delivery.done(true);
        }
        return delivery.isDone() || !pump.holdIf(delivery::leaveToCallback);
    }

    @Override
    public void lost(IOException reason, FramePump pump) {
        Exchange exchange = frameExchanges.exchange(
                exchanges, null, sequence++, pump.frames().session());
        exchange.setException(reason);
        finish(exchange);
    }

    @Override
    public void readingFailed(IOException reason) {
        handle("Reading " + path + " failed and will be tried again", null, reason);
    }

    @Override
    public void ended() {
        consumer.stopRoute();
    }

    /** The route is done with an exchange. */
    void finish(Exchange exchange) {
        // looked at before the exchange is released: that resets a pooled one
        Exception failure = exchange.getException();
        if (failure != null) {
            handle("Error processing exchange", exchange, failure);
        }
        consumer.releaseExchange(exchange, false);
        consumer.exchangeHasEnded();
    }

    private void handle(String message, Exchange exchange, Throwable failure) {
        try {
            consumer.getExceptionHandler().handleException(message, exchange, failure);
        } catch (RuntimeException e) {
            LOG.warn("The exception handler of {} failed", path, e);
        }
    }

    private void noteMalformed(Frames frames) {
        long now = frames.malformedFrames();
        if (now == malformed) {
            return;
        }
        endpoint.countMalformed(now - malformed);
        malformed = now;
        if (sessionWarnedOf != frames.session()) {
            sessionWarnedOf = frames.session();
            LOG.warn(
                    "{} has bytes that are no {} text; they become U+FFFD",
                    path,
                    endpoint.options().frames().charset());
        }
    }
}
