package io.github.camelfifo.internal.consumer;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Runs a consumer's route and then writes the answer to another FIFO; only then the exchange is done. The consumer
 * makes it. A failed exchange gets no answer.
 */
public final class ReplyingProcessor extends AsyncProcessorSupport {

    private final AsyncProcessor route;
    private final AsyncProcessor replies;

    /** Sends each exchange through the route and then to {@code replies}. */
    public ReplyingProcessor(AsyncProcessor route, AsyncProcessor replies) {
        this.route = route;
        this.replies = replies;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        exchange.setPattern(ExchangePattern.InOut);
        return route.process(exchange, doneSync -> reply(exchange, callback, doneSync));
    }

    private void reply(Exchange exchange, AsyncCallback callback, boolean doneSync) {
        if (exchange.isFailed() || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            callback.done(doneSync);
        } else {
            replies.process(exchange, writtenSync -> callback.done(doneSync && writtenSync));
        }
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(replies);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(replies);
    }
}
