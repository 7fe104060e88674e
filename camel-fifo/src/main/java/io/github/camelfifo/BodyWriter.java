package io.github.camelfifo;

import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.pipe.FrameSource;
import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeOptions;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.PipeWriter;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.WritePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes message bodies into a named pipe, each as one frame. {@link FifoProducer} and {@link Requests} open and close it
 * when they start and stop, and may do so again. At close, messages that are not written fail. See {@link PipeWriter}.
 */
final class BodyWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BodyWriter.class);

    /**
     * Where to and how bodies are written.
     *
     * @param path absolute
     * @param pipe how the FIFO is made and opened
     * @param strict whether frames longer than PIPE_BUF are refused
     * @param deleteOnStop whether to remove the FIFO when its last user in this process has closed it
     * @param checkMillis as {@link io.github.camelfifo.pipe.PipeWriters#writer}
     */
    record Settings(
            Path path,
            PipeOptions pipe,
            Framing framing,
            FrameSettings frames,
            WritePolicy policy,
            boolean strict,
            boolean deleteOnStop,
            long checkMillis) {}

    private final Settings settings;
    private final Supplier<Level> firstLevel;
    private final LongAdder discarded;
    private final BodyEncoder encoder;
    /** Of the first start, and of all that follow it; null before. */
    private Level level;

    private volatile PipeUse use;
    private volatile PipeWriter writer;

    /**
     * A writer that is closed.
     *
     * @param firstLevel is asked at the first start how loudly to tell of starts and ends
     * @param discarded counts the messages that are thrown away
     */
    BodyWriter(Settings settings, Supplier<Level> firstLevel, LongAdder discarded) {
        this.settings = settings;
        this.firstLevel = firstLevel;
        this.discarded = discarded;
        this.encoder = new BodyEncoder(
                settings.framing(),
                settings.frames(),
                settings.strict(),
                settings.policy().lock());
    }

    /** {@return the absolute path of the FIFO} */
    String path() {
        return settings.path().toString();
    }

    /** {@return how long a message may take} */
    WritePolicy policy() {
        return settings.policy();
    }

    /** {@return a new one for the path} */
    NamedPipe namedPipe(Pipes pipes) {
        return pipes.namedPipe(settings.path(), settings.pipe());
    }

    /**
     * Goes on until {@link #close}, which has to be called also when this fails.
     *
     * @throws IOException when the FIFO is to be made at once, and cannot be
     */
    void open(Pipes pipes) throws IOException {
        NamedPipe namedPipe = namedPipe(pipes);
        use = pipes.uses().begin(namedPipe, settings.deleteOnStop());
        writer = pipes.writers().writer(namedPipe, settings.framing() == Framing.SESSION, settings.checkMillis());
        if (settings.pipe().autoCreate()) {
            use.locate();
        }
        if (level == null) {
            level = firstLevel.get();
        }
        LOG.atLevel(level).log("Producing to {}", path());
    }

    /** Writes an exchange's body, as {@link org.apache.camel.AsyncProcessor#process} says. */
    boolean process(Exchange exchange, AsyncCallback callback) {
        ExchangeWrite.forgetEarlierResult(exchange);
        boolean done;
        try {
            done = write(prepare(exchange, callback, settings.policy()));
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
     * Makes frames of an exchange's body.
     *
     * @param callback is told of the end, unless {@link #write} tells it
     * @throws Exception when the body cannot be written, or the pipe is not there
     */
    ExchangeWrite prepare(Exchange exchange, AsyncCallback callback, WritePolicy policy) throws Exception {
        use.locate();
        FrameSource pieces = encoder.pieces(exchange);
        return pieces == null
                ? new ExchangeWrite(exchange, callback, discarded, policy, encoder.frame(exchange))
                : new ExchangeWrite(exchange, callback, discarded, policy, pieces);
    }

    /** Writes it; true when it is done, well or not, and the exchange tells so; false when it will be. */
    boolean write(ExchangeWrite write) {
        boolean done = writer.write(write);
        if (done) {
            write.report();
        }
        return done;
    }

    /** Fails what is not written and lets go of the pipe. Does nothing when it was never opened. */
    void close() {
        if (writer == null) {
            return;
        }
        writer.close();
        try {
            use.close();
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", path(), e);
        }
        if (level != null) {
            LOG.atLevel(level).log("Producing to {} has ended", path());
        }
    }
}
