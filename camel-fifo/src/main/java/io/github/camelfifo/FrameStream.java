package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Every frame is a message. */
final class FrameStream implements Frames {

    /** Before every position. */
    static final long NOT_IN_THE_PIPE = -1;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FrameDecoder decoder;
    private final boolean endsWithSpell;
    /** Null before the first and after the last one. */
    private Intake intake;

    private ByteBuffer input = NOTHING;
    private boolean inputIsTheWorkers;
    private AtomicLong sessions;
    private long session;
    private boolean sessionHasBytes;
    private volatile boolean lastSpell;
    private boolean ended;
    private long malformedTold;
    /** Whether the last frame was a piece, and more of the same frame will follow. */
    private boolean splitting;
    /** Where that frame begins. */
    private long splitStart;
    /** Where the last call of {@link #next} has begun. */
    private long start;
    /** Where the message begins that the last call of {@link #next} has given. */
    private long messageStart;

    private Frame putBack;
    private long putBackBytes;
    /** Whether the bytes of that have been taken out of the pipe. */
    private boolean putBackInMemory;
    /** Whether the last message was one that had been put back. */
    private boolean again;

    /**
     * A stream from which nothing has been read.
     *
     * @param decoder of its bytes
     * @param sessions counts those of the consumer, which may have several streams
     * @param endsWithSpell whether to end when the last writer has closed
     */
    FrameStream(FrameDecoder decoder, AtomicLong sessions, boolean endsWithSpell) {
        this.decoder = decoder;
        this.sessions = sessions;
        this.endsWithSpell = endsWithSpell;
    }

    @Override
    public void from(Intake newIntake) {
        intake = newIntake;
    }

    @Override
    public Frame next(Worker worker, Permit permit) throws IOException {
        again = putBack != null;
        if (again) {
            Frame next = putBack;
            putBack = null;
            return next;
        }
        messageStart = undecoded();
        ended &= isLastSpell();
        start = end();
        if (!splitting) {
            splitStart = start;
        }
        while (true) {
            Frame frame = input.hasRemaining() ? decoder.decode(input) : null;
            if (frame != null) {
                splitting = frame.isFragment() && !frame.mark().lastFragment();
                return frame;
            }
            int limit = ended ? 0 : permit.begin();
            if (limit == 0) {
                return null;
            }
            int count = fill(worker, limit, permit);
            if (count == Intake.NOTHING_YET && !isAbandoned()) {
                return null;
            }
            Frame last = count > 0 ? null : endSpell();
            if (last != null || ended) {
                return last;
            }
            input = intake.bytes();
            inputIsTheWorkers = true;
            if (count > 0 && !sessionHasBytes) {
                sessionHasBytes = true;
                session = sessions.incrementAndGet();
            }
        }
    }

    private int fill(Worker worker, int limit, Permit permit) throws IOException {
        try {
            return intake.fill(worker, limit);
        } finally {
            permit.end();
        }
    }

    @Override
    public Frame cutShort() throws IOException {
        Frame last = isLeftInThePipe() ? null : endSpell();
        return last == null ? null : last.asIncomplete();
    }

    @Override
    public void done(Worker worker) throws IOException {
        release(end(), worker);
    }

    @Override
    public void putBack(Frame last, Worker worker) throws IOException {
        putBack = last;
        if (!again) {
            putBackBytes = undecoded() - messageStart;
            putBackInMemory = messageStart < released();
            if (putBackInMemory) {
                // its tail too: whoever reads the pipe next must not find that alone
                release(end(), worker);
            }
        }
    }

    /** Where the bytes begin that are in no message yet. */
    long undecoded() {
        return fed() - decoder.pendingBytes();
    }

    /** What {@link #end()} was before the last frame, or failure. */
    long start() {
        return start;
    }

    /** Everything up to this position may leave the pipe once the last message is done. */
    long end() {
        // of a frame that is partly in memory the rest is taken there too
        return isLeftInThePipe() ? frameStart() : fed();
    }

    void release(long position, Worker worker) throws IOException {
        ByteBuffer instead = intake.release(position, worker);
        if (instead != null) {
            input = instead;
            inputIsTheWorkers = false;
        }
    }

    @Override
    public int frameCount() {
        return 1;
    }

    @Override
    public long session() {
        return session;
    }

    @Override
    public void lastSpell(boolean last) {
        lastSpell = last;
    }

    @Override
    public boolean isLastSpell() {
        return endsWithSpell || lastSpell;
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public long malformedFrames() {
        long all = decoder.malformedFrames();
        long fresh = all - malformedTold;
        malformedTold = all;
        return fresh;
    }

    @Override
    public int bytesWanted() {
        return decoder.bytesWanted();
    }

    @Override
    public boolean isBetweenFrames() {
        return putBack == null && !decoder.isMidFrame() && !input.hasRemaining();
    }

    @Override
    public long bytesHeld() {
        long inThePipe = intake == null ? 0 : intake.position() - intake.released();
        long backAgain = putBack != null && (putBackInMemory || intake != null) ? putBackBytes : 0;
        return backAgain + decoder.pendingBytes() + input.remaining() - inThePipe;
    }

    @Override
    public void restart(AtomicLong newSessions) {
        sessions = newSessions;
        session = sessions.incrementAndGet();
    }

    @Override
    public void keepRest() {
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
        if (!putBackInMemory) {
            putBack = null;
        }
        if (isLeftInThePipe()) {
            decoder.discard();
            splitting = false;
        }
        if (fed() >= intake.released()) {
            input = NOTHING;
        }
        intake = null;
        // positions of this intake mean nothing to the next one, for which all that is kept lies before its first byte
        start = NOT_IN_THE_PIPE;
        splitStart = NOT_IN_THE_PIPE;
    }

    @Override
    public void discard() {
        putBack = null;
        decoder.discard();
        splitting = false;
        input = NOTHING;
    }

    private Frame endSpell() throws IOException {
        sessionHasBytes = false;
        ended = isLastSpell();
        splitting = false;
        return decoder.finish();
    }

    /** Whether a frame was begun by a writer that had gone before the reader was opened. */
    private boolean isAbandoned() {
        return decoder.isMidFrame() && !intake.hasSeenWriter();
    }

    /** Where the bytes end that the decoder has got. */
    private long fed() {
        return intake.position() - input.remaining();
    }

    /** Where the bytes begin that are still in the pipe. */
    long released() {
        return intake.released();
    }

    /** Whether a frame has been begun that is in the pipe from its first byte on. */
    private boolean isLeftInThePipe() {
        return (splitting || decoder.pendingBytes() > 0) && frameStart() >= intake.released();
    }

    /** Where the frame begins that is in work. A split one stays one, so that nobody ever reads it from its middle on. */
    private long frameStart() {
        return splitting ? splitStart : fed() - decoder.pendingBytes();
    }
}
