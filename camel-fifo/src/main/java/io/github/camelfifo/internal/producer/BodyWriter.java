package io.github.camelfifo.internal.producer;

import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.internal.options.EndpointOptions;
import io.github.camelfifo.internal.statistics.OpenPipe;
import io.github.camelfifo.internal.statistics.WriterStatistics;
import io.github.camelfifo.pipe.FrameSource;
import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeStatus;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.PipeWriter;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.WritePolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes message bodies into a named pipe, each as one frame. {@code FifoProducer} and {@code Requests} open and close
 * it when they start and stop, and may do so again. At close, unwritten messages fail. See {@link PipeWriter}.
 */
public final class BodyWriter implements OpenPipe {

    private static final Logger LOG = LoggerFactory.getLogger(BodyWriter.class);

    private final EndpointOptions options;
    private final Supplier<Level> firstLevel;
    private final WriterStatistics statistics;
    private final boolean isShown;
    private final BodyEncoder encoder;
    /** The level of the first start and of all later ones; null before. */
    private Level level;
    /** Whether the start was logged, and the end was not. */
    private boolean startIsLogged;

    private volatile PipeUse use;
    private volatile PipeWriter writer;

    /**
     * A writer that is closed.
     *
     * @param firstLevel gives at the first start the log level for starts and ends
     * @param statistics counts what is written
     * @param isShown whether the statistics show the FIFO too
     */
    public BodyWriter(
            EndpointOptions options, Supplier<Level> firstLevel, WriterStatistics statistics, boolean isShown) {
        this.options = options;
        this.firstLevel = firstLevel;
        this.statistics = statistics;
        this.isShown = isShown;
        this.encoder = new BodyEncoder(options, statistics::finished);
    }

    @Override
    public String path() {
        return options.path().toString();
    }

    /** {@return how long a message may take} */
    public WritePolicy policy() {
        return options.writing();
    }

    /** {@return a new named pipe for the path} */
    public NamedPipe namedPipe(Pipes pipes) {
        return pipes.namedPipe(options.path(), options.pipe());
    }

    /**
     * Opens the writer until {@link #close}, which has to be called even if this fails.
     *
     * @throws IOException when the FIFO has to be made now and cannot be made
     */
    public void open(Pipes pipes) throws IOException {
        NamedPipe namedPipe = namedPipe(pipes);
        use = pipes.uses().begin(namedPipe, options.deleteOnStop());
        writer = pipes.writers().writer(namedPipe, options.framing() == Framing.SESSION, options.checkIntervalMillis());
        if (options.pipe().autoCreate()) {
            use.locate();
        }
        if (level == null) {
            level = firstLevel.get();
        }
        if (isShown) {
            statistics.opened(this);
        }
        startIsLogged = true;
        LOG.atLevel(level).log("Producing to {}", path());
    }

    /** Writes an exchange's body, as {@link org.apache.camel.AsyncProcessor#process} says. */
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ExchangeWrite.forgetEarlierResult(exchange);
        boolean done;
        try {
            done = write(prepare(exchange, callback, options.writing()));
        } catch (Exception e) {
            exchange.setException(e);
            failed(e);
            done = true;
        }
        if (done) {
            callback.done(true);
        }
        return done;
    }

    /**
     * Makes frames of an exchange's body.
     *
     * @param callback is called at the end, unless {@link #write} returns true
     * @throws Exception when the body cannot be written, or the pipe is not there
     */
    public ExchangeWrite prepare(Exchange exchange, AsyncCallback callback, WritePolicy policy) throws Exception {
        use.locate();
        FrameSource pieces = encoder.pieces(exchange);
        if (pieces != null) {
            return new ExchangeWrite(exchange, callback, statistics, policy, pieces);
        }
        ByteBuffer frame = encoder.frame(exchange, exchange.getMessage().getBody());
        return new ExchangeWrite(exchange, callback, statistics, policy, frame);
    }

    /** Writes a body. True when it is done and the exchange has the result; false when its callback will be called. */
    public boolean write(ExchangeWrite write) {
        boolean done = writer.write(write);
        if (done) {
            write.report();
        }
        return done;
    }

    /** A message failed before or after it was written. */
    public void failed(Throwable reason) {
        statistics.failed(reason);
    }

    @Override
    public PipeStatus status() {
        PipeWriter opened = writer;
        return opened == null ? null : opened.status();
    }

    /** Fails unwritten messages and releases the pipe. Does nothing if never opened. */
    public void close() {
        if (writer == null) {
            return;
        }
        writer.close();
        statistics.closed(this);
        try {
            use.close();
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", path(), e);
        }
        if (startIsLogged) {
            startIsLogged = false;
            LOG.atLevel(level).log("Producing to {} has ended", path());
        }
    }
}
