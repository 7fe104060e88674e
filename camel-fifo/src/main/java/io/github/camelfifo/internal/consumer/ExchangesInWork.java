package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.posix.FileIdentity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The exchanges that a consumer has in work: one at most for each FIFO that has a gate of its own. The consumer makes it
 * once and asks it over all its starts. Thread-safe.
 */
public final class ExchangesInWork {

    private static final class Gate {
        private final ExchangeInWork exchange;
        /** How many readers have it: an earlier one may still be closing. Guarded by the map. */
        private int readers;

        Gate(ExchangeInWork exchange) {
            this.exchange = exchange;
        }
    }

    /** An action that waits for several exchanges. */
    private static final class PutOff {
        private final Runnable action;
        /** The exchanges that it waits for, and 1 until all gates were asked. */
        private final AtomicInteger awaited = new AtomicInteger(1);

        PutOff(Runnable action) {
            this.action = action;
        }

        /** Guarded by this. */
        private boolean forgotten;

        void oneHasEnded() {
            if (awaited.decrementAndGet() == 0) {
                run();
            }
        }

        private synchronized void run() {
            if (!forgotten) {
                action.run();
            }
        }

        synchronized void forget() {
            forgotten = true;
        }
    }

    private static final Map<FileIdentity, Gate> NONE = Map.of();

    /** The gate of a consumer that reads one path. */
    private final ExchangeInWork single = new ExchangeInWork();

    /** The gates of a folder's FIFOs; the consumer of a path never has one. */
    private volatile Map<FileIdentity, Gate> ofFolder = NONE;
    /** How many exchanges began at gates that are gone; guarded by this. */
    private int begunBefore;

    private volatile PutOff putOff;

    /** The one gate for all FIFOs at a path. */
    public ExchangeInWork gate() {
        return single;
    }

    /** The gate for one of many FIFOs. */
    public ExchangeInWork gate(FileIdentity fifo) {
        return gates().compute(fifo, (unused, known) -> {
                    Gate gate = known == null ? new Gate(new ExchangeInWork()) : known;
                    gate.readers++;
                    return gate;
                })
                .exchange;
    }

    private synchronized Map<FileIdentity, Gate> gates() {
        if (ofFolder == NONE) {
            ofFolder = new ConcurrentHashMap<>();
        }
        return ofFolder;
    }

    /** The FIFO is closed: its gate goes when its last exchange has ended. */
    public void closed(FileIdentity fifo) {
        Gate gate = gates().computeIfPresent(fifo, (unused, known) -> {
            known.readers--;
            return known;
        });
        if (gate != null && !gate.exchange.putOff(() -> forget(fifo))) {
            forget(fifo);
        }
    }

    private void forget(FileIdentity fifo) {
        Gate unused = gates().computeIfPresent(fifo, (unusedFifo, gate) -> {
            if (gate.readers > 0) {
                return gate;
            }
            addBegun(gate.exchange.begun());
            return null;
        });
    }

    /**
     * Runs an action on the thread that ends the last of the exchanges that are in work now.
     *
     * @return false when there is none, and the action is the caller's to run
     */
    public boolean putOff(Runnable action) {
        PutOff waiting = new PutOff(action);
        putOff = waiting;
        await(single, waiting);
        ofFolder.values().forEach(gate -> await(gate.exchange, waiting));
        if (waiting.awaited.decrementAndGet() == 0) {
            putOff = null;
            return false;
        }
        return true;
    }

    private static void await(ExchangeInWork gate, PutOff waiting) {
        waiting.awaited.incrementAndGet();
        if (!gate.putOff(waiting::oneHasEnded)) {
            waiting.awaited.decrementAndGet();
        }
    }

    /** Takes {@link #putOff} back. After the return the action is not running and will not run. */
    public void forget() {
        PutOff waiting = putOff;
        if (waiting != null) {
            waiting.forget();
            putOff = null;
        }
    }

    /** How many exchanges have begun; searches that found no message count too. */
    synchronized int begun() {
        return begunBefore
                + single.begun()
                + ofFolder.values().stream()
                        .mapToInt(gate -> gate.exchange.begun())
                        .sum();
    }

    private synchronized void addBegun(int count) {
        begunBefore += count;
    }

    /** Whether an exchange is in work that this has not reported yet; reports all of them. */
    public boolean tellOnce() {
        boolean tells = single.tellOnce();
        for (Gate gate : ofFolder.values()) {
            tells |= gate.exchange.tellOnce();
        }
        return tells;
    }
}
