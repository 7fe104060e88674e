package io.github.camelfifo.frame;

import java.util.Arrays;

/**
 * A frame is longer than {@code maxFrameLength}. Decoders throw it once for each such frame, as soon as that is sure,
 * and skip the rest of the frame; encoders throw it before a byte is written. What to do: raise the option
 * {@code maxFrameLength}, or look into the {@linkplain #head() head} for a writer that does not end its frames.
 */
public class FrameTooLongException extends FrameException {

    /** The most bytes of the frame that {@link #head()} keeps: enough to recognise its writer. */
    public static final int HEAD_LENGTH = 256;

    private static final long serialVersionUID = 1L;

    /** In bytes, without the delimiter. */
    private final long lengthSoFar;

    /** Callers get only copies. */
    private final byte[] head;

    /**
     * For a frame that is {@code lengthSoFar} bytes long or longer.
     *
     * @param source the path of the FIFO that the frame came from or was for
     * @param lengthSoFar the frame's length without its delimiter, as far as known, in bytes
     * @param maxFrameLength the limit, in bytes
     * @param head the frame's first bytes; copied, and cut after {@link #HEAD_LENGTH} bytes
     */
    public FrameTooLongException(String source, long lengthSoFar, int maxFrameLength, byte[] head) {
        this(source, lengthSoFar, "maxFrameLength", maxFrameLength, head);
    }

    /** Names another {@code option} and its limit {@code allowed}, in bytes. */
    FrameTooLongException(String source, long lengthSoFar, String option, long allowed, byte[] head) {
        super(
                source,
                "Frame too long on " + source + ": at least " + lengthSoFar + " bytes, and " + option + " allows "
                        + allowed);
        this.lengthSoFar = lengthSoFar;
        this.head = Arrays.copyOf(head, Math.min(head.length, HEAD_LENGTH));
    }

    /**
     * {@return the frame's length without its delimiter, in bytes, as far as it was known when the limit was passed} It
     * is the whole length for a write, for an end in the same read, and for a frame after its length; otherwise the
     * bytes that had come by then.
     */
    public long lengthSoFar() {
        return lengthSoFar;
    }

    /** {@return a copy of the frame's first bytes, undecoded: up to {@link #HEAD_LENGTH}} */
    public byte[] head() {
        return head.clone();
    }
}
