package io.github.camelfifo.pipe;

import java.io.IOException;

/** A message could not be written, or only in part; {@link WriteRequest#failure()} gives it. */
public abstract class UndeliveredException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final long bytesWritten;

    UndeliveredException(String reason, String path, long bytesWritten) {
        super(reason + ": " + path
                + (bytesWritten > 0 ? " (" + bytesWritten + " bytes of the message were written)" : ""));
        this.path = path;
        this.bytesWritten = bytesWritten;
    }

    static String waited(long millis) {
        return millis > 0 ? " (waited " + millis + " ms)" : "";
    }

    /** {@return the path of the FIFO} */
    public String getPath() {
        return path;
    }

    /** {@return how many bytes of the message are in the pipe; 0 when the reader sees no part of the message} */
    public long getBytesWritten() {
        return bytesWritten;
    }
}
