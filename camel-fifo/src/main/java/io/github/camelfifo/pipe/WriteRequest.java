package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One message on its way into a pipe: a frame, or several pieces. Its result is set by the writer before it reports the end, either by returning true
 * from {@link PipeWriter#write} or, if that returned false, by calling {@link #completed()} once.
 */
public abstract class WriteRequest {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FrameSource source;
    private final WritePolicy policy;
    private final long arrivalNanos = Clock.nanos();
    private long attemptNanos = arrivalNanos;
    private ByteBuffer piece;
    private long bytesBeforePiece;
    private WriterState writer;
    private Exception failure;
    private boolean discarded;

    /**
     * A frame that has arrived now.
     *
     * @param bytes the whole frame with its delimiter, from position 0; is used up
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
     * Whether the message was thrown away because nobody reads, or because the pipe is full.
     *
     * @return only true with {@link NoReader#DISCARD} or {@link WhenFull#DISCARD}
     */
    public final boolean isDiscarded() {
        return discarded;
    }

    /**
     * How much of the message is in the pipe.
     *
     * @return bytes
     */
    public final long bytesWritten() {
        return bytesBeforePiece + piece.position();
    }

    /**
     * How long ago the last attempt began to write of it, at the latest: whatever anybody did before that was not done
     * for having read it whole. For a request that is done.
     *
     * @return nanoseconds
     */
    public final long nanosSinceLastAttempt() {
        return Clock.nanos() - attemptNanos;
    }

    /** Another attempt to write begins, after something else than this was waited for. */
    void attemptBegins() {
        attemptNanos = Clock.nanos();
    }

    /** What is to be written now. */
    ByteBuffer piece() {
        return piece;
    }

    /** Goes on to the next piece; false when there is none, also when called again. */
    boolean nextPiece(String path) throws BodyFailedException {
        ByteBuffer next = source == null ? null : nextOfSource(path);
        if (next == null) {
            return false;
        }
        bytesBeforePiece = bytesWritten();
        piece = next;
        return true;
    }

    /**
     * The rest of a begun frame, which has to be written even when the message has failed; may be empty. It is a view with a
     * position of its own, so that {@link #bytesWritten} of a failed request does not change any more.
     */
    ByteBuffer residue() {
        boolean begun = piece.position() > 0 && piece.hasRemaining();
        return begun && !isStream() ? piece.duplicate() : NOTHING;
    }

    /** Whether its pieces come from the user's code. */
    boolean isStreamed() {
        return source != null;
    }

    /** Whether its pieces are one frame, which goes on after each of them. */
    boolean isStream() {
        return source != null && !source.isWholeFrames();
    }

    /** Done, well or not: lets go of the source. */
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

    /** Whether nothing of a frame is in the pipe that is not whole there. */
    boolean isBetweenFrames() {
        boolean betweenPieces = piece.position() == 0 || !piece.hasRemaining();
        return !isBegun() || (source != null && source.isWholeFrames() && betweenPieces);
    }

    WriterState writer() {
        return writer;
    }

    /** Belongs to this writer from now on, until it has ended. */
    void comesFrom(WriterState from) {
        writer = from;
        from.requestBegins();
    }

    private ByteBuffer nextOfSource(String path) throws BodyFailedException {
        try {
            return source.next();
        } catch (IOException | RuntimeException | Error e) {
            throw new BodyFailedException(path, bytesWritten(), e);
        }
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
