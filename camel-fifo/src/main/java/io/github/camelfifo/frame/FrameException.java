package io.github.camelfifo.frame;

import java.io.IOException;

/** A frame was refused or lost: the base of the exceptions of decoders and encoders. */
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

    /** {@return the path of the FIFO that the frame came from or was for} */
    public String source() {
        return source;
    }
}
