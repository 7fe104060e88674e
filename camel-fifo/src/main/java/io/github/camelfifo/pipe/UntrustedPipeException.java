package io.github.camelfifo.pipe;

import java.io.IOException;

/**
 * What is at the path may have been put there by somebody else, and the pipe's options are strict. It has been left as it
 * was.
 */
public class UntrustedPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is there, and what would do.
     *
     * @param path the FIFO's
     * @param what is there, whose, and with which permissions
     * @param accepted what is accepted instead
     */
    public UntrustedPipeException(String path, String what, String accepted) {
        super("strict=true refuses " + what + " and accepts " + accepted + ": " + path);
    }
}
