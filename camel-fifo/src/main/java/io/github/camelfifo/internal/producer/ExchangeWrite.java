package io.github.camelfifo.internal.producer;

import io.github.camelfifo.FifoConstants;
import io.github.camelfifo.pipe.FrameSource;
import io.github.camelfifo.pipe.WritePolicy;
import io.github.camelfifo.pipe.WriteRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The body of one exchange on its way into the pipe. {@link BodyWriter} makes it. */
public final class ExchangeWrite extends WriteRequest {

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final AtomicLong discarded;

    ExchangeWrite(
            Exchange exchange, AsyncCallback callback, AtomicLong discarded, WritePolicy policy, ByteBuffer frame) {
        super(frame, policy);
        this.exchange = exchange;
        this.callback = callback;
        this.discarded = discarded;
    }

    ExchangeWrite(
            Exchange exchange, AsyncCallback callback, AtomicLong discarded, WritePolicy policy, FrameSource pieces) {
        super(pieces, policy);
        this.exchange = exchange;
        this.callback = callback;
        this.discarded = discarded;
    }

    /** Removes the headers that an earlier producer set for its own write. */
    public static void forgetEarlierResult(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(FifoConstants.DISCARDED);
        message.removeHeader(FifoConstants.BYTES_WRITTEN);
    }

    @Override
    protected void completed() {
        report();
        callback.done(false);
    }

    /** Writes the result into the exchange. */
    void report() {
        if (failure() != null) {
            exchange.setException(failure());
            return;
        }
        Message message = exchange.getMessage();
        if (isDiscarded()) {
            discarded.incrementAndGet();
            message.setHeader(FifoConstants.DISCARDED, true);
        } else {
            message.setHeader(FifoConstants.BYTES_WRITTEN, bytesWritten());
        }
    }
}
