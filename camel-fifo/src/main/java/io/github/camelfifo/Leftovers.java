package io.github.camelfifo;

import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stopped route's consumer had read from its FIFO and could not deliver, until the route's next start. As long as
 * something is kept, the FIFO's inode is held by a descriptor, so that a new FIFO cannot be taken for the old one.
 * Thread-safe.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private Kept kept;

    /**
     * Bytes without a reader.
     *
     * @param decoder   holds the beginning of a frame
     * @param undecoded what comes after it
     * @param fifo      where they came from
     * @param inode     holds that; to be closed
     */
    record Kept(FrameDecoder decoder, ByteBuffer undecoded, FileIdentity fifo, Descriptor inode) {

        int bytes() {
            return decoder.pendingBytes() + undecoded.remaining();
        }
    }

    synchronized void keep(Kept left) {
        drop();
        kept = left;
    }

    /** What was left of this FIFO, or null; something that was left of another one is dropped. */
    synchronized Kept take(FileIdentity fifo) {
        if (kept == null || !kept.fifo().equals(fifo)) {
            drop();
            return null;
        }
        Kept taken = kept;
        kept = null;
        taken.inode().close();
        return taken;
    }

    /** Gives up what is kept, and says how much that was. */
    synchronized void drop() {
        if (kept != null) {
            LOG.warn(
                    "{} bytes that were read from {} and not processed are lost",
                    kept.bytes(),
                    kept.inode().path());
            kept.inode().close();
            kept = null;
        }
    }
}
