package io.github.camelfifo.pipe;

/**
 * A message fails with this when the pipe is full and its reader reads nothing for too long. What to do: find out why
 * the reader is stuck, allow more time ({@code writeTimeout}), or send again later.
 */
public class PipeFullException extends UndeliveredException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the unwritten message.
     *
     * @param path         the FIFO
     * @param waitedMillis how long the message waited for room
     * @param bytesWritten how many bytes of the message are in the pipe; the rest of a begun frame is written before
     *                     the next message, so that the stream stays whole
     */
    public PipeFullException(String path, long waitedMillis, long bytesWritten) {
        super("The named pipe is full and its reader takes nothing" + waited(waitedMillis), path, bytesWritten);
    }
}
