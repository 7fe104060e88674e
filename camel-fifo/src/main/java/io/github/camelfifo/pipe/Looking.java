package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The {@link Intake} of consumers that acknowledge: it looks at bytes, and takes them out of the pipe when they are
 * done. Each look starts at the head of the pipe and shows the given bytes again; it compares these and skips them. A
 * pipe full of one unfinished frame would stay full, so its bytes are taken into memory.
 *
 * <p>
 * What is done is taken in portions, each by one read(2), which a SIGKILL does not cut. {@link AcknowledgeTimer} takes
 * a portion when the owner is busy for too long; hence the fields that say what is in the pipe are guarded by the
 * reader.
 */
public final class Looking extends ReadingIntake {

    /** A smaller pipe has smaller portions, so that its writers do not wait for long. */
    private static final int PORTIONS_OF_PIPE = 4;

    /** Enough for a writer that has just got room; it gets room when a page was taken. */
    private static final long WRITER_NANOS = 50_000;

    private static final int PAGE = 4096;

    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final PipeListener listener;
    private final AcknowledgeTimer timer;
    /** The given bytes that are still in the pipe; guarded by reader. */
    private final SeenBytes seen = new SeenBytes();
    /** The position after the last given byte; less than that of the reader while {@code instead} is not given. */
    private long end;
    /** Bytes before this position are done. The owner writes it. */
    private volatile long done;
    /** What is done and not taken; null for nothing. Set by the owner. */
    private volatile Portion portion;
    /** The position where the portion is full; the owner's. */
    private long portionEnd;

    private int portionSize = AcknowledgeTimer.LARGEST_PORTION;
    /** Bytes that came out of the pipe and were not given, because somebody else took those before; null for none. */
    private volatile ByteBuffer instead;
    /** Whether somebody else took bytes; the owner tells it once. */
    private volatile boolean foreignReaderSeen;

    private boolean foreignReaderTold;
    /** Whether a writer may have got room since the last look; guarded by reader. */
    private boolean roomMade;
    /** Whether the end of a session was given while its bytes are still in the pipe. */
    private boolean endIsTold;
    /** Grows with the age of an unfinished frame, so that many old ones cost little. */
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    private boolean earlierWritersAreNoted;

    /**
     * Looks at nothing yet.
     *
     * @param reader    of the pipe
     * @param chunkSize the most new bytes of one look
     * @param listener  is told when somebody else takes bytes out of this pipe
     */
    public Looking(PipeReader reader, int chunkSize, PipeListener listener) {
        super(reader, chunkSize);
        this.listener = listener;
        this.timer = reader.acknowledgeTimer();
    }

    @Override
    public int fill(Worker worker, int limit) throws IOException {
        return fill(worker, limit, true);
    }

    @Override
    public int fillBehindFrame(Worker worker, int limit) throws IOException {
        return fill(worker, limit, false);
    }

    private int fill(Worker worker, int limit, boolean intoMemory) throws IOException {
        int count;
        synchronized (reader) {
            bytes = NOTHING;
            takeDoneNow(worker);
            count = instead == null && reader.mayTake() ? fillFromPipe(worker, limit, intoMemory) : NOTHING_YET;
            if (instead != null) {
                bytes = giveInstead();
                count = bytes.remaining();
            }
        }
        tellOfForeignReader();
        return count;
    }

    @Override
    public void release(long position, Worker worker) throws IOException {
        long before = done;
        if (position <= before) {
            return;
        }
        // before the look at the portion: whoever ends the portion looks at this afterwards
        done = position;
        boolean begins = portion == null;
        if (begins) {
            portionEnd = reader.position() + portionSize;
        }
        if (position == end || position >= portionEnd) {
            synchronized (reader) {
                takeDoneNow(worker);
            }
        } else if (begins) {
            portion = new Portion();
            timer.add(portion);
        }
    }

    @Override
    public ByteBuffer takeDone(Worker worker) throws IOException {
        ByteBuffer fresh = null;
        if (reader.position() < done || instead != null) {
            synchronized (reader) {
                takeDoneNow(worker);
                fresh = instead == null ? null : giveInstead();
            }
            tellOfForeignReader();
        }
        return fresh;
    }

    @Override
    public boolean keepsInPipe() {
        return true;
    }

    @Override
    public void leave() {
        bytes = NOTHING;
        synchronized (reader) {
            seen.keep(ahead());
        }
    }

    @Override
    public long position() {
        return end;
    }

    @Override
    public long released() {
        return Math.max(done, reader.position());
    }

