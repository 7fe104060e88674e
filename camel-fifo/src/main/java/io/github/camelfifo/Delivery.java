package io.github.camelfifo;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * One exchange in a consumer's route. Whether the route is done when it gives control back does not show in what it
 * returns (Camel's pipeline always returns false), only in whether the callback was called; this object settles that
 * between the worker and whatever thread calls back.
 */
final class Delivery implements AsyncCallback {

    private enum State {
        IN_ROUTE,
        LEFT_TO_CALLBACK,
        DONE
    }

    private final ExchangeOutlet outlet;
    private final FramePump pump;
    private final Exchange exchange;
    private final AtomicReference<State> state = new AtomicReference<>(State.IN_ROUTE);

    Delivery(ExchangeOutlet outlet, FramePump pump, Exchange exchange) {
        this.outlet = outlet;
        this.pump = pump;
        this.exchange = exchange;
    }

    @Override
    public void done(boolean doneSync) {
        if (state.get() == State.DONE) {
            return;
        }
        try {
            outlet.finish(exchange, pump);
        } finally {
            if (state.getAndSet(State.DONE) == State.LEFT_TO_CALLBACK) {
                pump.resume();
            }
        }
    }

    Exchange exchange() {
        return exchange;
    }

    boolean isDone() {
        return state.get() == State.DONE;
    }

    /** The worker goes on to other work; false when the callback was quicker and the worker has to go on here. */
    boolean leaveToCallback() {
        return state.compareAndSet(State.IN_ROUTE, State.LEFT_TO_CALLBACK);
    }
}
