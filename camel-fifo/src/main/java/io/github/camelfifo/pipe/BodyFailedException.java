package io.github.camelfifo.pipe;

/** The body of a streamed message could not be read to its end, and the message fails; a part may be in the pipe. */
public class BodyFailedException extends UndeliveredException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the unwritten message.
     *
     * @param path the FIFO
     * @param bytesWritten how many bytes of the message are in the pipe
     * @param cause why the rest could not be read
     */
    public BodyFailedException(String path, long bytesWritten, Throwable cause) {
        super("The body of the message could not be read to its end", path, bytesWritten);
        initCause(cause);
    }
}
