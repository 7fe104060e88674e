package io.github.camelfifo.frame;

import java.io.IOException;

/** A frame was refused or lost: what the exceptions of decoders and encoders have in common. */
public abstract class FrameException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The FIFO's path. */
    private final String source;

    FrameException(String source, String message) {
        super(message);
        this.source = source;
    }

    FrameException(String source, String message, Throwable cause) {
        super(message, cause);
        this.source = source;
    }

    /** {@return where the frame came from or was to go: the FIFO's path} */
    public String source() {
        return source;
    }
}
