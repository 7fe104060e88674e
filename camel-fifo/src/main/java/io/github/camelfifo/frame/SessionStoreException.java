package io.github.camelfifo.frame;

/**
 * A {@link SessionStore} failed, for instance because its disk is full. The decoder throws it once a session, discards
 * the stored bytes and skips the rest of the session. What to do: see the cause.
 */
public class SessionStoreException extends FrameException {

    private static final long serialVersionUID = 1L;

    /** In bytes. */
    private final long lengthSoFar;

    /**
     * For a session that is lost.
     *
     * @param source the path of the FIFO that it came from
     * @param lengthSoFar how many of its bytes had come
     * @param cause why it could not be stored
     */
    public SessionStoreException(String source, long lengthSoFar, Throwable cause) {
        super(
                source,
                "Session of " + source + " cannot be stored and is lost, " + lengthSoFar + " bytes so far: " + cause,
                cause);
        this.lengthSoFar = lengthSoFar;
    }

    /** {@return how many bytes of the session had come when its store failed} */
    public long lengthSoFar() {
        return lengthSoFar;
    }
}
