package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.pump.DeliveryGate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Whether a consumer has an exchange in work: never more than one, also after the pump that it came from has closed. The pump
 * whose turn it is begins it, any thread may end it, and the consumer's stop asks for it.
 */
public final class ExchangeInWork implements DeliveryGate {

    /** True also while a pump looks for a message to begin with. */
    private volatile boolean inWork;

    /** Published by inWork. */
    private int begun;
    /** The number of the last exchange that was told of. */
    private volatile int told;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /**
     * Begins the next exchange. An exchange that was in work when the consumer was stopped and started again has to end first.
     * The pumps of one start take turns, and the pumps of the last start do not ask.
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

    /** Takes {@link #putOff} back. After the return the action does not run, nor is it running. */
    public synchronized void forget(Runnable action) {
        boolean unused = waiting.remove(action);
    }

    private synchronized void runWaiting() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    /** How many have begun, with the searches that found no message. */
    public int begun() {
        // publishes begun
        boolean unused = inWork;
        return begun;
    }

    /** Whether there is one that was not told of yet. It is told of now. */
    public boolean tellOnce() {
        boolean tells = inWork && begun != told;
        if (tells) {
            told = begun;
        }
        return tells;
    }
}
