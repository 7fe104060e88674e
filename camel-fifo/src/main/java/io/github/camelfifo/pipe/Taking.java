package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The {@link Intake} that takes bytes out of the pipe when it reads them. Consumers that do not acknowledge use it. */
public final class Taking extends ReadingIntake {

    private final boolean direct;

    /**
     * Takes nothing yet.
     *
     * @param reader    of the pipe
     * @param chunkSize the most bytes of one read
     * @param direct    whether {@link #bytes()} may be memory outside of the heap, which saves a copy
     */
    public Taking(PipeReader reader, int chunkSize, boolean direct) {
        super(reader, chunkSize);
        this.direct = direct;
    }

    @Override
    public int fill(Worker worker, int limit) throws IOException {
        bytes = NOTHING;
        ReadBuffer buffer = worker.buffer(chunkSize);
        ByteBuffer room = buffer.direct(Math.min(limit, chunkSize));
        int count = 0;
        try {
            count = reader.read(room);
        } finally {
            // after a failure too: whoever still has this buffer must not take old bytes for new ones
            room.clear().limit(Math.max(0, count));
        }
        if (count > 0) {
            bytes = direct ? room : buffer.copy(count);
        }
        return count;
    }

    @Override
    public int fillBehindFrame(Worker worker, int limit) throws IOException {
        return fill(worker, limit);
    }

    @Override
    public void release(long position, Worker worker) {
        // it has left the pipe
    }

    @Override
    public ByteBuffer takeDone(Worker worker) {
        return null;
    }

    @Override
    public boolean keepsInPipe() {
        return false;
    }

    @Override
    public void leave() {
        bytes = NOTHING;
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public long released() {
        return reader.position();
    }

    @Override
    public void arm() throws IOException {
        reader.arm();
    }
}
