package io.github.camelfifo.internal.pump;

/** Lets one message at a time into a route. {@link FramePump} asks it before it looks for the next message. */
public interface DeliveryGate {

    /** Lets every message in. */
    DeliveryGate OPEN = new DeliveryGate() {
        @Override
        public boolean begin(Runnable whenOpen) {
            return true;
        }

        @Override
        public void end() {
            // nothing waits for the end
        }
    };

    /**
     * Begins the next message. The pump calls this before it checks whether it is paused or closed: so a thread that
     * pauses or closes the pump sees that a message may be on its way.
     *
     * @param whenOpen is run once the last message has ended, if this returns false
     * @return false when the last message has not ended yet; otherwise {@link #end()} has to follow
     */
    boolean begin(Runnable whenOpen);

    /** The message has ended, or there was none. For any thread. */
    void end();
}
