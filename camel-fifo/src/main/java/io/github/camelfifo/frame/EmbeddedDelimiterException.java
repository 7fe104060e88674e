package io.github.camelfifo.frame;

/**
 * A message has the delimiter before its end, so that the reader would get several frames, and
 * {@link EmbeddedDelimiter#FAIL} forbids this. Encoders throw it before a byte is written. What to do: leave the
 * delimiter out of the message, or send its parts one by one.
 */
public class EmbeddedDelimiterException extends FrameException {

    private static final long serialVersionUID = 1L;

    /** In bytes of the encoded message. */
    private final int index;

    /**
     * For a message with a delimiter at {@code index}.
     *
     * @param source the path of the FIFO that the message was for
     * @param index where its first delimiter starts, in bytes of the encoded message from 0
     */
    public EmbeddedDelimiterException(String source, int index) {
        super(
                source,
                "Message for " + source + " holds the delimiter before its end, at byte " + index
                        + ", and embeddedDelimiter=FAIL refuses that");
        this.index = index;
    }

    /**
     * {@return where the first delimiter starts, in bytes of the encoded message from 0} The end of the message and the
     * delimiter after it can form one together, as {@code x-} and {@code --} do.
     */
    public int index() {
        return index;
    }
}
