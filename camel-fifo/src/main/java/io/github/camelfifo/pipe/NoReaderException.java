package io.github.camelfifo.pipe;

/**
 * A message fails with this when no process has the FIFO open for reading and none opens it in time. What to do: start
 * the reader, allow more time ({@code readerTimeout}), or send again later.
 */
public class NoReaderException extends UndeliveredException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the unwritten message.
     *
     * @param path         the FIFO
     * @param waitedMillis how long the message waited for a reader; 0: not at all
     * @param bytesWritten how many bytes of the message are in the pipe
     */
    public NoReaderException(String path, long waitedMillis, long bytesWritten) {
        super("No process has the named pipe open for reading" + waited(waitedMillis), path, bytesWritten);
    }
}
