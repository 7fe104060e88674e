package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Decodes the frames of one pipe, each of them a message; {@link Frames} and {@link FrameBatches} take them. */
final class FrameStream implements Messages {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FrameDecoder decoder;
    private final boolean endsWithSession;
    private final FramePositions positions = new FramePositions();
    /** Null before the first intake and after the last one. */
    private Intake intake;

    private FlowControl flow;
    private ByteBuffer input = NOTHING;
    private boolean inputIsTheWorkers;
    private ReaderStatistics statistics;
    /** Everything before this position of the intake is counted. */
    private long counted;

    private long session;
    private boolean sessionHasBytes;
    private volatile boolean noMoreWriters;
    private boolean ended;
    private long malformedTold;
    private long start;

    /**
     * A stream from which nothing has been read.
     *
     * @param statistics of the reader, which may read several pipes
     * @param endsWithSession whether to end when the last writer has closed
     */
    FrameStream(FrameDecoder decoder, ReaderStatistics statistics, boolean endsWithSession) {
        this.decoder = decoder;
        this.statistics = statistics;
        this.endsWithSession = endsWithSession;
    }

    void from(Intake newIntake, FlowControl newFlow) {
        intake = newIntake;
        flow = newFlow;
        counted = intake.released();
        positions.enter(intake.keepsInPipe());
    }

    @Override
    public Message next(Worker worker) throws IOException {
        return message(nextFrame(worker, false));
    }

    /** The next frame, or null; {@code behindFrame}: while another one is not done. */
    Frame nextFrame(Worker worker, boolean behindFrame) throws IOException {
        start = undecoded();
        ended &= endsWithSession();
        positions.search(end());
        while (true) {
            Frame frame = input.hasRemaining() ? decoder.decode(input) : null;
            if (frame != null) {
                positions.found(frame);
                return frame;
            }
            int count = ended ? FlowControl.MAY_NOT_READ : fill(worker, behindFrame);
            if (count == FlowControl.MAY_NOT_READ || (count == Intake.NOTHING_YET && !isAbandoned())) {
                return null;
            }
            Frame last = count > 0 ? null : endSession();
            if (last != null || ended) {
                return last;
            }
            input = intake.bytes();
            inputIsTheWorkers = true;
            if (count > 0 && !sessionHasBytes) {
                sessionHasBytes = true;
                session = statistics.sessionBegins();
            }
        }
    }

    private int fill(Worker worker, boolean behindFrame) throws IOException {
        int count = flow.fill(worker, decoder.bytesWanted(), behindFrame);
        countTaken();
        return count;
    }

    /** Counts the bytes that have left the pipe, or leave it soon, since the last call. */
    private void countTaken() {
        long taken = intake.released() - counted;
        if (taken > 0) {
            counted += taken;
            statistics.taken(taken);
        }
    }

    @Override
    public Message cutShort() throws IOException {
        return message(lastFrame());
    }

    /** The unended last frame, marked so; null for none. */
    Frame lastFrame() throws IOException {
        Frame last = isLeftInThePipe() ? null : endSession();
        return last == null ? null : last.asIncomplete();
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        // the rest of a frame that is partly in memory is taken into memory too
        return isLeftInThePipe() ? positions.frameStart(undecoded()) : fed();
    }

    @Override
    public long bytes(Frame last) {
        return undecoded() - start;
    }

    /** Everything before a position is done and leaves the pipe soon. */
    void release(long position, Worker worker) throws IOException {
        intake.release(position, worker);
        if (positions.areInPipe()) {
            // otherwise nothing has left the pipe since the last read
            countTaken();
        }
    }

    /** Takes everything that is done out of the pipe now. */
    void takeDone(Worker worker) throws IOException {
        ByteBuffer instead = intake.takeDone(worker);
        countTaken();
        if (instead != null) {
            byte[] rest = new byte[input.remaining() + instead.remaining()];
            int unread = input.remaining();
            input.get(rest, 0, unread);
            instead.get(rest, unread, instead.remaining());
            input = ByteBuffer.wrap(rest);
            inputIsTheWorkers = false;
        }
    }

    /** The position of the first byte that is in the pipe and not done. */
    long released() {
        return intake.released();
    }

    /** The position of the first byte that belongs to no frame yet. */
    long undecoded() {
        return fed() - decoder.pendingBytes();
    }

    /** Where the search for the last frame began, also for a lost frame. */
    long searchStart() {
        return positions.searchStart();
    }

    private Message message(Frame frame) {
        return frame == null ? null : new Message(frame, null, 1, session, malformedFrames());
    }

    @Override
    public long session() {
        return session;
    }

    void noMoreWriters(boolean none) {
        noMoreWriters = none;
    }

    boolean endsWithSession() {
        return endsWithSession || noMoreWriters;
    }

    void reachEnd() {
        ended = true;
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    long malformedFrames() {
        long all = decoder.malformedFrames();
        long fresh = all - malformedTold;
        malformedTold = all;
        return fresh;
    }

    @Override
    public boolean isEmpty() {
        return !decoder.isMidFrame() && !input.hasRemaining();
    }

    @Override
    public long bytesHeld() {
        long inThePipe = intake == null ? 0 : intake.position() - intake.released();
        return decoder.pendingBytes() + input.remaining() - inThePipe;
    }

    @Override
    public void restart(ReaderStatistics newStatistics) {
        noMoreWriters = false;
        statistics = newStatistics;
        session = statistics.nextSession();
    }

    /** Goes on with bytes that another stream has read and not decoded. */
    void feed(byte[] bytes) {
        input = ByteBuffer.wrap(bytes);
        sessionHasBytes = true;
        session = statistics.nextSession();
    }

    byte[] undecodedBytes() {
        byte[] pending = decoder.pending();
        byte[] bytes = Arrays.copyOf(pending, pending.length + input.remaining());
        input.get(input.position(), bytes, pending.length, input.remaining());
        return bytes;
    }

    long bytesGone() {
        return decoder.bytesGone();
    }

    void keepRest() {
        if (!input.hasRemaining()) {
            input = NOTHING;
        } else if (inputIsTheWorkers) {
            byte[] rest = new byte[input.remaining()];
            input.get(rest);
            input = ByteBuffer.wrap(rest);
        }
        inputIsTheWorkers = false;
        intake.leave();
    }

    @Override
    public void leaveThePipe() {
        if (isLeftInThePipe()) {
            decoder.discard();
            positions.endOfFrame();
        }
        if (fed() >= intake.released()) {
            input = NOTHING;
        }
        intake = null;
        flow = null;
    }

    @Override
    public void discard() {
        decoder.discard();
        positions.endOfFrame();
        input = NOTHING;
    }

    private Frame endSession() throws IOException {
        sessionHasBytes = false;
        ended = endsWithSession();
        positions.endOfFrame();
        return decoder.finish();
    }

    /** Whether a writer that closed before the reader was opened has begun a frame. */
    private boolean isAbandoned() {
        return decoder.isMidFrame() && !intake.hasSeenWriter();
    }

    /** The position after the last byte that the decoder has. */
    private long fed() {
        return intake.position() - input.remaining();
    }

    /** Whether a frame has begun, and all its bytes are still in the pipe. */
    private boolean isLeftInThePipe() {
        boolean begun = positions.isSplitting() || decoder.pendingBytes() > 0;
        return begun && positions.frameStart(undecoded()) >= intake.released();
    }
}
