package io.github.camelfifo;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;

/** A frame on its way through a route. Its headers cost nothing until the route asks for one. */
final class FifoMessage extends DefaultMessage {

    private final String path;
    private final long sequence;
    private final long session;
    private final boolean incomplete;

    FifoMessage(Exchange exchange, String path, long sequence, long session, boolean incomplete) {
        super(exchange);
        this.path = path;
        this.sequence = sequence;
        this.session = session;
        this.incomplete = incomplete;
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> headers) {
        headers.put(FifoConstants.PATH, path);
        headers.put(FifoConstants.SEQUENCE, sequence);
        headers.put(FifoConstants.SESSION, session);
        if (incomplete) {
            headers.put(FifoConstants.INCOMPLETE, true);
        }
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        // or copies of the message, as multicast and wiretap make them, would go without headers
        return true;
    }
}
