package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.ReadingEnd;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what stopped readers leave of a FIFO until the next reader of it comes: undelivered bytes, and with
 * {@code holdOpen} the reading end; {@link ConsumedPipe} uses it. It belongs to the component, because Camel may drop
 * an endpoint at any time. A FIFO is known by device and inode. Each kept one has a descriptor, so that a new FIFO
 * never counts as the old one. Thread-safe.
 */
public final class CarriedOver {

    /** Guarded by this, like the field below. */
    private final Map<FileIdentity, LeftPipe> kept = new HashMap<>();

    private boolean closed;

    /** Keeps messages that were read through a descriptor. */
    synchronized void keep(Reading reading, Frames left, Descriptor readThrough) throws ErrnoException {
        FileIdentity fifo = readThrough.status().identity();
        keep(fifo, new LeftPipe(left, reading.options(), readThrough.openInode(), null, null, null));
    }

    /**
     * Holds a FIFO open from now on, in place of its reader.
     *
     * @param left the messages that the reader leaves; null for none
     * @return whether it does; false after the component's stop
     */
    synchronized boolean hold(Reading reading, Frames left, PipeReader reader, FileIdentity fifo, Pipes pipes) {
        if (closed) {
            return false;
        }
        ReadingEnd end = reader.giveAway();
        PipeUse use = pipes.uses().begin(reading.pipe(), false);
        LeftPipe held = new LeftPipe(left, reading.options(), end.descriptor(), end, use, pipes);
        keep(fifo, held);
        held.logHeld();
        return true;
    }

    /**
     * Gives what the last reader of this FIFO left.
     *
     * @param path pieces of messages of another FIFO at this path are lost; null for no path
     */
    synchronized LeftPipe take(FileIdentity fifo, String path) {
        LeftPipe left = kept.remove(fifo);
        losePiecesAt(path);
        return left == null ? LeftPipe.NOTHING : left;
    }

    /** Takes back what {@link #take} gave, because its FIFO is not read after all. */
    synchronized void putBack(FileIdentity fifo, LeftPipe left) {
        if (left.isSomething()) {
            keep(fifo, left);
        }
    }

    /** The FIFOs that are held open and were at the path before another one. */
    synchronized List<Descriptor> heldBefore(String path, FileIdentity now) {
        return kept.entrySet().stream()
                .filter(each -> each.getValue().isHeldAt(path) && !each.getKey().equals(now))
                .map(each -> each.getValue().descriptor())
                .toList();
    }

    /** The FIFOs that are held open and were in the folder, but for those that are open. */
    synchronized List<Descriptor> heldIn(String folder, Set<FileIdentity> open) {
        return kept.entrySet().stream()
                .filter(each -> each.getValue().isHeldIn(folder) && !open.contains(each.getKey()))
                .map(each -> each.getValue().descriptor())
                .toList();
    }

    /** Keeps and holds from now on. */
    public synchronized void open() {
        closed = false;
    }

    /** Closes everything that is held, and drops everything that is kept, and logs how much that was. */
    public synchronized void close() {
        closed = true;
        kept.values().forEach(LeftPipe::lose);
        kept.clear();
    }

    private void keep(FileIdentity fifo, LeftPipe left) {
        LeftPipe before = kept.put(fifo, left);
        if (before != null) {
            before.lose();
        }
        if (closed) {
            close();
        }
    }

    private void losePiecesAt(String path) {
        for (Iterator<LeftPipe> each = kept.values().iterator(); each.hasNext(); ) {
            LeftPipe other = each.next();
            if (!other.isHeld() && other.descriptor().path().equals(path)) {
                each.remove();
                other.lose();
            }
        }
    }
}
