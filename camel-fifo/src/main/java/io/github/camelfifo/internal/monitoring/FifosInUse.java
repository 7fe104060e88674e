package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.Counts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All FIFOs that one Camel context uses now, by their paths. Consumers and producers of the component say when they begin and
 * end; the dev console lists what is here, and meters are there for as long as a path is here. It follows consumers and
 * producers and not endpoints, because Camel forgets endpoints without stopping them.
 *
 * <p>
 * Thread-safe. Nobody is asked for figures while the lock is held, because whoever counts has locks of his own; and the end
 * of a use asks only for what is counted, because it may be called with such a lock held.
 */
public final class FifosInUse {

    private static final Logger LOG = LoggerFactory.getLogger(FifosInUse.class);

    private final Supplier<Meters> finder;

    /** Guarded by this, like the fields below. */
    private final Map<String, FifoInUse> byPath = new TreeMap<>();

    private final Set<Use> uses = new HashSet<>();
    /** Null while there are none. */
    private Meters meters;

    private boolean warned;

    /**
     * Nothing is in use yet.
     *
     * @param finder gives the meters, or null while there are none; asked whenever a path comes into use until it has found
     *     some, because the application may set its meters up later
     */
    FifosInUse(Supplier<Meters> finder) {
        this.finder = finder;
    }

    /**
     * A use that has not begun.
     *
     * @param owner for {@link #endAllOf}
     * @param path the absolute path of the FIFO or folder
     * @param source counts what is done
     */
    public Use use(Object owner, String path, FigureSource source, Role role) {
        return new Use(this, owner, path, source, role);
    }

    /** {@return all FIFOs and folders that are in use, in the order of their paths} */
    public synchronized List<FifoInUse> all() {
        return List.copyOf(byPath.values());
    }

    /** Looks for meters, if none have been found yet. */
    public synchronized void lookForMeters() {
        if (meters != null || byPath.isEmpty()) {
            return;
        }
        meters = find();
        if (meters != null) {
            byPath.values().forEach(fifo -> fifo.show(meters));
        }
    }

    /** Whatever an application does with its beans meanwhile: FIFOs are read without meters, too. */
    private Meters find() {
        try {
            return finder.get();
        } catch (RuntimeException | LinkageError e) {
            if (!warned) {
                warned = true;
                LOG.warn("Cannot look for meters; tried again when another FIFO is in use", e);
            }
            return null;
        }
    }

    /** Ends all uses of an owner, for those that Camel has dropped without stopping them. */
    public void endAllOf(Object owner) {
        List<Use> left;
        synchronized (this) {
            left = uses.stream().filter(use -> use.owner() == owner).toList();
        }
        left.forEach(this::end);
    }

    synchronized void begin(Use use) {
        if (!uses.add(use)) {
            return;
        }
        FifoInUse fifo = byPath.get(use.path());
        if (fifo != null) {
            fifo.add(use);
            return;
        }
        FifoInUse first = new FifoInUse(use.path());
        first.add(use);
        byPath.put(use.path(), first);
        if (meters == null) {
            lookForMeters();
        } else {
            first.show(meters);
        }
    }

    void end(Use use) {
        Counts last = use.source().counts();
        synchronized (this) {
            if (!uses.remove(use)) {
                return;
            }
            FifoInUse fifo = byPath.get(use.path());
            fifo.remove(use, last);
            if (fifo.isUnused()) {
                fifo.hide();
                byPath.remove(use.path());
            }
            if (byPath.isEmpty()) {
                // a context that starts again may have others
                meters = null;
            }
        }
    }
}
