package io.github.camelfifo;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stopped route's consumer had read from its FIFO and could not deliver, until the route's next start. As long as
 * something is kept, the FIFO's inode is held by a descriptor, so that a new FIFO cannot be taken for the old one.
 * Thread-safe.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** Both are null or neither; guarded by this. */
    private Frames stream;

    private Descriptor inode;

    /** Keeps what a stream holds that was read through a descriptor. */
    synchronized void keep(Frames left, Descriptor readThrough) throws ErrnoException {
        drop();
        inode = readThrough.openInode();
        stream = left;
    }

    /** What was left of this FIFO, or null; something that was left of another one is dropped. */
    synchronized Frames take(FileIdentity fifo, AtomicLong sessions) throws ErrnoException {
        if (stream == null || !inode.status().identity().equals(fifo)) {
            drop();
            return null;
        }
        Frames taken = stream;
        forget();
        taken.restart(sessions);
        return taken;
    }

    /** Gives up what is kept, and says how much that was. */
    synchronized void drop() {
        if (stream != null) {
            LOG.warn("{} bytes that were read from {} and not processed are lost", stream.bytesHeld(), inode.path());
            stream.discard();
            forget();
        }
    }

    private void forget() {
        inode.close();
        inode = null;
        stream = null;
    }
}
