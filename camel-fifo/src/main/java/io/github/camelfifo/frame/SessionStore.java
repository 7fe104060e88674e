package io.github.camelfifo.frame;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Keeps one session outside of the decoder, where {@code maxFrameLength} does not limit it. The decoder makes it at the
 * session's first byte and calls it. The last call is {@link #finish} or {@link #discard}; after a failed call it is
 * {@code discard}. Confined to the decoder's owner.
 */
public interface SessionStore {

    /**
     * Takes more of the session.
     *
     * @param bytes from position to limit, at least one; do not keep the buffer, because it will serve another pipe
     * @throws IOException if they cannot be kept; the session is then lost
     */
    void append(ByteBuffer bytes) throws IOException;

    /** {@return how many bytes have been appended} */
    long length();

    /**
     * Ends the session, whose last writer has closed.
     *
     * @return the whole session as the frame's body, which owns the stored bytes from now on; never {@code null}
     * @throws IOException if it cannot be made
     */
    Object finish() throws IOException;

    /** Frees all stored bytes: the session is unwanted or has failed. */
    void discard();
}
