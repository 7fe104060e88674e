package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.JvmReaders;
import io.github.camelfifo.pipe.Looking;
import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.PipeStatus;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.ReadingEnd;
import io.github.camelfifo.pipe.Taking;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One FIFO of a {@link ConsumedPath}: claims it for one reader, and accounts for left bytes when its pump closes. */
final class ConsumedPipe implements PumpListener {

    /** The path that uses this. */
    interface Owner {

        /**
         * A pump for this pipe.
         *
         * @param left what an earlier reader left
         */
        FramePump pump(PumpSource source, LeftPipe left, PumpListener listener);

        /** The path of this FIFO now. */
        String path();

        /** Whether other FIFOs that had this path are not the reader's business: their names may have changed. */
        default boolean isOneOfMany() {
            return false;
        }

        /** Whether another reader goes on with the bytes in the pipe. */
        boolean isHandedOver();

        /** Whether a pump reads the FIFO at the path, which a later reader may open again. */
        boolean isCurrent(FramePump pump);

        void ended(FramePump pump);

        /** A pump has closed, and its bytes are accounted for. */
        void closed(FramePump pump);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConsumedPipe.class);

    private final Owner path;
    private final Pipes pipes;
    private final Reading reading;
    private final CarriedOver carriedOver;
    private final boolean anonymous;
    private final FileIdentity identity;
    private final FramePump pump;
    private final JvmReaders.Entry entry;

    /**
     * Takes a FIFO over and claims it for one reader.
     *
     * @param descriptor a reading end; closed with the pump, or when this fails
     * @throws IOException when the kernel does not tell its identity
     * @throws IllegalStateException when it has a consumer already
     * @throws IllegalArgumentException when it cannot be held open as the options say
     */
    ConsumedPipe(Owner path, Pipes pipes, Reading reading, CarriedOver carriedOver, Descriptor descriptor)
            throws IOException {
        this.path = path;
        this.pipes = pipes;
        this.reading = reading;
        this.carriedOver = carriedOver;
        try {
            anonymous = reading.pipe().isAnonymous(descriptor);
            if (anonymous && reading.holdsOpen().getAsBoolean()) {
                throw new IllegalArgumentException(
                        "holdOpen=true does not go with " + name() + ", which leads to an anonymous pipe");
            }
            identity = descriptor.status().identity();
            pipes.claims().claim(identity, reading.reader());
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
        LeftPipe left = carriedOver.take(identity, path.isOneOfMany() ? null : name());
        try {
            ReadingEnd opened = anonymous ? ReadingEnd.anonymous(descriptor) : ReadingEnd.opened(descriptor);
            pump = path.pump(new PumpSource(left.goOn(opened), pipes.listener(), this::intake), left, this);
        } catch (RuntimeException e) {
            carriedOver.putBack(identity, left);
            pipes.claims().release(identity);
            descriptor.close();
            throw e;
        }
        entry = JvmReaders.enter(identity, name(), reading.context(), reading.exclusive(), pipes.listener());
    }

    private Intake intake(PipeReader reader) {
        return reading.looks()
                ? new Looking(reader, reading.chunkSize(), pipes.listener())
                : new Taking(reader, reading.chunkSize(), reading.copiedOnce());
    }

    FramePump pump() {
        return pump;
    }

    /** What it is like now; null when it is closed. */
    PipeStatus status() {
        return pump.status(identity.inode());
    }

    /** The FIFO's identity, valid until the pump is closed. */
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
        Frames frames = closing.frames();
        boolean atEnd = frames.hasEnded() && !path.isCurrent(closing);
        frames.leaveThePipe();
        Frames left = frames.isBetweenFrames() ? null : frames;
        if (left != null && !reading.keepsRest().getAsBoolean()) {
            lose(left);
            left = null;
        }
        if (atEnd || !isHeld(closing, left)) {
            account(closing, left);
        }
        entry.leave();
        pipes.claims().release(identity);
        path.closed(closing);
    }

    private boolean isHeld(FramePump closing, Frames left) {
        return reading.holdsOpen().getAsBoolean() && carriedOver.hold(reading, left, closing.reader(), identity, pipes);
    }

    private void account(FramePump closing, Frames left) {
        if (!path.isHandedOver()) {
            accountForPipe(closing);
        }
        if (left != null) {
            accountFor(left, closing.reader().descriptor());
        }
    }

    private void accountForPipe(FramePump closing) {
        try {
            long inPipe = closing.leftInPipe();
            if (inPipe > 0) {
                LOG.warn("{} bytes stay in {} and are lost unless another process has it open", inPipe, name());
            }
        } catch (IOException e) {
            LOG.warn("Cannot find out how many bytes stay in {}", name(), e);
        }
    }

    private void accountFor(Frames frames, Descriptor descriptor) {
        if (!path.isCurrent(pump)) {
            lose(frames);
            return;
        }
        long bytes = frames.bytesHeld();
        try {
            carriedOver.keep(reading, frames, descriptor);
            LOG.info("{} bytes that were read from {} and not processed are kept for the next start", bytes, name());
        } catch (IOException e) {
            LOG.warn(
                    "{} bytes that were read from {} and not processed are lost, because they cannot be kept",
                    bytes,
                    name(),
                    e);
            frames.discard();
        }
    }

    private void lose(Frames frames) {
        LOG.warn("{} bytes that were read from {} and not processed are lost", frames.bytesHeld(), name());
        frames.discard();
    }

    private String name() {
        return path.path();
    }
}
