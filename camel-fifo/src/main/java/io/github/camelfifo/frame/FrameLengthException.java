package io.github.camelfifo.frame;

import java.io.IOException;

/**
 * A message is not as long as the records of {@link Framing#FIXED}. Thrown before a byte is written. What to do: pad
 * the message or cut it, for this component would have to guess how.
 */
public class FrameLengthException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Where the message was to go. */
    private final String source;

    /** In bytes. */
    private final int length;

    /**
     * For a message of {@code length} bytes.
     *
     * @param source where the message was to go: the FIFO's path
     * @param length of the encoded message, in bytes
     * @param frameLength of the records, in bytes
     */
    public FrameLengthException(String source, int length, int frameLength) {
        super("Message for " + source + " has " + length + " bytes, and framing=FIXED with frameLength=" + frameLength
                + " takes exactly " + frameLength);
        this.source = source;
        this.length = length;
    }

    /**
     * Where the message was to go.
     *
     * @return the FIFO's path
     */
    public String source() {
        return source;
    }

    /**
     * How long the message is.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }
}
