package io.github.camelfifo.pipe;

import java.io.IOException;

/** The file at the path is not a FIFO; {@link NamedPipe#locate} throws it. The file was left unchanged. */
public class NotANamedPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the file.
     *
     * @param path of the file
     * @param what the kind of the file, such as {@code a regular file}
     */
    public NotANamedPipeException(String path, String what) {
        super("Not a named pipe but " + what + ": " + path);
    }
}
