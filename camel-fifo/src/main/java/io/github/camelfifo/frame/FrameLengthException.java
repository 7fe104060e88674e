package io.github.camelfifo.frame;

/**
 * A message is not as long as the frames of {@link Framing#FIXED}. Encoders throw it before a byte is written. What to
 * do: pad or cut the message, because this component would have to guess how.
 */
public class FrameLengthException extends FrameException {

    private static final long serialVersionUID = 1L;

    /** In bytes. */
    private final int length;

    /**
     * For a message of {@code length} bytes.
     *
     * @param source the path of the FIFO that the message was for
     * @param length of the encoded message, in bytes
     * @param frameLength of each frame, in bytes
     */
    public FrameLengthException(String source, int length, int frameLength) {
        super(
                source,
                "Message for " + source + " has " + length + " bytes, and framing=FIXED with frameLength=" + frameLength
                        + " takes exactly " + frameLength);
        this.length = length;
    }

    /** {@return how long the message is, in bytes} */
    public int length() {
        return length;
    }
}
