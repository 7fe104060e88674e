package io.github.camelfifo.internal.monitoring;

/**
 * The use that one consumer, producer, polling consumer or FIFO of a folder makes of a path. Each begins its own at its start
 * and ends it at its stop; both may be called twice.
 */
public interface Use {

    /** One that nobody sees. */
    Use UNSEEN = new Use() {
        @Override
        public void begin() {
            // nobody sees it
        }

        @Override
        public void end() {
            // it has not begun
        }
    };

    /** The path is in use from now on. */
    void begin();

    /** This use is over; the path may be in use by others. */
    void end();
}
