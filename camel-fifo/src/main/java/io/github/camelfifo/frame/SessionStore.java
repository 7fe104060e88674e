package io.github.camelfifo.frame;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Keeps one session outside of the decoder, where {@code maxFrameLength} does not bound it. The decoder makes it at the
 * session's first byte. Its last call is either {@link #finish} or {@link #discard}; after a call that failed it is
 * {@code discard}. Confined to the decoder's owner.
 */
public interface SessionStore {

    /**
     * Takes more of the session.
     *
     * @param bytes from position to limit, at least one; must not be kept, for the buffer will serve another pipe
     * @throws IOException if they cannot be kept; the session is then lost
     */
    void append(ByteBuffer bytes) throws IOException;

    /** {@return how many bytes have been appended} */
    long length();

    /**
     * The whole session, when its last writer has closed.
     *
     * @return the frame's body, which owns what is stored from now on; never {@code null}
     * @throws IOException if it cannot be made
     */
    Object finish() throws IOException;

    /** Frees all that is stored: the session is not wanted, or has failed. */
    void discard();
}
