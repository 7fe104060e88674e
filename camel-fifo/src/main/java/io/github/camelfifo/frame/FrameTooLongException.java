package io.github.camelfifo.frame;

import java.io.IOException;
import java.util.Arrays;

/**
 * A frame is longer than {@code maxFrameLength}. In reading, it is thrown once for each such frame, as soon as that is
 * sure, and the rest of the frame is skipped; in writing, before a byte is written. What to do: raise the option
 * {@code maxFrameLength}, or look into the {@linkplain #head() head} for a writer that does not end its frames.
 */
public class FrameTooLongException extends IOException {

    /** How much of the frame {@link #head()} keeps at most, in bytes: enough to know its writer by. */
    public static final int HEAD_LENGTH = 256;

    private static final long serialVersionUID = 1L;

    /** Where the frame came from or was to go. */
    private final String source;

    /** In bytes, without the delimiter. */
    private final long lengthSoFar;

    /** Never handed out itself. */
    private final byte[] head;

    /**
     * For a frame that is {@code lengthSoFar} bytes long or longer.
     *
     * @param source where the frame came from or was to go: the FIFO's path
     * @param lengthSoFar the frame's length without its delimiter, as far as known, in bytes
     * @param maxFrameLength the limit, in bytes
     * @param head the frame's first bytes; copied, and cut after {@link #HEAD_LENGTH} bytes
     */
    public FrameTooLongException(String source, long lengthSoFar, int maxFrameLength, byte[] head) {
        this(source, lengthSoFar, "maxFrameLength", maxFrameLength, head);
    }

    /** For a frame that is too long for some other option, which is named with what it allows in bytes. */
    FrameTooLongException(String source, long lengthSoFar, String option, long allowed, byte[] head) {
        super("Frame too long on " + source + ": at least " + lengthSoFar + " bytes, and " + option + " allows "
                + allowed);
        this.source = source;
        this.lengthSoFar = lengthSoFar;
        this.head = Arrays.copyOf(head, Math.min(head.length, HEAD_LENGTH));
    }

    /**
     * Where the frame came from or was to go.
     *
     * @return the FIFO's path
     */
    public String source() {
        return source;
    }

    /**
     * The frame's length without its delimiter, as far as it was known when the limit was passed: all of it in writing,
     * when the end was in the same read, and when a length stood before it; else what had come by then.
     *
     * @return bytes
     */
    public long lengthSoFar() {
        return lengthSoFar;
    }

    /**
     * The beginning of the frame, undecoded.
     *
     * @return a copy of up to {@link #HEAD_LENGTH} bytes
     */
    public byte[] head() {
        return head.clone();
    }
}
