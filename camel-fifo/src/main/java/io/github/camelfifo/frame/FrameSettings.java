package io.github.camelfifo.frame;

import java.nio.charset.Charset;
import java.util.Objects;

/**
 * What decoders and encoders need to know. Each framing takes from it what concerns it.
 *
 * @param charset of text bodies
 * @param maxFrameLength the longest frame accepted, in bytes, without its delimiter: 1 to {@link #MAX_FRAME_LENGTH}
 * @param chunkSize the longest frame of {@link Framing#CHUNKS}, in bytes: 1 or more
 * @param source where the bytes come from or go to: the FIFO's path; named in every message
 */
public record FrameSettings(Charset charset, int maxFrameLength, int chunkSize, String source) {

    /** The largest {@code maxFrameLength}, in bytes: a Java array has to hold the frame and its delimiter. */
    public static final int MAX_FRAME_LENGTH = Integer.MAX_VALUE - 16;

    /**
     * Checks each value for itself; whether they go with a framing is {@link Framing#check}'s business.
     *
     * @param charset as above
     * @param maxFrameLength as above
     * @param chunkSize as above
     * @param source as above
     * @throws IllegalArgumentException if a size is out of its range; the message names the option, its value and what
     *     is accepted
     * @throws NullPointerException if {@code charset} or {@code source} is null
     */
    public FrameSettings {
        Objects.requireNonNull(charset, "charset");
        Objects.requireNonNull(source, "source");
        if (maxFrameLength < 1 || maxFrameLength > MAX_FRAME_LENGTH) {
            throw new IllegalArgumentException(
                    "maxFrameLength=" + maxFrameLength + " is not from 1 to " + MAX_FRAME_LENGTH + " bytes");
        }
        if (chunkSize < 1) {
            throw new IllegalArgumentException("chunkSize=" + chunkSize + " is not 1 byte or more");
        }
    }
}
