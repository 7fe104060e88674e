package io.github.camelfifo.pipe;

import java.io.IOException;

/** Nothing is at the path, and nothing may be made there. */
public class NoSuchNamedPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is missing.
     *
     * @param path where the FIFO should be
     */
    public NoSuchNamedPipeException(String path) {
        super("Named pipe does not exist: " + path);
    }
}
