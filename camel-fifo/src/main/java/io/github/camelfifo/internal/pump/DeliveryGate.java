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
            // nobody waits
        }
    };

    /**
     * Begins the next message. The pump asks for it before it finds out whether it is paused or closed: then whoever pauses
     * or closes the pump sees that a message may be on its way.
     *
     * @param whenOpen is run once the last message has ended, where this gives false
     * @return false when the last message has not ended yet; otherwise {@link #end()} has to follow
     */
    boolean begin(Runnable whenOpen);

    /** The message has ended, or there was none. Any thread may say so. */
    void end();
}
