package io.github.camelfifo.pipe;

/** Another process held the lock on the FIFO for too long, flock(2). */
public class LockHeldException extends UndeliveredException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was not written.
     *
     * @param path the FIFO
     * @param waitedMillis how long the message waited for the lock
     * @param bytesWritten how many bytes of the message are in the pipe
     */
    public LockHeldException(String path, long waitedMillis, long bytesWritten) {
        super("Another process keeps the named pipe locked" + waited(waitedMillis), path, bytesWritten);
    }
}
