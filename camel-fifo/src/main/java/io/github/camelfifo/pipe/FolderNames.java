package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.FileIdentity;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names of the open FIFOs of a {@link PipeFolder}. A FIFO may have several names, and the first counts. Not
 * thread-safe.
 */
final class FolderNames {

    private final Map<String, FileIdentity> byName = new HashMap<>();
    /** In the order in which they came. */
    private final Map<FileIdentity, Set<String>> byFifo = new HashMap<>();

    /** Gives a name to a FIFO; gives the FIFO that has lost it, or null. */
    FileIdentity put(String name, FileIdentity fifo) {
        FileIdentity before = byName.put(name, fifo);
        byFifo.computeIfAbsent(fifo, unused -> new LinkedHashSet<>()).add(name);
        if (before == null || before.equals(fifo)) {
            return null;
        }
        takeFrom(before, name);
        return before;
    }

    /** Removes a name; gives the FIFO that has lost it, or null. */
    FileIdentity remove(String name) {
        FileIdentity before = byName.remove(name);
        if (before != null) {
            takeFrom(before, name);
        }
        return before;
    }

    /** The name that counts; null when the FIFO has none. */
    String first(FileIdentity fifo) {
        Set<String> names = byFifo.get(fifo);
        return names == null ? null : names.iterator().next();
    }

    /** All names. */
    Set<String> all() {
        return byName.keySet();
    }

    void clear() {
        byName.clear();
        byFifo.clear();
    }

    private void takeFrom(FileIdentity fifo, String name) {
        Set<String> names = byFifo.get(fifo);
        names.remove(name);
        if (names.isEmpty()) {
            byFifo.remove(fifo);
        }
    }
}
