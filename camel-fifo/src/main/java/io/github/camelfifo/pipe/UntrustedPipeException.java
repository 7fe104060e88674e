package io.github.camelfifo.pipe;

import java.io.IOException;

/**
 * Another user may have put the file at the path, and the options are strict; {@link NamedPipe#locate} throws it. The
 * file was left unchanged.
 */
public class UntrustedPipeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the file and the accepted ones.
     *
     * @param path of the file
     * @param what the file's kind, owner and permissions
     * @param accepted a file that is accepted instead
     */
    public UntrustedPipeException(String path, String what, String accepted) {
        super("strict=true refuses " + what + " and accepts " + accepted + ": " + path);
    }
}
