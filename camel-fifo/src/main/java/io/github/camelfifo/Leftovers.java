package io.github.camelfifo;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stopped consumers had read from their FIFOs and could not deliver, until the next one reads the same FIFO, of
 * whichever endpoint: Camel forgets endpoints as it likes. As long as something is kept, the FIFO's inode is held by a
 * descriptor, so that a new FIFO cannot be taken for the old one. Thread-safe.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /**
     * What is kept of one FIFO.
     *
     * @param frames with what was read
     * @param inode holds the FIFO
     * @param uri of the endpoint whose options made the frames
     */
    private record Kept(Frames frames, Descriptor inode, String uri) {

        void lose() {
            LOG.warn("{} bytes that were read from {} and not processed are lost", frames.bytesHeld(), inode.path());
            frames.discard();
            inode.close();
        }
    }

    /** Guarded by this. */
    private final Map<FileIdentity, Kept> kept = new HashMap<>();

    /** Keeps what a stream holds that was read through a descriptor. */
    synchronized void keep(FifoEndpoint endpoint, Frames left, Descriptor readThrough) throws ErrnoException {
        FileIdentity fifo = readThrough.status().identity();
        Kept before = kept.put(fifo, new Kept(left, readThrough.openInode(), endpoint.getEndpointUri()));
        if (before != null) {
            before.lose();
        }
    }

    /**
     * What was left of this FIFO for an endpoint with the same options; null for nothing. What was left of another FIFO at the
     * endpoint's path, or for other options, is lost by this.
     */
    synchronized Frames take(FifoEndpoint endpoint, FileIdentity fifo, AtomicLong sessions) {
        Kept left = kept.remove(fifo);
        loseOthersAt(endpoint.getAbsolutePath());
        if (left == null) {
            return null;
        }
        if (!left.uri().equals(endpoint.getEndpointUri())) {
            left.lose();
            return null;
        }
        left.inode().close();
        left.frames().restart(sessions);
        return left.frames();
    }

    /** Gives up all that is kept, and says how much that was. */
    synchronized void drop() {
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
