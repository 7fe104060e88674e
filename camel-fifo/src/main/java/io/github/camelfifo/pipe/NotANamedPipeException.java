package io.github.camelfifo.pipe;

import java.io.IOException;

/** Something is at the path, but it is no FIFO. It has been left as it was. */
public class NotANamedPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is there.
     *
     * @param path where
     * @param what the kind of file that is there, such as {@code a regular file}
     */
    public NotANamedPipeException(String path, String what) {
        super("Not a named pipe but " + what + ": " + path);
    }
}
