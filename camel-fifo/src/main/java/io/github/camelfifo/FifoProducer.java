package io.github.camelfifo;

import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.pipe.FrameSource;
import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.PipeWriter;
import io.github.camelfifo.pipe.Pipes;
import java.io.IOException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes message bodies into a named pipe, each as one frame. Opens it when the first message comes; never makes a thread
 * wait for a reader or for room. At stop, messages that are not written fail. See {@link PipeWriter}.
 */
public class FifoProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(FifoProducer.class);

    private final FifoEndpoint endpoint;
    private final String path;
    private final BodyEncoder bodyEncoder;
    private volatile PipeUse use;
    private volatile PipeWriter writer;

    /**
     * A producer that opens nothing yet.
     *
     * @param endpoint with checked options
     */
    public FifoProducer(FifoEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.path = endpoint.getAbsolutePath();
        this.bodyEncoder = new BodyEncoder(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ExchangeWrite write;
        try {
            use.locate();
            FrameSource pieces = bodyEncoder.pieces(exchange);
            write = pieces == null
                    ? new ExchangeWrite(exchange, callback, endpoint, bodyEncoder.frame(exchange))
                    : new ExchangeWrite(exchange, callback, endpoint, pieces);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (!writer.write(write)) {
            return false;
        }
        write.report();
        callback.done(true);
        return true;
    }

    /** How much is in the pipe that nobody has read, in bytes. */
    int unread() {
        PipeWriter open = writer;
        return open == null ? 0 : open.unread();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Pipes pipes = endpoint.getComponent().pipes();
        NamedPipe namedPipe = endpoint.namedPipe();
        use = pipes.uses().begin(namedPipe, endpoint.getConfiguration().isDeleteOnStop());
        writer = pipes.writers().writer(namedPipe, endpoint.getConfiguration().getFraming() == Framing.SESSION);
        if (endpoint.getConfiguration().isAutoCreate()) {
            use.locate();
        }
        LOG.info("Producing to {}", path);
    }

    @Override
    protected void doStop() throws Exception {
        if (writer != null) {
            writer.close();
            closeUse();
            LOG.info("Producing to {} has ended", path);
        }
        super.doStop();
    }

    private void closeUse() {
        try {
            use.close();
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", path, e);
        }
    }
}
