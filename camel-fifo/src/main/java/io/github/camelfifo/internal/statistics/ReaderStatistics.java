package io.github.camelfifo.internal.statistics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts what one reader takes out of a FIFO: a consumer since its start, one FIFO of a folder, a poller, or what
 * takes answers. The owner of the reader's pump counts, in its turn; any thread may read.
 *
 * <p>
 * There is one writer at a time, so a count is one addition and one plain store, which others see whole and soon. A
 * thousand idle FIFOs have one of these each: it has few fields.
 */
public final class ReaderStatistics {

    private static final VarHandle BYTES = handle("bytes");
    private static final VarHandle FRAMES = handle("frames");
    private static final VarHandle SESSIONS = handle("sessions");
    private static final VarHandle SESSION = handle("session");
    private static final VarHandle OVERSIZED = handle("oversized");
    private static final VarHandle MALFORMED = handle("malformed");
    private static final VarHandle REDELIVERED = handle("redelivered");

    /** Only the handle uses it. */
    @SuppressWarnings("UnusedVariable")
    private long bytes;

    private long frames;
    private long sessions;
    private long oversized;
    private long malformed;
    private long redelivered;
    /** The number of the last frame; the owner's. */
    private long sequence;
    /** The number of the last session. */
    @SuppressWarnings("UnusedVariable")
    private long session;

    /** Changes when another endpoint goes on with the reader. */
    private volatile EndpointStatistics endpoint;
    /** Whether to show what the FIFO is like. */
    private final boolean isShown;
    /** Null before anything is open, and when it is not shown. */
    private OpenPipe pipe;
    /** What had been counted at the last reset; guarded by the endpoint's statistics, like the next two fields. */
    private Counts base = Counts.NONE;
    /** The one that was opened before this. */
    private ReaderStatistics next;
    /** The one that was opened after this. */
    private ReaderStatistics previous;

    private volatile Failure failure = Failure.NONE;

    /** Counts for an endpoint, from {@link #opened} on. */
    public ReaderStatistics(EndpointStatistics endpoint) {
        this(endpoint, true);
    }

    private ReaderStatistics(EndpointStatistics endpoint, boolean isShown) {
        this.endpoint = endpoint;
        this.isShown = isShown;
    }

    /** Counts answers, which come from another FIFO than the endpoint's: nothing else of that FIFO is shown. */
    public static ReaderStatistics ofReplies(EndpointStatistics endpoint) {
        return new ReaderStatistics(endpoint, false);
    }

    /**
     * The FIFO is open, and its figures are to be shown.
     *
     * @param opened tells what it is like
     */
    public void opened(OpenPipe opened) {
        pipe = isShown ? opened : null;
        endpoint.add(this);
    }

    /** Nothing is counted any more; the counts stay with the endpoint. */
    public void closed() {
        boolean unused = endpoint.remove(this);
    }

    /** Counts for another endpoint from now on, unless it is closed. One thread at a time may call it. */
    public void goOnFor(EndpointStatistics other) {
        if (endpoint != other && endpoint.remove(this)) {
            endpoint = other;
            other.add(this);
        }
    }

    /** Bytes have left the pipe for good. Also when the reader's turns are over: then two pumps may count at once. */
    public void taken(long count) {
        long unused = (long) BYTES.getAndAdd(this, count);
    }

    /** A message is delivered for the first time. */
    public void delivered(int frameCount) {
        FRAMES.setOpaque(this, frames + frameCount);
    }

    /** A message is delivered once more. */
    public void redelivered() {
        REDELIVERED.setOpaque(this, redelivered + 1);
    }

    /** A frame was longer than allowed. */
    public void oversized() {
        OVERSIZED.setOpaque(this, oversized + 1);
    }

    /** Malformed text was replaced in some frames. */
    public void malformed(long count) {
        MALFORMED.setOpaque(this, malformed + count);
    }

    /** The first bytes of a session of writers have come; gives its number, see {@link #nextSession}. */
    public long sessionBegins() {
        SESSIONS.setOpaque(this, sessions + 1);
        return nextSession();
    }

    /**
     * A session that began with an earlier reader goes on; gives its number, from 1 since this reader was opened. Also
     * called outside of a turn, when a FIFO with a kept piece comes to the path.
     */
    public long nextSession() {
        return (long) SESSION.getAndAdd(this, 1L) + 1;
    }

    /** Numbers the frames of a message; gives the first number, from 1 since this reader was opened. */
    public long nextSequence(int frameCount) {
        long first = sequence + 1;
        sequence += frameCount;
        return first;
    }

    /** Something failed. For any thread. */
    public void failed(Throwable reason) {
        failed(Failure.text(reason));
    }

    /** As {@link #failed(Throwable)}; {@code text} says what and why. */
    public void failed(String text) {
        Failure now = Failure.now(text);
        failure = now;
        endpoint.failed(now);
    }

    /** All that was ever counted, whatever was reset. */
    public Counts total() {
        return new Counts(
                (long) BYTES.getOpaque(this),
                (long) FRAMES.getOpaque(this),
                0,
                0,
                (long) SESSIONS.getOpaque(this),
                0,
                (long) OVERSIZED.getOpaque(this),
                (long) MALFORMED.getOpaque(this),
                (long) REDELIVERED.getOpaque(this),
                0);
    }

    /** What was counted since the last reset. */
    Counts fresh() {
        return total().minus(base);
    }

    void reset(Counts counted) {
        base = base.plus(counted);
        failure = Failure.NONE;
    }

    /** What the FIFO is like now. */
    public Gauges gauges() {
        OpenPipe open = pipe;
        return Gauges.of(open == null ? null : open.status());
    }

    OpenPipe pipe() {
        return pipe;
    }

    /** What failed last; forgotten by a reset. */
    public Failure failure() {
        return failure;
    }

    ReaderStatistics next() {
        return next;
    }

    void next(ReaderStatistics other) {
        next = other;
    }

    ReaderStatistics previous() {
        return previous;
    }

    void previous(ReaderStatistics other) {
        previous = other;
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(ReaderStatistics.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
