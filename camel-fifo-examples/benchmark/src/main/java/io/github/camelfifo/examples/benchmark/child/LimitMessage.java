package io.github.camelfifo.examples.benchmark.child;

import io.github.camelfifo.FifoConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;

/** With as many headers as a line from a pipe has, made when a route asks for one. */
final class LimitMessage extends DefaultMessage {

    static final String SEQUENCE = FifoConstants.SEQUENCE;

    private final long sequence;

    LimitMessage(Exchange exchange, long sequence) {
        super(exchange);
        this.sequence = sequence;
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> headers) {
        headers.put(FifoConstants.PATH, "limit");
        headers.put(FifoConstants.SEQUENCE, sequence);
        headers.put(FifoConstants.SESSION, 1L);
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        return true;
    }
}
