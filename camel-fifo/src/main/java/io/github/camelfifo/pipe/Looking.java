package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes are looked at, and leave the pipe when they have been dealt with. Each look starts at the head of the pipe, so it
 * shows once more what was given already; that is compared with what it was and passed over. A pipe that is full of one
 * unfinished frame would stay so: its bytes are then taken into memory.
 */
final class Looking implements Intake {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NO_BYTES = {};
    /** The pauses between two looks at an unfinished frame grow with its age, so that many old ones cost nothing. */
    private static final long FIRST_PAUSE_MILLIS = 1;

    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final PipeReader reader;
    private final int chunkSize;
    private final PipeListener listener;
    private ByteBuffer bytes = NOTHING;
    /** What was given and is still in the pipe: {@code ahead} bytes from index {@code from} on. */
    private byte[] given = NO_BYTES;

    private int from;
    private int ahead;
    private boolean givenIsTheWorkers;
    /** Whether the end of a session was given whose bytes are still in the pipe. */
    private boolean endIsTold;

    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean foreignReaderSeen;

    Looking(PipeReader reader, int chunkSize, PipeListener listener) {
        this.reader = reader;
        this.chunkSize = chunkSize;
        this.listener = listener;
        boolean unused = reader.noteEarlierWriters();
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
                // nobody can have written since the writers went, but one that came then
                endIsTold = true;
                return END_OF_SESSION;
            }
        }
        return count > 0 ? count : fill(buffer, scratch, Math.min(limit, chunkSize));
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public ByteBuffer release(long position, Worker worker) throws IOException {
        // less is given than was dealt with where somebody else has taken some of it
        int count = (int) Math.min(position - reader.position(), ahead);
        if (count <= 0) {
            return null;
        }
        return takeInstead(worker.buffer(Math.max(chunkSize, count)), count);
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
    public long released() {
        return reader.position();
    }

    @Override
    public long end() throws IOException {
        return reader.end();
    }

    @Override
    public boolean hasSeenWriter() {
        return reader.hasSeenWriter();
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

    /** Looks at the given bytes once more and at those after them; 0 when the given ones are not there any more. */
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

    /** Gives what was read into the buffer last, but for what was given already. */
    private void give(ReadBuffer buffer, int already, int count) {
        bytes = buffer.copy(count).position(already);
        given = buffer.array();
        givenIsTheWorkers = true;
        from = 0;
        ahead = count;
        endIsTold = false;
        pauseMillis = FIRST_PAUSE_MILLIS;
    }

    /** Whether the pipe has no room for a further byte although all that is in it was given: then no more would ever come. */
    private boolean isFull(ScratchPipe scratch) throws IOException {
        reader.look(scratch, Integer.MAX_VALUE);
        boolean full = scratch.isFull();
        scratch.clear();
        return full;
    }

    /** Takes out of the pipe what was given and is in memory already; gives what came out instead, if anything. */
    private int takeGiven(ReadBuffer buffer) throws IOException {
        ByteBuffer instead = takeInstead(buffer, ahead);
        bytes = instead == null ? NOTHING : instead;
        return bytes.remaining();
    }

    /** Takes given bytes out of the pipe; null, or what came out instead. */
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

    /** Reads so many bytes, or as many of them as there are. */
    private ByteBuffer take(ReadBuffer buffer, int count) throws IOException {
        ByteBuffer taken = buffer.direct(count);
        boolean more = true;
        while (taken.hasRemaining() && more) {
            more = reader.take(taken);
        }
        return taken.flip();
    }

    /** What was given is in hand and will be dealt with, but it is not what the pipe holds. */
    private void forgetGiven() {
        ahead = 0;
        if (!foreignReaderSeen) {
            foreignReaderSeen = true;
            listener.foreignReader(reader.descriptor().path());
        }
    }
}
