package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The {@link Intake} of consumers that acknowledge: it looks at bytes, and takes them out of the pipe when they are
 * done. Each look starts at the head of the pipe and shows the given bytes again; it compares these and skips them. A
 * pipe full of one unfinished frame would stay full, so its bytes are taken into memory.
 */
public final class Looking extends ReadingIntake {

    private static final byte[] NO_BYTES = {};
    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final PipeListener listener;
    /** Holds the given bytes that are still in the pipe: {@code ahead} bytes from index {@code from} on. */
    private byte[] given = NO_BYTES;

    private int from;
    private int ahead;
    /** Whether {@code given} is the worker's memory, which the next task overwrites. */
    private boolean givenIsTheWorkers;
    /** Whether the end of a session was given while its bytes are still in the pipe. */
    private boolean endIsTold;
    /** Grows with the age of an unfinished frame, so that many old ones cost little. */
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    private boolean foreignReaderSeen;

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
        reader.noteEarlierWriters();
    }

    @Override
    public int fill(Worker worker, int limit) throws IOException {
        bytes = NOTHING;
        int capacity = reader.capacity();
        ReadBuffer buffer = worker.buffer(Math.max(chunkSize, capacity));
        ScratchPipe scratch = worker.scratch();
        scratch.growTo(capacity);
        int count = 0;
        while (ahead > 0 && count == 0) {
            int inPipe = reader.available();
            if (inPipe < ahead) {
                forgetGiven();
            } else if (inPipe > ahead && ahead < buffer.capacity()) {
                count = fillBeyondGiven(buffer, scratch, limit);
            } else if (inPipe > ahead || isFull(scratch)) {
                count = takeGiven(buffer);
            } else if (endIsTold || !reader.isHungUp()) {
                return NOTHING_YET;
            } else if (reader.available() == ahead) {
                // no new writer has written since the writers went
                endIsTold = true;
                return END_OF_SESSION;
            }
        }
        return count > 0 ? count : fill(buffer, scratch, Math.min(limit, chunkSize));
    }

    @Override
    public ByteBuffer release(long position, Worker worker) throws IOException {
        // less is ahead than is done when somebody else has taken bytes
        int count = (int) Math.min(position - reader.position(), ahead);
        if (count <= 0) {
            return null;
        }
        return takeInstead(worker.buffer(Math.max(chunkSize, count)), count);
    }

    @Override
    public boolean keepsInPipe() {
        return true;
    }

    @Override
    public void leave() {
        bytes = NOTHING;
        if (ahead == 0) {
            given = NO_BYTES;
        } else if (givenIsTheWorkers) {
            given = Arrays.copyOfRange(given, from, from + ahead);
            from = 0;
        }
        givenIsTheWorkers = false;
    }

    @Override
    public long position() {
        return reader.position() + ahead;
    }

    @Override
    public void arm() throws IOException {
        if (ahead == 0) {
            reader.arm();
        } else {
            reader.armForMore(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
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

    /** Looks again at the given bytes, and at the bytes after them; 0 when the given bytes are gone. */
    private int fillBeyondGiven(ReadBuffer buffer, ScratchPipe scratch, int limit) throws IOException {
        int most = (int) Math.min((long) ahead + Math.min(limit, chunkSize), buffer.capacity());
        int count = Math.max(0, reader.look(scratch, most));
        ByteBuffer seen = buffer.readFrom(scratch, count);
        int before = ahead;
        if (count < before || !seen.limit(before).equals(ByteBuffer.wrap(given, from, before))) {
            forgetGiven();
            return 0;
        }
        give(buffer, before, count);
        return count - before;
    }

    /** Gives the buffer's bytes except those that were given already. */
    private void give(ReadBuffer buffer, int already, int count) {
        bytes = buffer.copy(count).position(already);
        given = buffer.array();
        givenIsTheWorkers = true;
        from = 0;
        ahead = count;
        endIsTold = false;
        pauseMillis = FIRST_PAUSE_MILLIS;
    }

    /** Whether the pipe has no room for a further byte: then no more bytes can come. */
    private boolean isFull(ScratchPipe scratch) throws IOException {
        reader.look(scratch, Integer.MAX_VALUE);
        boolean full = scratch.isFull();
        scratch.clear();
        return full;
    }

    /**
     * Takes the given bytes, which memory holds, out of the pipe; gives how many other bytes came out instead, or 0.
     */
    private int takeGiven(ReadBuffer buffer) throws IOException {
        ByteBuffer instead = takeInstead(buffer, ahead);
        bytes = instead == null ? NOTHING : instead;
        return bytes.remaining();
    }

    /** Takes given bytes out of the pipe; null, or the bytes that came out instead. */
    private ByteBuffer takeInstead(ReadBuffer buffer, int count) throws IOException {
        ByteBuffer taken = take(buffer, count);
        boolean same = taken.remaining() == count && taken.equals(ByteBuffer.wrap(given, from, count));
        if (same) {
            from += count;
            ahead -= count;
            return null;
        }
        forgetGiven();
        byte[] instead = new byte[taken.remaining()];
        taken.get(instead);
        return ByteBuffer.wrap(instead);
    }

    /** Reads {@code count} bytes, or fewer when there are fewer. */
    private ByteBuffer take(ReadBuffer buffer, int count) throws IOException {
        ByteBuffer taken = buffer.direct(count);
        boolean more = true;
        while (taken.hasRemaining() && more) {
            more = reader.take(taken);
        }
        return taken.flip();
    }

    /** The pipe no longer holds the given bytes, which will still be delivered. */
    private void forgetGiven() {
        ahead = 0;
        if (!foreignReaderSeen) {
            foreignReaderSeen = true;
            listener.foreignReader(reader.descriptor().path());
        }
    }
}
