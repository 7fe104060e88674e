package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.ReadBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/** Every frame is a message. */
final class FrameStream implements Frames {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FrameDecoder decoder;
    private final int chunkSize;
    private final boolean endsWithSpell;
    private ByteBuffer input = NOTHING;
    private boolean inputIsTheWorkers;
    private long session = 1;
    private boolean sessionHasBytes;
    private boolean sessionIsOver;
    private boolean ended;

    /**
     * A stream from which nothing has been read.
     *
     * @param decoder of its bytes
     * @param chunkSize the most bytes of one read
     * @param endsWithSpell whether to end when the last writer has closed
     */
    FrameStream(FrameDecoder decoder, int chunkSize, boolean endsWithSpell) {
        this.decoder = decoder;
        this.chunkSize = chunkSize;
        this.endsWithSpell = endsWithSpell;
    }

    @Override
    public Frame next(PipeReader reader, ReadBuffer buffer, IntSupplier allowance) throws IOException {
        if (sessionIsOver) {
            sessionIsOver = false;
            session++;
        }
        while (true) {
            Frame frame = input.hasRemaining() ? decoder.decode(input) : null;
            int limit = frame == null && !ended ? Math.min(allowance.getAsInt(), chunkSize) : 0;
            if (limit == 0) {
                return frame;
            }
            int count = buffer.fill(reader, limit);
            if (count == PipeReader.NOTHING_YET && !isAbandoned(reader)) {
                return null;
            }
            Frame last = count > 0 ? null : endSpell();
            if (last != null || ended) {
                return last;
            }
            input = buffer.bytes();
            inputIsTheWorkers = true;
            sessionHasBytes |= count > 0;
        }
    }

    @Override
    public Frame cutShort() throws IOException {
        Frame last = endSpell();
        return last == null ? null : last.asIncomplete();
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
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public long malformedFrames() {
        return decoder.malformedFrames();
    }

    @Override
    public int bytesWanted() {
        return decoder.bytesWanted();
    }

    @Override
    public boolean isBetweenFrames() {
        return !decoder.isMidFrame() && !input.hasRemaining();
    }

    @Override
    public long bytesHeld() {
        return decoder.pendingBytes() + input.remaining();
    }

    @Override
    public void restart() {
        session = 1;
        sessionIsOver = false;
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
    }

    @Override
    public void discard() {
        decoder.discard();
        input = NOTHING;
    }

    private Frame endSpell() throws IOException {
        sessionIsOver = sessionHasBytes;
        sessionHasBytes = false;
        ended = endsWithSpell;
        return decoder.finish();
    }

    /** Whether a frame was begun by a writer that had gone before the reader was opened. */
    private boolean isAbandoned(PipeReader reader) {
        return decoder.isMidFrame() && !reader.hasSeenWriter();
    }
}
