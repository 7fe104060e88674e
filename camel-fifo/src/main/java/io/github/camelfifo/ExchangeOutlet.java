package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an exchange of each message of one FIFO and sends it through the route. Confined to the owner of its pump, but for
 * {@link #finish}, which the route may call from anywhere.
 */
final class ExchangeOutlet implements FramePump.Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);

    private final FifoConsumer consumer;
    private final String path;
    private final AsyncProcessor route;
    private final FrameExchanges frameExchanges;
    private final Supplier<Exchange> exchanges;
    private final MalformedText malformedText;
    /** Of all FIFOs that the consumer reads. */
    private final AtomicLong sequences;
    /** Of the message that was delivered last. */
    private long sequence;

    /** Whether the consumer counts on an exchange from here that is not made yet. */
    private boolean begins;

    /** Whether a failed message is to come again, and so must not be changed by its first exchange. */
    private final boolean retries;

    private final long retryMillis;
    private boolean redelivery;
    /** Whether the route has refused the last message, which is then not processed; published by the verdict. */
    private boolean refused;
    /** Whether that has been told of. */
    private boolean refusalIsTold;
    /** Set by whatever thread is done with an exchange, before the pump goes on. */
    private volatile FramePump.Verdict verdict = FramePump.Verdict.DONE;

    ExchangeOutlet(FifoConsumer consumer, FifoEndpoint endpoint, AsyncProcessor route, AtomicLong sequences) {
        this.consumer = consumer;
        this.path = endpoint.getAbsolutePath();
        this.route = route;
        this.sequences = sequences;
        this.frameExchanges = new FrameExchanges(endpoint);
        this.retries = endpoint.getConfiguration().getOnFailure() == OnFailure.RETRY;
        this.retryMillis = endpoint.getConfiguration().getRetryDelay();
        this.exchanges = () -> consumer.createExchange(false);
        this.malformedText = new MalformedText(endpoint);
    }

    @Override
    public boolean mayBegin() {
        begins = consumer.exchangeMayBegin();
        return begins;
    }

    @Override
    public void beginsNone() {
        if (begins) {
            begins = false;
            consumer.exchangeHasEnded();
        }
    }

    @Override
    public boolean deliver(Frame frame, FramePump pump) {
        Delivery delivery = delivery(frame, pump);
        try {
            route.process(delivery.exchange(), delivery);
        } catch (Throwable e) {
            delivery.exchange().setException(e);
            delivery.done(true);
        }
        return delivery.isDone() || !pump.holdIf(delivery::leaveToCallback);
    }

    private Delivery delivery(Frame frame, FramePump pump) {
        Delivery delivery = null;
        try {
            delivery = new Delivery(this, pump, exchange(frame, pump));
            begins = false;
            return delivery;
        } finally {
            if (delivery == null) {
                beginsNone();
            }
        }
    }

    private Exchange exchange(Frame frame, FramePump pump) {
        Frames frames = pump.frames();
        malformedText.note(frames);
        boolean again = verdict == FramePump.Verdict.AGAIN;
        redelivery = again && !refused;
        if (!again) {
            sequence = sequences.getAndAdd(frames.frameCount()) + 1;
        }
        verdict = FramePump.Verdict.PENDING;
        return frameExchanges.exchange(
                exchanges, retries ? frame.copy() : frame, sequence, frames.session(), redelivery);
    }

    @Override
    public FramePump.Verdict verdict() {
        return verdict;
    }

    @Override
    public long retryMillis() {
        return refused ? FramePump.RETRY_MILLIS : retryMillis;
    }

    @Override
    public void lost(IOException reason, FramePump pump) {
        Exchange exchange = frameExchanges.exchange(
                exchanges, null, sequences.incrementAndGet(), pump.frames().session(), false);
        exchange.setException(reason);
        handle("Error processing exchange", exchange, reason);
        consumer.releaseExchange(exchange, false);
    }

    @Override
    public boolean readingFailed(IOException reason) {
        handle("Reading " + path + " failed and will be tried again", null, reason);
        return true;
    }

    /** The route is done with an exchange. A message that fails again and again is reported once. */
    void finish(Exchange exchange, FramePump pump) {
        // looked at before the exchange is released: that resets a pooled one
        Exception failure = exchange.getException();
        boolean failed = failure != null || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
        refused = failure != null && !pump.isClosing() && consumer.isRefusedBy(failure);
        try {
            if (refused) {
                tellOfRefusal(failure);
            } else if (failure != null && !redelivery) {
                handle("Error processing exchange", exchange, failure);
            }
            consumer.releaseExchange(exchange, false);
        } finally {
            // whatever an exception handler throws, the consumer goes on
            verdict = verdict(failed, pump);
            consumer.exchangeHasEnded();
        }
    }

    private FramePump.Verdict verdict(boolean failed, FramePump pump) {
        refusalIsTold &= refused;
        if (refused || (failed && retries)) {
            return FramePump.Verdict.AGAIN;
        }
        // one that was cut short by the end of a stop that is out of time is not dealt with
        return failed && pump.isClosing() ? FramePump.Verdict.PENDING : FramePump.Verdict.DONE;
    }

    private void tellOfRefusal(Exception reason) {
        if (!refusalIsTold) {
            refusalIsTold = true;
            LOG.warn("The route takes no messages from {}; they are kept: {}", path, reason.toString());
        }
    }

    private void handle(String message, Exchange exchange, Throwable failure) {
        try {
            consumer.getExceptionHandler().handleException(message, exchange, failure);
        } catch (RuntimeException e) {
            LOG.warn("The exception handler of {} failed", path, e);
        }
    }
}
