package io.github.camelfifo;

import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A FIFO in a consumer's hands: opened when that starts, accounted for and given back when it stops. */
final class ConsumedPipe {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);

    private final FifoEndpoint endpoint;
    private final Pipes pipes;
    private final NamedPipe namedPipe;
    private final PipeUse use;
    private FileIdentity claimed;

    ConsumedPipe(FifoEndpoint endpoint) {
        this.endpoint = endpoint;
        this.pipes = endpoint.getComponent().pipes();
        this.namedPipe = endpoint.namedPipe();
        this.use = pipes.uses().begin(namedPipe, endpoint.getConfiguration().isDeleteOnStop());
    }

    /**
     * Opens the FIFO, made first if need be. When this fails, {@link #close()} has to be called.
     *
     * @param outlet gets the frames
     * @param exchanges makes an exchange for a session that is kept in Camel's stream cache
     * @param endsWithSpell whether to read no more when the last writer has closed
     * @throws IOException when it is not there, or is no FIFO, or cannot be opened
     * @throws IllegalStateException when it has a consumer already
     */
    FramePump pump(FramePump.Outlet outlet, Supplier<Exchange> exchanges, boolean endsWithSpell) throws IOException {
        use.locate();
        Descriptor descriptor = namedPipe.openForReading();
        try {
            FileIdentity fifo = descriptor.status().identity();
            pipes.claims().claim(fifo, endpoint.getEndpointUri());
            claimed = fifo;
            return new FramePump(
                    pipes.engine(),
                    outlet,
                    new FramePump.Source(descriptor, namedPipe.isAnonymous(descriptor), this::intake),
                    frames(fifo, exchanges, endsWithSpell),
                    this::closing);
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    private Intake intake(PipeReader reader) {
        int chunkSize = endpoint.options().frames().chunkSize();
        return endpoint.getConfiguration().getAcknowledge() == Acknowledge.ON_COMPLETION
                ? Intake.looking(reader, chunkSize, pipes.listener())
                : Intake.taking(reader, chunkSize);
    }

    /** Gives the FIFO back; removes it, where that is wanted and nobody else uses it. */
    void close() {
        if (claimed != null) {
            pipes.claims().release(claimed);
            claimed = null;
        }
        try {
            use.close();
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", endpoint.getAbsolutePath(), e);
        }
    }

    /** Goes on with what an earlier consumer of this FIFO left, if any. */
    private Frames frames(FileIdentity fifo, Supplier<Exchange> exchanges, boolean endsWithSpell) throws IOException {
        Frames kept = endpoint.leftovers().take(fifo);
        if (kept != null) {
            return kept;
        }
        FifoConfiguration configuration = endpoint.getConfiguration();
        FrameStream stream = new FrameStream(endpoint.decoder(exchanges), endsWithSpell);
        int batchSize = configuration.getMaxBatchSize();
        return batchSize > 1 ? new FrameBatches(stream, batchSize) : stream;
    }

    /** While the reader is still open. */
    private void closing(FramePump pump) {
        try {
            accountFor(pump);
        } catch (IOException e) {
            LOG.warn("Cannot tell what is left in {}", endpoint.getAbsolutePath(), e);
        }
        close();
        LOG.info("Consuming from {} has ended", endpoint.getAbsolutePath());
    }

    private void accountFor(FramePump pump) throws IOException {
        pump.frames().leaveThePipe();
        long inPipe = pump.end() - pump.reader().position();
        if (inPipe > 0) {
            LOG.warn(
                    "{} bytes stay in {} and are lost unless another process has it open",
                    inPipe,
                    endpoint.getAbsolutePath());
        }
        if (!pump.frames().isBetweenFrames()) {
            accountFor(pump.frames(), pump.reader().descriptor());
        }
    }

    private void accountFor(Frames frames, Descriptor descriptor) throws IOException {
        CamelContext context = endpoint.getCamelContext();
        // stopped already where the last exchange was in work for longer than Camel waits
        if (context.isStopping() || context.isStopped()) {
            LOG.warn(
                    "{} bytes that were read from {} and not processed are lost",
                    frames.bytesHeld(),
                    endpoint.getAbsolutePath());
            frames.discard();
        } else {
            LOG.info(
                    "{} bytes that were read from {} and not processed are kept for the next start",
                    frames.bytesHeld(),
                    endpoint.getAbsolutePath());
            endpoint.leftovers().keep(frames, descriptor);
        }
    }
}
