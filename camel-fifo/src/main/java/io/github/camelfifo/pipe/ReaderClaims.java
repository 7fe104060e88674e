package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.FileIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ensures that a named pipe has only one reader, because Linux gives each of two readers arbitrary pieces of the
 * stream. Device and inode count, not paths. Consumers claim each FIFO that they open. Thread-safe.
 */
public final class ReaderClaims {

    private final Map<FileIdentity, Claimant> readers = new ConcurrentHashMap<>();
    /** Guarded by itself. */
    private final Map<FileIdentity, Map<Object, Runnable>> waiting = new HashMap<>();

    /**
     * Claims a FIFO that the caller has open. A reader that is no longer needed gives way.
     *
     * @param  fifo                  device and inode
     * @param  reader                the reader
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
     * {@return the reader of a FIFO; null for none}
     *
     * @param fifo device and inode
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
        runWaiting(fifo);
    }

    /**
     * Runs an action once when nobody has a claim to the FIFO any more; now, if nobody has.
     *
     * @param fifo device and inode
     * @param who waits; its last action replaces an earlier one
     * @param action must be short; any thread runs it
     */
    public void whenReleased(FileIdentity fifo, Object who, Runnable action) {
        synchronized (waiting) {
            waiting.computeIfAbsent(fifo, unused -> new HashMap<>()).put(who, action);
        }
        if (!readers.containsKey(fifo)) {
            runWaiting(fifo);
        }
    }

    /**
     * Takes {@link #whenReleased} back.
     *
     * @param fifo device and inode
     * @param who waits no longer
     */
    public void forget(FileIdentity fifo, Object who) {
        synchronized (waiting) {
            waiting.computeIfPresent(fifo, (unused, actions) -> {
                actions.remove(who);
                return actions.isEmpty() ? null : actions;
            });
        }
    }

    private void runWaiting(FileIdentity fifo) {
        Map<Object, Runnable> actions;
        synchronized (waiting) {
            actions = waiting.remove(fifo);
        }
        if (actions != null) {
            actions.values().forEach(Runnable::run);
        }
    }
}
