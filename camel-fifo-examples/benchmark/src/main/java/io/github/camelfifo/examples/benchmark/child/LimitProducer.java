package io.github.camelfifo.examples.benchmark.child;

import java.io.IOException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Does nothing with the message but one write(2) of a line that was prepared long before. */
final class LimitProducer extends DefaultAsyncProducer {

    private final LimitSink sink;

    LimitProducer(Endpoint endpoint, LimitSink sink) {
        super(endpoint);
        this.sink = sink;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            sink.write();
        } catch (IOException e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }
}
