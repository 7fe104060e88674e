package io.github.camelfifo.pipe;

import java.io.IOException;

/**
 * A frame is longer than PIPE_BUF, so that bytes of other processes could get into it, and {@code atomicity=STRICT}
 * forbids this; producers throw it. No byte was written. What to do: send shorter frames, or have all writers lock the
 * FIFO.
 */
public class NotAtomicException extends IOException {

    private static final long serialVersionUID = 1L;

    /** PIPE_BUF of Linux, in bytes: a write(2) of up to this size is never split, pipe(7). */
    public static final int PIPE_BUF = 4096;

    /**
     * Names the unwritten frame.
     *
     * @param path the FIFO
     * @param length of the frame with its delimiter, in bytes, as far as it was read
     */
    public NotAtomicException(String path, long length) {
        super("A frame of " + length + " bytes or more is longer than PIPE_BUF (" + PIPE_BUF
                + ") and atomicity=STRICT: " + path);
    }
}
