package io.github.camelfifo.pipe;

import java.io.IOException;

/** A message could not be written, or not whole. */
public abstract class UndeliveredException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final long bytesWritten;

    UndeliveredException(String reason, String path, long bytesWritten) {
        super(reason + ": " + path + (bytesWritten > 0 ? " (" + bytesWritten + " bytes of the message had gone)" : ""));
        this.path = path;
        this.bytesWritten = bytesWritten;
    }

    static String waited(long millis) {
        return millis > 0 ? " (waited " + millis + " ms)" : "";
    }

    /**
     * Where to.
     *
     * @return the path of the FIFO
     */
    public String getPath() {
        return path;
    }

    /**
     * How much of the message had gone into the pipe.
     *
     * @return bytes, 0 when the reader will see nothing of it
     */
    public long getBytesWritten() {
        return bytesWritten;
    }
}
