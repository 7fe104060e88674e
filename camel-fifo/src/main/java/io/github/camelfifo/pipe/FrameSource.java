package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives the pieces of a message to a {@link WriteRequest}. Used by one thread at a time. */
public interface FrameSource extends AutoCloseable {

    /**
     * The next piece. A piece of up to PIPE_BUF (4096) bytes is written by one write(2).
     *
     * @return bytes from position 0; null at the end and at each later call
     * @throws IOException when it cannot be read
     */
    ByteBuffer next() throws IOException;

    /**
     * {@return whether each piece consists of whole frames; false when the pieces are arbitrary parts of one stream} A
     * begun piece of whole frames is finished even if the message has failed.
     */
    boolean isWholeFrames();

    /** Closes the source of the pieces; called once, when the message is done, well or not. Must not throw. */
    @Override
    void close();
}
