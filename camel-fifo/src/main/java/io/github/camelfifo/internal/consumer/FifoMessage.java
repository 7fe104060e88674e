package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.FifoConstants;
import io.github.camelfifo.frame.FrameMark;
import io.github.camelfifo.internal.pump.PipeName;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.trait.message.MessageTrait;
import org.apache.camel.trait.message.RedeliveryTraitPayload;

/** A frame as a Camel message; {@link FrameExchanges} makes it. Headers cost nothing until the route asks for one. */
public final class FifoMessage extends DefaultMessage {

    private final PipeName name;
    private final long sequence;
    private final long session;
    private final FrameMark mark;
    private final boolean redelivered;

    FifoMessage(Exchange exchange, PipeName name, long sequence, long session, FrameMark mark, boolean redelivered) {
        super(exchange);
        this.name = name;
        this.sequence = sequence;
        this.session = session;
        this.mark = mark;
        this.redelivered = redelivered;
        if (redelivered) {
            setPayloadForTrait(MessageTrait.REDELIVERY, RedeliveryTraitPayload.IS_REDELIVERY);
        }
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> headers) {
        headers.put(FifoConstants.PATH, name.path());
        if (name.name() != null) {
            headers.put(FifoConstants.NAME, name.name());
        }
        headers.put(FifoConstants.SEQUENCE, sequence);
        headers.put(FifoConstants.SESSION, session);
        if (redelivered) {
            headers.put(FifoConstants.REDELIVERED, true);
        }
        if (mark.incomplete()) {
            headers.put(FifoConstants.INCOMPLETE, true);
        }
        if (mark.truncated() > 0) {
            headers.put(FifoConstants.TRUNCATED, mark.truncated());
        }
        if (mark.fragment() != FrameMark.NO_FRAGMENT) {
            headers.put(FifoConstants.FRAGMENT, mark.fragment());
        }
        if (mark.lastFragment()) {
            headers.put(FifoConstants.LAST_FRAGMENT, true);
        }
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        // otherwise the copies that multicast and wiretap make would have no headers
        return true;
    }
}
