package io.github.camelfifo.internal.pump;

import java.io.IOException;

/** Gets the messages of one FIFO; {@link FramePump} calls it, as the owner of the FIFO. */
public interface FrameHandler {

    /** Takes a message on. {@link FrameInWork#end} has to follow exactly once, on any thread, also after a failure. */
    void deliver(FrameInWork message);

    /**
     * Reading has failed and will be tried again.
     *
     * @return whether to report no further failure until a read has succeeded
     */
    boolean readingFailed(IOException reason);

    /** Whether {@link #deliver} never runs the user's code and never waits. */
    default boolean isBrief() {
        return false;
    }
}
