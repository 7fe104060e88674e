package io.github.camelfifo.frame;

import java.io.IOException;

/**
 * A message holds the delimiter before its end and would be several frames to the reader, which
 * {@link EmbeddedDelimiter#FAIL} forbids. Thrown before a byte is written. What to do: leave the delimiter out of the
 * message, or send its parts one by one.
 */
public class EmbeddedDelimiterException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Where the message was to go. */
    private final String source;

    /** In bytes of the encoded message. */
    private final int index;

    /**
     * For a message that holds a delimiter at {@code index}.
     *
     * @param source where the message was to go: the FIFO's path
     * @param index where its first delimiter starts, in bytes of the encoded message from 0
     */
    public EmbeddedDelimiterException(String source, int index) {
        super("Message for " + source + " holds the delimiter before its end, at byte " + index
                + ", and embeddedDelimiter=FAIL refuses that");
        this.source = source;
        this.index = index;
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
     * Where the first delimiter starts. It can be one that the message's end makes together with the delimiter after
     * it, as {@code x-} does with {@code --}.
     *
     * @return bytes of the encoded message, from 0
     */
    public int index() {
        return index;
    }
}
