package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes leave the pipe when they are read. */
final class Taking implements Intake {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PipeReader reader;
    private final int chunkSize;
    private final boolean direct;
    private ByteBuffer bytes = NOTHING;

    Taking(PipeReader reader, int chunkSize, boolean direct) {
        this.reader = reader;
        this.chunkSize = chunkSize;
        this.direct = direct;
    }

    @Override
    public int fill(Worker worker, int limit) throws IOException {
        ReadBuffer buffer = worker.buffer(chunkSize);
        int most = Math.min(limit, chunkSize);
        bytes = direct ? buffer.directBytes() : buffer.bytes();
        return direct ? buffer.read(reader, most) : buffer.fill(reader, most);
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public ByteBuffer release(long position, Worker worker) {
        return null;
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
    public long end() throws IOException {
        return reader.end();
    }

    @Override
    public boolean hasSeenWriter() {
        return reader.hasSeenWriter();
    }

    @Override
    public void arm() throws IOException {
        reader.arm();
    }
}
