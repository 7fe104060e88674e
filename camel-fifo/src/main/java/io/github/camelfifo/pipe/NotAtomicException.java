package io.github.camelfifo.pipe;

import java.io.IOException;

/**
 * A frame is too long for one write(2) that no other process's bytes can get into, and nothing else is wanted. Nothing of it
 * was written. What to do: send shorter frames, or have all writers lock the FIFO.
 */
public class NotAtomicException extends IOException {

    private static final long serialVersionUID = 1L;

    /** PIPE_BUF of Linux, in bytes: pipe(7). Writes of up to so many bytes are never split. */
    public static final int PIPE_BUF = 4096;

    /**
     * Says what was not written.
     *
     * @param path the FIFO
     * @param length of the frame with its delimiter, so far as known, in bytes
     */
    public NotAtomicException(String path, long length) {
        super("A frame of " + length + " bytes or more is longer than PIPE_BUF (" + PIPE_BUF
                + ") and atomicity=STRICT: " + path);
    }
}
