package io.github.camelfifo.internal.pump;

/** Holds a pump and hears of its end. {@link FramePump} calls it, as the owner of the FIFO. */
interface PumpListener {

    /** The last writer has closed, everything is delivered, and no other writer is to come. The pump is paused. */
    void ended(FramePump pump);

    /** The pump is being closed, and its reader is still open. */
    void closing(FramePump pump);
}
