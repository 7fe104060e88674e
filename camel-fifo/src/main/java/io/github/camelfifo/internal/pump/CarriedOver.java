package io.github.camelfifo.internal.pump;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps undelivered messages of stopped readers until the next reader of the same FIFO comes; {@link ConsumedPipe} uses
 * it. It belongs to the component, because Camel may drop an endpoint at any time. While messages are kept, a
 * descriptor holds the FIFO's inode, so that a new FIFO never counts as the old one. Thread-safe.
 */
public final class CarriedOver {

    private static final Logger LOG = LoggerFactory.getLogger(CarriedOver.class);

    /**
     * The kept messages of one FIFO.
     *
     * @param inode holds the FIFO
     * @param options of the reader that made the frames, see {@link Reading}
     */
    private record Kept(Frames frames, Descriptor inode, String options) {

        void lose() {
            LOG.warn("{} bytes that were read from {} and not processed are lost", frames.bytesHeld(), inode.path());
            frames.discard();
            inode.close();
        }
    }

    /** Guarded by this. */
    private final Map<FileIdentity, Kept> kept = new HashMap<>();

    /** Keeps messages that were read through a descriptor. */
    synchronized void keep(Reading reading, Frames left, Descriptor readThrough) throws ErrnoException {
        FileIdentity fifo = readThrough.status().identity();
        Kept before = kept.put(fifo, new Kept(left, readThrough.openInode(), reading.options()));
        if (before != null) {
            before.lose();
        }
    }

    /**
     * Gives the messages that a reader of this FIFO with the same options left; null for none. Messages of another FIFO
     * at the path, or of a reader with other options, are lost.
     */
    synchronized Frames take(Reading reading, FileIdentity fifo) {
        Kept left = kept.remove(fifo);
        loseOthersAt(reading.pipe().path());
        if (left == null) {
            return null;
        }
        if (!left.options().equals(reading.options())) {
            left.lose();
            return null;
        }
        left.inode().close();
        return left.frames();
    }

    /** Drops everything that is kept, and logs how much that was. */
    public synchronized void drop() {
        kept.values().forEach(Kept::lose);
        kept.clear();
    }

    private void loseOthersAt(String path) {
        for (Iterator<Kept> each = kept.values().iterator(); each.hasNext(); ) {
            Kept other = each.next();
            if (other.inode().path().equals(path)) {
                each.remove();
                other.lose();
            }
        }
    }
}
