package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The common part of {@link Taking} and {@link Looking}. */
abstract class ReadingIntake implements Intake {

    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    final PipeReader reader;
    /** The most new bytes at once. */
    final int chunkSize;
    /** The bytes that were given last. */
    ByteBuffer bytes = NOTHING;

    ReadingIntake(PipeReader reader, int chunkSize) {
        this.reader = reader;
        this.chunkSize = chunkSize;
    }

    @Override
    public final ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public final void forbidTaking() {
        reader.forbidTaking();
    }

    @Override
    public final long end() throws IOException {
        return reader.end();
    }

    @Override
    public final boolean hasSeenWriter() {
        return reader.hasSeenWriter();
    }
}
