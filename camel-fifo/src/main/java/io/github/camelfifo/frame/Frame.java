package io.github.camelfifo.frame;

import java.util.Objects;

/**
 * One decoded frame.
 *
 * <p>Frames with a {@code byte[]} are equal only if they share the array, as records compare components with
 * {@code equals}.
 *
 * @param body a {@code String} ({@link Framing#LINES}) or a {@code byte[]} that belongs to the receiver
 *     ({@link Framing#CHUNKS}); never {@code null}
 * @param incomplete whether the stream ended before the frame did; only {@link FrameDecoder#finish()} gives such frames
 */
public record Frame(Object body, boolean incomplete) {

    /**
     * Refuses a frame without a body.
     *
     * @param body as above
     * @param incomplete as above
     * @throws NullPointerException if {@code body} is null
     */
    public Frame {
        Objects.requireNonNull(body, "body");
    }
}
