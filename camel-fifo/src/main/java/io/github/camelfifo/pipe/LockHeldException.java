package io.github.camelfifo.pipe;

/** A message fails with this when another process holds the lock on the FIFO for too long, flock(2). */
public class LockHeldException extends UndeliveredException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the unwritten message.
     *
     * @param path the FIFO
     * @param waitedMillis how long the message waited for the lock
     * @param bytesWritten how many bytes of the message are in the pipe
     */
    public LockHeldException(String path, long waitedMillis, long bytesWritten) {
        super("Another process keeps the named pipe locked" + waited(waitedMillis), path, bytesWritten);
    }
}
