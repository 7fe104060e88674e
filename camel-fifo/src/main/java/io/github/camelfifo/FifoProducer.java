package io.github.camelfifo;

import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.pipe.FrameSource;
import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.PipeWriter;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.WritePolicy;
import java.io.IOException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes message bodies into a named pipe, each as one frame. Opens it when the first message comes; never makes a thread
 * wait for a reader or for room. At stop, messages that are not written fail. See {@link PipeWriter}.
 */
public class FifoProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(FifoProducer.class);

    private final FifoEndpoint endpoint;
    private final String path;
    private final BodyEncoder bodyEncoder;
    /** Of the first start, and of all that follow it. */
    private Level level;

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
        ExchangeWrite.forgetEarlierResult(exchange);
        boolean done;
        try {
            done = write(prepare(exchange, callback, endpoint.options().writing()));
        } catch (Exception e) {
            exchange.setException(e);
            done = true;
        }
        if (done) {
            callback.done(true);
        }
        return done;
    }

    /**
     * What is to be written for an exchange.
     *
     * @param callback is told of the end, unless {@link #write} tells it
     * @throws Exception when its body is none that can be written, or the pipe is not there
     */
    ExchangeWrite prepare(Exchange exchange, AsyncCallback callback, WritePolicy policy) throws Exception {
        use.locate();
        FrameSource pieces = bodyEncoder.pieces(exchange);
        return pieces == null
                ? new ExchangeWrite(exchange, callback, endpoint, policy, bodyEncoder.frame(exchange))
                : new ExchangeWrite(exchange, callback, endpoint, policy, pieces);
    }

    /** Writes it; true when that is done, well or not, and the exchange tells so; false when it will be. */
    boolean write(ExchangeWrite write) {
        boolean done = writer.write(write);
        if (done) {
            write.report();
        }
        return done;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Pipes pipes = endpoint.getComponent().pipes();
        NamedPipe namedPipe = endpoint.namedPipe();
        use = pipes.uses().begin(namedPipe, endpoint.getConfiguration().isDeleteOnStop());
        writer = pipes.writers()
                .writer(
                        namedPipe,
                        endpoint.getConfiguration().getFraming() == Framing.SESSION,
                        endpoint.getConfiguration().getCheckInterval());
        try {
            if (endpoint.getConfiguration().isAutoCreate()) {
                use.locate();
            }
        } catch (IOException e) {
            // Camel does not stop what could not be started
            writer.close();
            closeUse();
            throw e;
        }
        if (level == null) {
            level = endpoint.producerLevel().ofNext();
        }
        LOG.atLevel(level).log("Producing to {}", path);
    }

    @Override
    protected void doStop() throws Exception {
        if (writer != null) {
            writer.close();
            closeUse();
            LOG.atLevel(level).log("Producing to {} has ended", path);
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
