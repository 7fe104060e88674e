package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.FileIdentity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that a named pipe has one reader only: Linux would give each of two readers arbitrary pieces of the stream.
 * Device and inode count, whatever the paths. Consumers claim what they open. Thread-safe.
 */
public final class ReaderClaims {

    private final Map<FileIdentity, Claimant> readers = new ConcurrentHashMap<>();

    /**
     * Claims a FIFO of which the caller has a descriptor open. A reader that is not needed any more gives way.
     *
     * @param  fifo                  device and inode
     * @param  reader                who reads it
     * @throws IllegalStateException when it has a reader, which the message names
     */
    public void claim(FileIdentity fifo, Claimant reader) {
        Claimant other = readers.putIfAbsent(fifo, reader);
        if (other != null && other.yields()) {
            other = readers.putIfAbsent(fifo, reader);
        }
        if (other != null) {
            throw new IllegalStateException("The named pipe of " + reader.name() + " is consumed already, by "
                    + other.name() + "; two consumers would each get arbitrary pieces of it");
        }
    }

    /**
     * Finds who reads a FIFO.
     *
     * @param  fifo device and inode
     * @return      null for nobody
     */
    public Claimant holder(FileIdentity fifo) {
        return readers.get(fifo);
    }

    /**
     * Gives a claim up, before the descriptor is closed.
     *
     * @param fifo device and inode
     */
    public void release(FileIdentity fifo) {
        readers.remove(fifo);
    }
}
