package io.github.camelfifo.frame;

/**
 * A message holds the delimiter before its end and would be several frames to the reader, which
 * {@link EmbeddedDelimiter#FAIL} forbids. Encoders throw it before a byte is written. What to do: leave the delimiter
 * out of the message, or send its parts one by one.
 */
public class EmbeddedDelimiterException extends FrameException {

    private static final long serialVersionUID = 1L;

    /** In bytes of the encoded message. */
    private final int index;

    /**
     * For a message that holds a delimiter at {@code index}.
     *
     * @param source where the message was to go: the FIFO's path
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
     * Where the first delimiter starts. The end of the message and the delimiter after it can make one together, as
     * {@code x-} and {@code --} do.
     *
     * @return bytes of the encoded message, from 0
     */
    public int index() {
        return index;
    }
}
