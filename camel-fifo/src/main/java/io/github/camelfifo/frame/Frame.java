package io.github.camelfifo.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One decoded frame, or a piece of one. Decoders make it; the consumer makes it a message.
 *
 * <p>Frames with a {@code byte[]} are equal only if they share the array, because records compare components with
 * {@code equals}.
 *
 * @param body a {@code String} or a {@code byte[]} that belongs to the receiver, see {@link BodyType}; or the result of
 *     a {@link SessionStore}; never {@code null}
 * @param mark says what is unusual; {@link FrameMark#NONE} for nearly all frames
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

    /** {@return whether the frame is incomplete, truncated or a piece} */
    public boolean isMarked() {
        return !mark.equals(FrameMark.NONE);
    }

    /** {@return whether this is a piece of a frame; {@link FrameMark#fragment()} tells which} */
    public boolean isFragment() {
        return mark.fragment() != FrameMark.NO_FRAGMENT;
    }

    /** {@return the same frame with its own body, so that a change of one does not change the other; for redelivery} */
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

    /** {@return the same frame, marked as incomplete: for a session that its writers did not end} */
    public Frame asIncomplete() {
        return new Frame(body, new FrameMark(true, mark.truncated(), mark.fragment(), mark.lastFragment()));
    }
}
