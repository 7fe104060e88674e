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
     * Whether each piece consists of whole frames, so that a begun piece is finished even when the message has failed.
     *
     * @return false when the pieces are arbitrary parts of one stream
     */
    boolean isWholeFrames();

    /** Closes the source of the pieces; called once, when the message is done, well or not. Must not throw. */
    @Override
    void close();
}
