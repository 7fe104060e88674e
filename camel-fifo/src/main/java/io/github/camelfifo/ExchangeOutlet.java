package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameTooLongException;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an exchange of each frame and sends it through the route. Confined to the owner of the consumer's pump, but for
 * {@link #finish}, which the route may call from anywhere.
 */
final class ExchangeOutlet implements FramePump.Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);

    private final FifoConsumer consumer;
    private final FifoEndpoint endpoint;
    private final String path;
    private final String charsetName;
    private long sequence;
    private long malformed;
    private long sessionWarnedOf;

    ExchangeOutlet(FifoConsumer consumer, FifoEndpoint endpoint) {
        this.consumer = consumer;
        this.endpoint = endpoint;
        this.path = endpoint.getAbsolutePath();
        this.charsetName = endpoint.frameSettings().charset().name();
    }

    @Override
    public boolean deliver(Frame frame, FramePump pump) {
        noteMalformed(pump.stream());
        Exchange exchange =
                exchange(frame.body(), frame.incomplete(), pump.stream().session());
        Delivery delivery = new Delivery(this, pump, exchange);
        consumer.exchangeBegins();
        try {
            consumer.getAsyncProcessor().process(exchange, delivery);
        } catch (Throwable e) {
            exchange.setException(e);
            delivery.done(true);
        }
        return delivery.isDone() || !pump.holdIf(delivery::leaveToCallback);
    }

    @Override
    public void skipped(FrameTooLongException reason, FramePump pump) {
        Exchange exchange = exchange(null, false, pump.stream().session());
        exchange.setException(reason);
        finish(exchange);
    }

    @Override
    public void readingFailed(IOException reason) {
        handle("Reading " + path + " failed and will be tried again", null, reason);
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

    private Exchange exchange(Object body, boolean incomplete, long session) {
        Exchange exchange = consumer.createExchange(false);
        FifoMessage message = new FifoMessage(exchange, path, ++sequence, session, incomplete);
        message.setBody(body);
        exchange.setIn(message);
        if (body instanceof String) {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, charsetName);
        }
        return exchange;
    }

    private void handle(String message, Exchange exchange, Throwable failure) {
        try {
            consumer.getExceptionHandler().handleException(message, exchange, failure);
        } catch (RuntimeException e) {
            LOG.warn("The exception handler of {} failed", path, e);
        }
    }

    private void noteMalformed(FrameStream stream) {
        long now = stream.malformedFrames();
        if (now == malformed) {
            return;
        }
        endpoint.countMalformed(now - malformed);
        malformed = now;
        if (sessionWarnedOf != stream.session()) {
            sessionWarnedOf = stream.session();
            LOG.warn("{} has bytes that are no {} text; they become U+FFFD", path, charsetName);
        }
    }
}
