package io.github.camelfifo.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One decoded frame, or a piece of one.
 *
 * <p>Frames with a {@code byte[]} are equal only if they share the array, as records compare components with
 * {@code equals}.
 *
 * @param body a {@code String} or a {@code byte[]} that belongs to the receiver, see {@link BodyType}; or what a
 *     {@link SessionStore} gives; never {@code null}
 * @param mark what is out of the ordinary; {@link FrameMark#NONE} for nearly all
 */
public record Frame(Object body, FrameMark mark) {

    /**
     * Refuses a frame without a body or mark.
     *
     * @param body as above
     * @param mark as above
     * @throws NullPointerException if either is null
     */
    public Frame {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(mark, "mark");
    }

    /**
     * A whole frame, unmarked.
     *
     * @param body as above
     */
    public Frame(Object body) {
        this(body, FrameMark.NONE);
    }

    /**
     * Whether there is anything out of the ordinary about this frame: it is incomplete, truncated or a piece.
     *
     * @return false for nearly all frames
     */
    public boolean isMarked() {
        return !mark.equals(FrameMark.NONE);
    }

    /**
     * Whether the stream ended before the frame did.
     *
     * @return as {@link FrameMark#incomplete()}
     */
    public boolean incomplete() {
        return mark.incomplete();
    }

    /**
     * Whether the body is only the head of the frame; {@link FrameMark#truncated()} tells how long that was.
     *
     * @return whether something was cut off
     */
    public boolean isTruncated() {
        return mark.truncated() > 0;
    }

    /**
     * Whether this is a piece of a frame; {@link FrameMark#fragment()} tells which.
     *
     * @return whether the frame was split
     */
    public boolean isFragment() {
        return mark.fragment() != FrameMark.NO_FRAGMENT;
    }

    /**
     * The same with a body of its own, so that nobody who has the one can change the other.
     *
     * @return this frame, where its body cannot be changed
     */
    public Frame copy() {
        return body instanceof String ? this : new Frame(copy(body), mark);
    }

    private static Object copy(Object body) {
        if (body instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (body instanceof List<?> elements) {
            List<Object> copies = new ArrayList<>(elements.size());
            elements.forEach(element -> copies.add(copy(element)));
            return copies;
        }
        return body;
    }

    /**
     * The same, marked as incomplete: for whoever ends a session that its writers have not ended.
     *
     * @return a frame with this body
     */
    public Frame asIncomplete() {
        return new Frame(body, new FrameMark(true, mark.truncated(), mark.fragment(), mark.lastFragment()));
    }
}
