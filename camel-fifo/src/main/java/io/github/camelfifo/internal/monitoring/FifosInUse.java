package io.github.camelfifo.internal.monitoring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All FIFOs that one Camel context uses now, by their paths. Consumers and producers of the component say when they begin and
 * end; the dev console lists what is here, and meters are there for as long as a path is here. It follows consumers and
 * producers and not endpoints, because Camel forgets endpoints without stopping them.
 *
 * <p>
 * Thread-safe. Nobody is asked for figures, and nobody looks for meters, while the lock is held, because endpoints and the
 * application's beans have locks of their own. Meters are registered and removed under it. Who begins or ends a use may hold
 * a lock, too: only what was counted is asked for then.
 */
public final class FifosInUse {

    private static final Logger LOG = LoggerFactory.getLogger(FifosInUse.class);

    private final Supplier<Meters> finder;

    /** Guarded by this, like the fields below. */
    private final Map<String, FifoInUse> byPath = new TreeMap<>();
    /** Null while there are none. */
    private Meters meters;

    private final AtomicBoolean warned = new AtomicBoolean();

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
        return new PathUse(this, owner, path, source, role);
    }

    /** {@return all FIFOs and folders that are in use, in the order of their paths} */
    public synchronized List<FifoInUse> all() {
        return List.copyOf(byPath.values());
    }

    /** Looks for meters, if none have been found yet. */
    public void lookForMeters() {
        if (isWithoutMeters()) {
            showBy(find());
        }
    }

    private synchronized boolean isWithoutMeters() {
        return meters == null && !byPath.isEmpty();
    }

    private synchronized void showBy(Meters found) {
        if (meters == null && !byPath.isEmpty()) {
            meters = found;
            if (found != null) {
                byPath.values().forEach(fifo -> fifo.show(found));
            }
        }
    }

    /** Whatever an application does with its beans meanwhile: FIFOs are read without meters, too. */
    private Meters find() {
        try {
            return finder.get();
        } catch (RuntimeException | LinkageError e) {
            if (warned.compareAndSet(false, true)) {
                LOG.warn("Cannot look for meters; tried again when another FIFO is in use", e);
            }
            return null;
        }
    }

    /** Ends all uses of an owner, for those that Camel has dropped without stopping them. */
    public void endAllOf(Object owner) {
        List<PathUse> left;
        synchronized (this) {
            left = byPath.values().stream().flatMap(fifo -> fifo.usesOf(owner)).toList();
        }
        left.forEach(this::end);
    }

    void begin(PathUse use) {
        if (add(use)) {
            lookForMeters();
        }
    }

    /** Whether the path was not in use before. */
    private synchronized boolean add(PathUse use) {
        FifoInUse known = byPath.get(use.path());
        if (known != null) {
            known.add(use);
            return false;
        }
        FifoInUse first = new FifoInUse(use.path());
        first.add(use);
        byPath.put(use.path(), first);
        if (meters != null) {
            first.show(meters);
        }
        return true;
    }

    synchronized void end(PathUse use) {
        FifoInUse fifo = byPath.get(use.path());
        if (fifo == null) {
            return;
        }
        fifo.remove(use);
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
