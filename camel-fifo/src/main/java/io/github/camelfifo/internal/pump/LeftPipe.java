package io.github.camelfifo.internal.pump;

import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.ReadingEnd;
import io.github.camelfifo.posix.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stopped reader left of one FIFO; {@link CarriedOver} keeps it, and {@link ConsumedPipe} goes on with it.
 *
 * @param frames the messages that were read and not delivered; null for none
 * @param options of the reader that made the frames, see {@link Reading}
 * @param descriptor holds the FIFO; null when nothing is left
 * @param end the reading end, which this descriptor is; null when the FIFO is not held open
 * @param use the held FIFO's use of its path, or null
 * @param pipes of the held FIFO, or null
 */
record LeftPipe(Frames frames, String options, Descriptor descriptor, ReadingEnd end, PipeUse use, Pipes pipes) {

    static final LeftPipe NOTHING = new LeftPipe(null, "", null, null, null, null);

    private static final Logger LOG = LoggerFactory.getLogger(LeftPipe.class);

    boolean isSomething() {
        return descriptor != null;
    }

    boolean isHeld() {
        return end != null;
    }

    boolean isHeldAt(String path) {
        return isHeld() && descriptor.path().equals(path);
    }

    boolean isHeldIn(String folder) {
        return isHeld() && Path.of(descriptor.path()).getParent().equals(Path.of(folder));
    }

    /**
     * The messages for the next reader. With the same options it goes on with the decoder as it is; with others, fresh
     * frames take the bytes over.
     */
    Frames goOn(Reading next, Supplier<Frames> fresh, ReaderStatistics statistics) {
        if (frames != null && options.equals(next.options())) {
            frames.restart(statistics);
            return frames;
        }
        Frames anew = fresh.get();
        if (frames != null) {
            long before = frames.bytesHeld();
            logLost(before - anew.takeOver(frames), frames.bytesGone());
            frames.discard();
        }
        return anew;
    }

    /** The reading end to go on with; closes the other one, which the next reader has opened. */
    ReadingEnd goOn(ReadingEnd opened) {
        if (isHeld()) {
            opened.descriptor().close();
            return end;
        }
        if (isSomething()) {
            descriptor.close();
        }
        return opened;
    }

    void logHeld() {
        LOG.info("{} stays open until the next start, with {} bytes in it", descriptor.path(), unread());
    }

    /** Closes everything, because there is no next reader. */
    void lose() {
        if (frames != null) {
            LOG.warn(
                    "{} bytes that were read from {} and not processed are lost",
                    frames.bytesHeld(),
                    descriptor.path());
            frames.discard();
        }
        if (isHeld()) {
            letGo();
        }
        descriptor.close();
    }

    private void letGo() {
        long bytes = unread();
        if (bytes > 0) {
            LOG.warn("{} bytes stay in {} and are lost unless another process has it open", bytes, descriptor.path());
        }
        try {
            use.close();
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", descriptor.path(), e);
        }
    }

    private long unread() {
        try {
            return pipes.unread(end);
        } catch (IOException e) {
            LOG.warn("Cannot find out how many bytes stay in {}", descriptor.path(), e);
            return 0;
        }
    }

    private void logLost(long lost, long gone) {
        if (lost > 0) {
            LOG.warn(
                    "{} bytes that were read from {} and not processed are lost, because the next reader has other options",
                    lost,
                    descriptor.path());
        }
        if (gone > 0) {
            LOG.warn(
                    "{} bytes of an unfinished message in {} were delivered or dropped already; the next reader has other"
                            + " options and gets only the rest of it",
                    gone,
                    descriptor.path());
        }
    }
}
