package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.pump.FrameHandler;
import io.github.camelfifo.internal.pump.FrameInWork;
import io.github.camelfifo.internal.pump.Verdict;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.StatefulService;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an exchange from each message of one FIFO and sends it through the consumer's route. The FIFO's pump calls it,
 * as the owner of the FIFO; the route may end an exchange on any thread.
 */
public final class FrameRouter implements FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FrameRouter.class);

    /** The route inside a kamelet fails with it while the route that uses the kamelet is stopped or suspended. */
    private static final String KAMELET_STOPPED =
            "org.apache.camel.component.kamelet.KameletConsumerNotAvailableException";

    private final DefaultConsumer consumer;
    private final AsyncProcessor route;
    private final FrameExchanges frameExchanges;
    private final MalformedText malformedText;
    /** Counts and numbers the frames of all FIFOs at one path; in a folder, those of one FIFO. */
    private final ReaderStatistics statistics;
    /** Whether a failed message comes again. Then its first exchange must not change it. */
    private final boolean retries;

    private final Supplier<Exchange> exchanges;
    /** The number of the last message. */
    private long sequence;
    /** Whether the route refuses messages and this was reported. */
    private boolean refusalIsTold;

    /**
     * Sends nothing yet.
     *
     * @param consumer makes exchanges and handles their exceptions
     * @param route the consumer's route, with what follows it
     */
    public FrameRouter(
            DefaultConsumer consumer,
            AsyncProcessor route,
            FrameExchanges frameExchanges,
            ReaderStatistics statistics,
            boolean retries) {
        this.consumer = consumer;
        this.route = route;
        this.frameExchanges = frameExchanges;
        this.malformedText = frameExchanges.malformedText();
        this.statistics = statistics;
        this.retries = retries;
        this.exchanges = () -> consumer.createExchange(false);
    }

    @Override
    public void deliver(FrameInWork message) {
        if (message.frame() == null) {
            report(message);
            return;
        }
        Delivery delivery = null;
        try {
            delivery = new Delivery(message, exchange(message));
        } finally {
            if (delivery == null) {
                message.end(Verdict.CUT_SHORT);
            }
        }
        message.passesOn();
        try {
            route.process(delivery.exchange, delivery);
        } catch (Throwable e) {
            delivery.exchange.setException(e);
            delivery.done(true);
        }
    }

    private Exchange exchange(FrameInWork message) {
        malformedText.note(message);
        Verdict earlier = message.earlier();
        if (earlier == null) {
            sequence = statistics.nextSequence(message.frameCount());
        }
        return frameExchanges.exchange(
                exchanges,
                retries ? message.frame().copy() : message.frame(),
                sequence,
                message.session(),
                earlier == Verdict.AGAIN);
    }

    /** Reports a lost message. */
    private void report(FrameInWork lost) {
        try {
            Exchange exchange =
                    frameExchanges.exchange(exchanges, null, statistics.nextSequence(1), lost.session(), false);
            exchange.setException(lost.failure());
            handle("Error processing exchange", exchange, lost.failure());
            consumer.releaseExchange(exchange, false);
        } finally {
            lost.end(Verdict.DONE);
        }
    }

    @Override
    public boolean readingFailed(IOException reason) {
        handle("Reading " + frameExchanges.path() + " failed and will be tried again", null, reason);
        return true;
    }

    /**
     * One exchange in the route; the route calls it at the end. Camel's pipeline always returns false, so only this
     * call says whether the route was done at its return.
     */
    private final class Delivery implements AsyncCallback {

        private final FrameInWork message;
        private final Exchange exchange;

        Delivery(FrameInWork message, Exchange exchange) {
            this.message = message;
            this.exchange = exchange;
        }

        @Override
        public void done(boolean doneSync) {
            if (!message.isEnded()) {
                // the consumer goes on even if an exception handler throws
                Verdict verdict = verdict();
                try {
                    finish(verdict);
                } finally {
                    message.end(verdict);
                }
            }
        }

        private Verdict verdict() {
            Exception failure = exchange.getException();
            if (!hasFailed()) {
                return Verdict.DONE;
            }
            if (failure != null && !message.isClosing() && isRefusal(failure)) {
                return Verdict.REFUSED;
            }
            if (retries) {
                return Verdict.AGAIN;
            }
            // a stop that runs out of time cuts an exchange short
            return message.isClosing() ? Verdict.CUT_SHORT : Verdict.DONE;
        }

        private boolean hasFailed() {
            return exchange.getException() != null || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
        }

        /** Reports a message that fails again and again only once. */
        private void finish(Verdict verdict) {
            Exception failure = exchange.getException();
            boolean refused = verdict == Verdict.REFUSED;
            if (!refused && hasFailed()) {
                statistics.failed("An exchange from " + frameExchanges.path() + " failed: "
                        + (failure == null ? "it was marked for rollback" : failure));
            }
            if (refused && !refusalIsTold) {
                LOG.warn(
                        "The route refuses messages from {}; they are kept: {}",
                        frameExchanges.path(),
                        failure.toString());
            } else if (!refused && failure != null && message.earlier() != Verdict.AGAIN) {
                handle("Error processing exchange", exchange, failure);
            }
            refusalIsTold = refused;
            consumer.releaseExchange(exchange, false);
        }
    }

    /** Whether the route did not process the message because the route, or a part that it needs, was stopped. */
    private boolean isRefusal(Exception failure) {
        boolean stopped = consumer.getProcessor() instanceof StatefulService processor && !processor.isRunAllowed();
        return (stopped && failure instanceof RejectedExecutionException)
                || failure.getClass().getName().equals(KAMELET_STOPPED);
    }

    private void handle(String message, Exchange exchange, Throwable failure) {
        try {
            consumer.getExceptionHandler().handleException(message, exchange, failure);
        } catch (RuntimeException e) {
            LOG.warn("The exception handler of {} failed", frameExchanges.path(), e);
        }
    }
}
