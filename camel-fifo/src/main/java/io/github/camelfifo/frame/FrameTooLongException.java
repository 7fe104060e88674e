package io.github.camelfifo.frame;

import java.util.Arrays;

/**
 * A frame is longer than {@code maxFrameLength}. Decoders throw it once for each such frame, as soon as that is sure,
 * and skip the rest of the frame; encoders throw it before a byte is written. What to do: raise the option
 * {@code maxFrameLength}, or look into the {@linkplain #head() head} for a writer that does not end its frames.
 */
public class FrameTooLongException extends FrameException {

    /** How much of the frame {@link #head()} keeps at most, in bytes: enough to recognise its writer. */
    public static final int HEAD_LENGTH = 256;

    private static final long serialVersionUID = 1L;

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

    /** Names {@code option}, which may be another one, and what it allows, in bytes. */
    FrameTooLongException(String source, long lengthSoFar, String option, long allowed, byte[] head) {
        super(
                source,
                "Frame too long on " + source + ": at least " + lengthSoFar + " bytes, and " + option + " allows "
                        + allowed);
        this.lengthSoFar = lengthSoFar;
        this.head = Arrays.copyOf(head, Math.min(head.length, HEAD_LENGTH));
    }

    /**
     * The frame's length without its delimiter, as far as it was known when the limit was passed. It is the whole
     * length in writing, when the end was in the same read, and when a length stood before the frame; else what had
     * come by then.
     *
     * @return bytes
     */
    public long lengthSoFar() {
        return lengthSoFar;
    }

    /** {@return a copy of the frame's first bytes, undecoded: up to {@link #HEAD_LENGTH}} */
    public byte[] head() {
        return head.clone();
    }
}
