package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.ReadBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/**
 * The frames of one pipe, one after the other, over all spells of writers. Confined to the owner of the pipe.
 *
 * <p>
 * Bytes are decoded where they were read to, in the worker's buffer. Before the worker goes on to other pipes, what is
 * not decoded yet has to be copied: {@link #keepRest()}.
 */
final class FrameStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FrameDecoder decoder;
    private final int chunkSize;
    private ByteBuffer input = NOTHING;
    private boolean inputIsTheWorkers;
    private long session = 1;
    private boolean sessionHasBytes;
    private boolean sessionIsOver;

    /** A stream from which nothing has been read; {@code chunkSize} is the most bytes of one read. */
    FrameStream(FrameDecoder decoder, int chunkSize) {
        this.decoder = decoder;
        this.chunkSize = chunkSize;
    }

    /**
     * The next frame; null when there is none for now, or when no more may be read.
     *
     * @param  reader      of the pipe; may be another one than at the last call, of the same FIFO
     * @param  buffer      the worker's
     * @param  allowance   how many bytes may be read now; asked before each read
     * @throws IOException when reading fails; a {@link io.github.camelfifo.frame.FrameTooLongException} once for each
     *                     oversized frame. Call again for the next frame.
     */
    Frame next(PipeReader reader, ReadBuffer buffer, IntSupplier allowance) throws IOException {
        if (sessionIsOver) {
            sessionIsOver = false;
            session++;
        }
        while (true) {
            Frame frame = input.hasRemaining() ? decoder.decode(input) : null;
            int limit = frame == null ? Math.min(allowance.getAsInt(), chunkSize) : 0;
            if (limit == 0) {
                return frame;
            }
            int count = buffer.fill(reader, limit);
            if (count == PipeReader.NOTHING_YET && !isAbandoned(reader)) {
                return null;
            }
            Frame last = count > 0 ? null : endSpell();
            if (last != null) {
                return last;
            }
            input = buffer.bytes();
            inputIsTheWorkers = true;
            sessionHasBytes |= count > 0;
        }
    }

    /** Nothing more comes from this spell's writers: their unended last frame, or null. */
    Frame endSpell() {
        Frame last = decoder.finish();
        sessionIsOver = sessionHasBytes;
        sessionHasBytes = false;
        return last;
    }

    /** Which spell of writers the last frame came from, counting those that wrote something. */
    long session() {
        return session;
    }

    /** Frames in which malformed input was replaced. */
    long malformedFrames() {
        return decoder.malformedFrames();
    }

    /** The least number of bytes that can end a frame in work; 0 between frames. */
    int bytesWanted() {
        return decoder.bytesWanted();
    }

    /** Whether nothing of a frame has been read that was not delivered, nor a part of one that is being skipped. */
    boolean isBetweenFrames() {
        return bytesWanted() == 0 && !input.hasRemaining();
    }

    /** How many bytes have been read and are in no frame yet. */
    int bytesHeld() {
        return decoder.pendingBytes() + input.remaining();
    }

    /** Counts sessions from 1 again, for a new consumer. */
    void restart() {
        session = 1;
        sessionIsOver = false;
    }

    /** Lets go of the worker's buffer: what is in it and not decoded yet is copied. */
    void keepRest() {
        if (!input.hasRemaining()) {
            input = NOTHING;
        } else if (inputIsTheWorkers) {
            byte[] rest = new byte[input.remaining()];
            input.get(rest);
            input = ByteBuffer.wrap(rest);
        }
        inputIsTheWorkers = false;
    }

    /** Whether a frame was begun by a writer that had gone before the reader was opened. */
    private boolean isAbandoned(PipeReader reader) {
        return decoder.bytesWanted() > 0 && !reader.hasSeenWriter();
    }
}
