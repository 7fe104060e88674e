package io.github.camelfifo;

import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One FIFO in a consumer's hands: claimed and opened, and accounted for when it is closed. */
final class ConsumedPipe implements FramePump.Holder {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);

    private final FifoEndpoint endpoint;
    private final ConsumedPath path;
    private final Pipes pipes;
    private final boolean anonymous;
    private final FileIdentity identity;
    private final FramePump pump;

    /**
     * Takes a FIFO over, for one reader only.
     *
     * @param endpoint of the consumer
     * @param path is told when this has ended or been closed
     * @param descriptor a reading end; closed with the pump, or when this fails
     * @param namedPipe knows whether it has no name
     * @throws IOException when it cannot be looked at
     * @throws IllegalStateException when it has a consumer already
     */
    ConsumedPipe(FifoEndpoint endpoint, ConsumedPath path, Descriptor descriptor, NamedPipe namedPipe)
            throws IOException {
        this.endpoint = endpoint;
        this.path = path;
        this.pipes = endpoint.getComponent().pipes();
        try {
            anonymous = namedPipe.isAnonymous(descriptor);
            identity = descriptor.status().identity();
            pipes.claims().claim(identity, path.reading().reader());
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
        try {
            Frames kept = endpoint.getComponent().leftovers().take(endpoint, identity, path.sessions());
            Frames frames = kept == null ? path.newFrames() : kept;
            pump = path.pump(new FramePump.Source(descriptor, anonymous, pipes.listener(), this::intake), frames, this);
        } catch (RuntimeException e) {
            pipes.claims().release(identity);
            descriptor.close();
            throw e;
        }
    }

    private Intake intake(PipeReader reader) {
        FrameSettings frames = endpoint.options().frames();
        boolean copiedOnce = endpoint.getConfiguration().getFraming().isCopiedOnce(frames);
        return path.reading().looks()
                ? Intake.looking(reader, frames.chunkSize(), pipes.listener())
                : Intake.taking(reader, frames.chunkSize(), copiedOnce);
    }

    FramePump pump() {
        return pump;
    }

    /** Meaningful until the pump is closed. */
    FileIdentity identity() {
        return identity;
    }

    boolean isAnonymous() {
        return anonymous;
    }

    @Override
    public void ended(FramePump ended) {
        path.ended(ended);
    }

    @Override
    public void closing(FramePump closing) {
        closing.frames().leaveThePipe();
        if (!path.isHandedOver()) {
            accountForPipe(closing);
        }
        if (!closing.frames().isBetweenFrames()) {
            accountFor(closing.frames(), closing.reader().descriptor());
        }
        pipes.claims().release(identity);
        path.closed(closing);
    }

    private void accountForPipe(FramePump pump) {
        try {
            long inPipe = pump.end() - pump.reader().position();
            if (inPipe > 0) {
                LOG.warn(
                        "{} bytes stay in {} and are lost unless another process has it open",
                        inPipe,
                        endpoint.getAbsolutePath());
            }
        } catch (IOException e) {
            LOG.warn("Cannot tell how many bytes stay in {}", endpoint.getAbsolutePath(), e);
        }
    }

    private void accountFor(Frames frames, Descriptor descriptor) {
        long bytes = frames.bytesHeld();
        CamelContext context = endpoint.getCamelContext();
        // stopped already where the last exchange was in work for longer than Camel waits
        boolean nobodyComesBack = context.isStopping() || context.isStopped() || !path.isCurrent(pump);
        if (nobodyComesBack || !path.reading().keepsRest()) {
            LOG.warn("{} bytes that were read from {} and not processed are lost", bytes, endpoint.getAbsolutePath());
            frames.discard();
            return;
        }
        try {
            endpoint.getComponent().leftovers().keep(endpoint, frames, descriptor);
            LOG.info(
                    "{} bytes that were read from {} and not processed are kept for the next start",
                    bytes,
                    endpoint.getAbsolutePath());
        } catch (IOException e) {
            LOG.warn(
                    "{} bytes that were read from {} and not processed are lost, they cannot be kept",
                    bytes,
                    endpoint.getAbsolutePath(),
                    e);
            frames.discard();
        }
    }
}
