package io.github.camelfifo.pipe;

import java.nio.ByteBuffer;

/**
 * One frame on its way into a pipe. Its result is set by the writer before it reports the end, either by returning true
 * from {@link PipeWriter#write} or, if that returned false, by calling {@link #completed()} once.
 */
public abstract class WriteRequest {

    private final ByteBuffer bytes;
    private final int length;
    private final WritePolicy policy;
    private final long arrivalNanos = Clock.nanos();
    private PipeWriter writer;
    private Exception failure;
    private boolean discarded;

    /**
     * A frame that has arrived now.
     *
     * @param bytes  the whole frame with its delimiter; is used up
     * @param policy how long it may take
     */
    protected WriteRequest(ByteBuffer bytes, WritePolicy policy) {
        this.bytes = bytes;
        this.length = bytes.remaining();
        this.policy = policy;
    }

    /**
     * Called when the request is done, on an engine's worker or a stopping thread, never when {@link PipeWriter#write}
     * returned true.
     */
    protected abstract void completed();

    /**
     * Why the frame was not written, or not whole.
     *
     * @return null when it was written or discarded
     */
    public final Exception failure() {
        return failure;
    }

    /**
     * Whether the frame was thrown away because nobody reads.
     *
     * @return only true with {@link NoReader#DISCARD}
     */
    public final boolean isDiscarded() {
        return discarded;
    }

    /**
     * How much of the frame is in the pipe.
     *
     * @return bytes
     */
    public final int bytesWritten() {
        return length - bytes.remaining();
    }

    ByteBuffer bytes() {
        return bytes;
    }

    WritePolicy policy() {
        return policy;
    }

    long arrivalNanos() {
        return arrivalNanos;
    }

    boolean isBegun() {
        return bytesWritten() > 0;
    }

    PipeWriter writer() {
        return writer;
    }

    void comesFrom(PipeWriter from) {
        writer = from;
    }

    WriteRequest failed(Exception reason) {
        failure = reason;
        return this;
    }

    WriteRequest discarded() {
        discarded = true;
        return this;
    }
}
