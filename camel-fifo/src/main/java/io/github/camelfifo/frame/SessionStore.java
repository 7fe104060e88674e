package io.github.camelfifo.frame;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Keeps one session somewhere else than in the decoder, so that {@code maxFrameLength} need not bound it. Made when the
 * session's first byte comes; then either {@link #finish} or {@link #discard} is its last call, {@code discard} also
 * after a call that failed. Confined to the decoder's owner.
 */
public interface SessionStore {

    /**
     * Takes more of the session.
     *
     * @param bytes from position to limit, at least one; must not be kept, for the buffer will serve another pipe
     * @throws IOException if they cannot be kept; the session is then lost
     */
    void append(ByteBuffer bytes) throws IOException;

    /**
     * What has been appended.
     *
     * @return bytes
     */
    long length();

    /**
     * The whole session, when its last writer has closed.
     *
     * @return the frame's body, which answers for what it holds from now on; never {@code null}
     * @throws IOException if it cannot be made
     */
    Object finish() throws IOException;

    /** Frees whatever is held: the session is not wanted, or has failed. */
    void discard();
}
