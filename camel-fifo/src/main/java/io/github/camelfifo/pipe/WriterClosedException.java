package io.github.camelfifo.pipe;

/** The producer was stopped while a message waited; {@link PipeWriter} fails the message with it. */
public class WriterClosedException extends UndeliveredException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the unwritten message.
     *
     * @param path         the FIFO
     * @param bytesWritten how many bytes of the message are in the pipe
     */
    public WriterClosedException(String path, long bytesWritten) {
        super("Stopped before the message was written to the named pipe", path, bytesWritten);
    }
}
