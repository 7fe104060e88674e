package io.github.camelfifo.pipe;

import java.io.IOException;

/** There is no file at the path, and the options do not allow making one; {@link NamedPipe#locate} throws it. */
public class NoSuchNamedPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the missing FIFO.
     *
     * @param path where the FIFO should be
     */
    public NoSuchNamedPipeException(String path) {
        super("Named pipe does not exist: " + path);
    }
}
