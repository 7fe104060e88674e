package io.github.camelfifo.frame;

import java.io.IOException;

/**
 * A {@link SessionStore} failed, for instance because its disk is full. Thrown once a session: what was stored of it is
 * discarded, and its rest is skipped. What to do: see the cause.
 */
public class SessionStoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Where the session came from. */
    private final String source;

    /** In bytes. */
    private final long lengthSoFar;

    /**
     * For a session that is lost.
     *
     * @param source where it came from: the FIFO's path
     * @param lengthSoFar how much of it had come, in bytes
     * @param cause why it could not be stored
     */
    public SessionStoreException(String source, long lengthSoFar, Throwable cause) {
        super(
                "Session of " + source + " cannot be stored and is lost, " + lengthSoFar + " bytes so far: " + cause,
                cause);
        this.source = source;
        this.lengthSoFar = lengthSoFar;
    }

    /**
     * Where the session came from.
     *
     * @return the FIFO's path
     */
    public String source() {
        return source;
    }

    /**
     * How much of the session had come when its store failed.
     *
     * @return bytes
     */
    public long lengthSoFar() {
        return lengthSoFar;
    }
}