    @Override
    public void arm() throws IOException {
        if (ahead() == 0) {
            reader.arm();
        } else {
            reader.armForMore(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    /** How many given bytes are still in the pipe. */
    private int ahead() {
        return (int) Math.max(0, end - reader.position());
    }

    /**
     * Nothing that is done is in the pipe; otherwise a frame might seem not to fit into it.
     *
     * @param intoMemory whether to take given bytes when no more bytes can come
     */
    private int fillFromPipe(Worker worker, int limit, boolean intoMemory) throws IOException {
        if (!earlierWritersAreNoted) {
            // not before the first look: a reader that stands by opens nothing for writing
            earlierWritersAreNoted = true;
            reader.noteEarlierWriters();
        }
        int capacity = reader.capacity();
        portionSize = Math.min(AcknowledgeTimer.LARGEST_PORTION, capacity / PORTIONS_OF_PIPE);
        ReadBuffer buffer = worker.buffer(Math.max(chunkSize, capacity));
        ScratchPipe scratch = worker.scratch();
        scratch.growTo(capacity);
        int count = 0;
        while (ahead() > 0 && count == 0 && instead == null) {
            int inPipe = reader.available();
            int ahead = ahead();
            if (inPipe < ahead) {
                missed(ahead - inPipe);
            } else if (inPipe > ahead && ahead < buffer.capacity()) {
                count = fillBeyondGiven(buffer, scratch, limit);
                if (count == 0 && !intoMemory) {
                    return NOTHING_YET;
                } else if (count == 0 && ahead() == ahead) {
                    // the scratch pipe holds no more
                    take(buffer.direct(ahead), ahead);
                }
            } else if (intoMemory && (inPipe > ahead || isFull(buffer, scratch))) {
                take(buffer.direct(ahead), ahead);
            } else if (roomMade) {
                awaitWriter(ahead);
            } else if (endIsTold || !reader.isHungUp()) {
                return NOTHING_YET;
            } else if (reader.available() == ahead) {
                // no new writer has written since the writers went
                endIsTold = true;
                return END_OF_SESSION;
            }
        }
        boolean filled = count > 0 || instead != null;
        return filled ? count : fill(buffer, scratch, Math.min(limit, chunkSize));
    }

    /**
     * Waits briefly for a writer that has got room. The kernel makes no event when it writes, because the pipe is not
     * empty, see {@link PipeReader#armForMore}.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private void awaitWriter(int ahead) throws IOException {
        roomMade = false;
        long end = System.nanoTime() + WRITER_NANOS;
        while (reader.available() == ahead && System.nanoTime() - end < 0) {
            Thread.yield();
        }
    }

    /** The first look at an unseen head of the pipe. */
    private int fill(ReadBuffer buffer, ScratchPipe scratch, int most) throws IOException {
        int count = reader.look(scratch, Math.min(most, buffer.capacity()));
        if (count > 0) {
            buffer.readFrom(scratch, count);
            give(buffer, 0, count);
        }
        return count;
    }

    /** Looks again at the given bytes, and at the bytes after them; 0 when it gave none. */
    private int fillBeyondGiven(ReadBuffer buffer, ScratchPipe scratch, int limit) throws IOException {
        int most = (int) Math.min((long) ahead() + Math.min(limit, chunkSize), buffer.capacity());
        int count = Math.max(0, reader.look(scratch, most));
        ByteBuffer found = buffer.readFrom(scratch, count);
        missed(seen.missingBefore(found, ahead(), 0));
        int before = ahead();
        if (count > before) {
            give(buffer, before, count);
        }
        return Math.max(0, count - before);
    }

    /** Gives the buffer's bytes except those that were given already. */
    private void give(ReadBuffer buffer, int already, int count) {
        bytes = buffer.copy(count).position(already);
        seen.borrow(buffer.array(), count);
        end += count - already;
        endIsTold = false;
        pauseMillis = FIRST_PAUSE_MILLIS;
    }

    /** Whether the pipe has no room for a further byte: then no more bytes can come. */
    private boolean isFull(ReadBuffer buffer, ScratchPipe scratch) throws IOException {
        int count = reader.look(scratch, buffer.capacity());
        boolean full = scratch.isFull();
        buffer.readFrom(scratch, Math.max(0, count));
        return full;
    }

    private void takeDoneNow(Worker worker) throws IOException {
        portion = null;
        int count = (int) (done - reader.position());
        if (count > 0 && reader.mayTake()) {
            take(worker.buffer(Math.max(chunkSize, count)).direct(count), count);
        }
    }

    /** Takes {@code count} given bytes out of the pipe, or less when there is less. */
    private void take(ByteBuffer room, int count) throws IOException {
        int ahead = ahead();
        boolean more = true;
        while (room.hasRemaining() && more) {
            more = reader.take(room);
        }
        ByteBuffer taken = room.flip();
        int length = taken.remaining();
        roomMade |= length >= PAGE;
        // the pipe is empty when fewer came out
        int missing = seen.missingBefore(taken, ahead, length < count ? ahead - length : 0);
        missed(missing);
        int notGiven = missing + length - ahead;
        if (notGiven > 0) {
            byte[] copy = new byte[notGiven];
            taken.position(length - notGiven).get(copy);
            instead = ByteBuffer.wrap(copy);
        }
    }

    /** Somebody else has taken bytes that were given; they will still be delivered. */
    private void missed(int count) {
        if (count > 0) {
            reader.skip(count);
            foreignReaderSeen = true;
        }
    }

    private ByteBuffer giveInstead() {
        ByteBuffer given = instead;
        instead = null;
        end = reader.position();
        endIsTold = false;
        return given;
    }

    private void tellOfForeignReader() {
        if (foreignReaderSeen && !foreignReaderTold) {
            foreignReaderTold = true;
            listener.foreignReader(reader.descriptor().path());
        }
    }

    /** What is done from one exchange on, until it is taken. */
    private final class Portion implements AcknowledgeTimer.Portion {

        private final long begun = Clock.nanos();

        @Override
        public long begunNanos() {
            return begun;
        }

        @Override
        public boolean isTaken() {
            return portion != this;
        }

        @Override
        public void take(ByteBuffer memory) throws IOException {
            synchronized (reader) {
                if (isTaken()) {
                    return;
                }
                // before the look at what is done, see release
                portion = null;
                int count = (int) (done - reader.position());
                // More is done only when the owner is about to take it all: two reads would leave half a frame to
                // whoever comes after a kill.
                if (count > 0 && count <= memory.capacity() && reader.mayTake()) {
                    Looking.this.take(memory.clear().limit(count), count);
                }
            }
        }
    }
}
