package io.github.camelfifo;

import io.github.camelfifo.internal.monitoring.Role;
import io.github.camelfifo.internal.monitoring.Use;
import io.github.camelfifo.internal.producer.BodyWriter;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Writes message bodies into a named pipe, each as one frame, for Camel's routes. Opens it when the first message
 * comes; never makes a thread wait for a reader or for room. At stop, unwritten messages fail.
 */
public class FifoProducer extends DefaultAsyncProducer {

    private final FifoEndpoint endpoint;
    private final BodyWriter writer;
    private final Use use;

    /**
     * A producer that opens nothing yet.
     *
     * @param endpoint with checked options
     */
    public FifoProducer(FifoEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.writer = endpoint.bodyWriter();
        this.use = endpoint.use(Role.PRODUCER);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return writer.process(exchange, callback);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        writer.open(endpoint.getComponent().pipes());
        endpoint.producerHealth().started(this);
        use.begin();
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.producerHealth().stopped(this);
        writer.close();
        use.end();
        super.doStop();
    }
}
