package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.FileIdentity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Knows the readers of all FIFOs in this JVM, because each component's {@link ReaderClaims} know only its own. Readers
 * enter each FIFO that they open. Thread-safe.
 */
public final class JvmReaders {

    private static final Map<FileIdentity, List<Entry>> READERS = new ConcurrentHashMap<>();

    /** One reader of one FIFO, until it leaves. */
    public static final class Entry {
        private final FileIdentity fifo;
        private final String path;
        private final String context;
        private final boolean takesTurns;

        private Entry(FileIdentity fifo, String path, String context, boolean takesTurns) {
            this.fifo = fifo;
            this.path = path;
            this.context = context;
            this.takesTurns = takesTurns;
        }

        private String place() {
            return path + " of context " + context;
        }

        /** Ends the reading, before the descriptor is closed. */
        public void leave() {
            READERS.computeIfPresent(fifo, (key, there) -> {
                List<Entry> rest = there.stream().filter(each -> each != this).toList();
                return rest.isEmpty() ? null : rest;
            });
        }
    }

    private JvmReaders() {}

    /**
     * Enters a reader, and reports each reader of the same FIFO that does not take turns with it.
     *
     * @param fifo device and inode; the caller has it open
     * @param path of the FIFO as the reader knows it, for messages
     * @param context the name of the reader's context, for messages
     * @param takesTurns whether it reads only while no other such reader does
     * @param listener hears of the others
     * @return the entry, to be left
     */
    public static Entry enter(
            FileIdentity fifo, String path, String context, boolean takesTurns, PipeListener listener) {
        Entry entry = new Entry(fifo, path, context, takesTurns);
        List<Entry> all = READERS.merge(
                fifo,
                List.of(entry),
                (there, one) -> Stream.concat(there.stream(), one.stream()).toList());
        for (Entry other : all) {
            if (other != entry && !(takesTurns && other.takesTurns)) {
                listener.readTwice(entry.place(), other.place());
            }
        }
        return entry;
    }
}
