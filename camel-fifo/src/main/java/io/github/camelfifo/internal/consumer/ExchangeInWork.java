package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.pump.DeliveryGate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Tells whether a consumer has an exchange in work: never more than one, also after its pump has closed. The pump in
 * its turn begins the exchange, any thread may end it, and the consumer's stop asks.
 */
public final class ExchangeInWork implements DeliveryGate {

    /** True also while a pump looks for a message to begin with. */
    private volatile boolean inWork;

    /** Published by inWork. */
    private int begun;
    /** The number of the last exchange that {@link #tellOnce} reported. */
    private volatile int told;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /**
     * Begins the next exchange. An exchange of the last start has to end first. The pumps of one start take turns, and
     * the pumps of the last start no longer ask.
     */
    @Override
    public boolean begin(Runnable whenOpen) {
        if (inWork && putOff(whenOpen)) {
            return false;
        }
        begun++;
        inWork = true;
        return true;
    }

    @Override
    public void end() {
        inWork = false;
        if (!waiting.isEmpty()) {
            runWaiting();
        }
    }

    /**
     * Runs an action on the thread that ends the exchange in work.
     *
     * @return false when there is none, and the action is the caller's to run
     */
    public boolean putOff(Runnable action) {
        waiting.add(action);
        return inWork || !waiting.remove(action);
    }

    private synchronized void runWaiting() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    /** How many exchanges have begun; searches that found no message count too. */
    public int begun() {
        // reading this field publishes begun
        boolean unused = inWork;
        return begun;
    }

    /** Whether an exchange is in work that this has not reported yet; reports it. */
    public boolean tellOnce() {
        boolean tells = inWork && begun != told;
        if (tells) {
            told = begun;
        }
        return tells;
    }
}
