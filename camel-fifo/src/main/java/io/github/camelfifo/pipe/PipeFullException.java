package io.github.camelfifo.pipe;

/**
 * The pipe is full and its reader has taken nothing for too long. What to do: look why the reader is stuck, allow more
 * time ({@code writeTimeout}), or send again later.
 */
public class PipeFullException extends UndeliveredException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was not written.
     *
     * @param path         the FIFO
     * @param waitedMillis how long room was waited for
     * @param bytesWritten how many bytes of the message are in the pipe; the rest will be written before anything else,
     *                     so that the stream stays whole
     */
    public PipeFullException(String path, long waitedMillis, long bytesWritten) {
        super("The named pipe is full and its reader takes nothing" + waited(waitedMillis), path, bytesWritten);
    }
}
