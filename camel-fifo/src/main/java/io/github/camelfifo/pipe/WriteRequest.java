package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One message on its way into a pipe, a frame or several pieces; a producer gives it to {@link PipeWriter#write}. The
 * writer sets the result and then reports the end: either that method returns true or, if it returned false, the writer
 * calls {@link #completed()} once.
 */
public abstract class WriteRequest {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Null when the message is one frame. */
    private final FrameSource source;

    private final WritePolicy policy;
    private final long arrivalNanos = Clock.nanos();
    private long attemptNanos = arrivalNanos;
    private ByteBuffer piece;
    private long bytesBeforePiece;
    private WriterState writer;
    private Exception failure;
    private boolean discarded;
    private boolean readerMissed;

    /**
     * A frame that has arrived now.
     *
     * @param bytes the whole frame with its delimiter, from position 0; the writer moves the position
     * @param policy how long it may take
     */
    protected WriteRequest(ByteBuffer bytes, WritePolicy policy) {
        this.source = null;
        this.piece = bytes;
        this.policy = policy;
    }

    /**
     * A message of several pieces that has arrived now.
     *
     * @param source gives the pieces, and is closed at the end
     * @param policy how long it may take
     */
    protected WriteRequest(FrameSource source, WritePolicy policy) {
        this.source = source;
        this.piece = NOTHING;
        this.policy = policy;
    }

    /**
     * Called when the request is done, on an engine's worker or a stopping thread, unless {@link PipeWriter#write}
     * returned true.
     */
    protected abstract void completed();

    /**
     * More of its bytes are in the pipe. The thread that writes calls it, once for each write.
     *
     * @param bytes how many more
     */
    protected void wrote(long bytes) {}

    /** It has to wait until somebody reads. The thread that writes calls it, once at most. */
    protected void waitsForReader() {}

    /** {@return why the frame was not written, or only in part; null when it was written or discarded} */
    public final Exception failure() {
        return failure;
    }

    /** {@return whether the message was thrown away under {@link NoReader#DISCARD} or {@link WhenFull#DISCARD}} */
    public final boolean isDiscarded() {
        return discarded;
    }

    /** {@return how many bytes of the message are in the pipe} */
    public final long bytesWritten() {
        return bytesBeforePiece + piece.position();
    }

    /**
     * {@return the nanoseconds since the last attempt to write began: nobody can have read the whole message before}
     * For a request that is done.
     */
    public final long nanosSinceLastAttempt() {
        return Clock.nanos() - attemptNanos;
    }

    /** The writer tries to write again after it has waited. */
    void attemptBegins() {
        attemptNanos = Clock.nanos();
    }

    /** The bytes to write now. */
    ByteBuffer piece() {
        return piece;
    }

    /** Goes to the next piece; false when there is none, also when called again. */
    boolean nextPiece(String path) throws BodyFailedException {
        ByteBuffer next = source == null ? null : nextOfSource(path);
        if (next == null) {
            return false;
        }
        bytesBeforePiece = bytesWritten();
        piece = next;
        return true;
    }

    private ByteBuffer nextOfSource(String path) throws BodyFailedException {
        try {
            return source.next();
        } catch (IOException | RuntimeException | Error e) {
            throw new BodyFailedException(path, bytesWritten(), e);
        }
    }

    /**
     * The rest of a begun frame, which has to be written even if the message has failed; may be empty. It is a view
     * with its own position, so that {@link #bytesWritten} of a failed request no longer changes.
     */
    ByteBuffer residue() {
        boolean begun = piece.position() > 0 && piece.hasRemaining();
        return begun && !isStream() ? piece.duplicate() : NOTHING;
    }

    /** Whether its pieces come from the user's code. */
    boolean isStreamed() {
        return source != null;
    }

    /** Whether all its pieces together are one frame. */
    boolean isStream() {
        return source != null && !source.isWholeFrames();
    }

    /** The request is done, well or not: closes the source. */
    void ended() {
        if (source != null) {
            source.close();
        }
        writer.requestEnds();
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

    /** Whether all its frames in the pipe are whole. */
    boolean isBetweenFrames() {
        boolean betweenPieces = piece.position() == 0 || !piece.hasRemaining();
        return !isBegun() || (source != null && source.isWholeFrames() && betweenPieces);
    }

    WriterState writer() {
        return writer;
    }

    /** It may wait for a reader, and nobody reads; false when it was told before. */
    boolean missesReader() {
        if (readerMissed) {
            return false;
        }
        readerMissed = true;
        if (isBegun() || policy.noReader() == NoReader.WAIT) {
            waitsForReader();
        }
        return true;
    }

    /** Counts the request for this writer until it has ended. */
    void comesFrom(WriterState from) {
        writer = from;
        from.requestBegins();
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
