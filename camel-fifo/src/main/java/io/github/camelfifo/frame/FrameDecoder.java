package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * Turns the bytes of one stream into frames. Does no I/O, but for what a {@link SessionStore} does.
 *
 * <p>The owner of the pipe, {@code FrameStream}, reads into a buffer and calls {@link #decode} until it gives
 * {@code null}. The buffer is then used up and may serve another pipe: the decoder has copied the beginning of an
 * unfinished frame. When the last writer has closed, the owner calls {@link #finish}; the next writer starts with a new
 * frame. {@link OversizedFrame} decides about frames that are too long. The decoder is usable after every exception.
 *
 * <p>Between frames a decoder holds no buffer. Within a frame it holds at most {@code maxFrameLength} bytes and what
 * may be the beginning of the frame's end. Confined to one thread at a time: the owner must make its writes visible to
 * the next owner.
 */
public interface FrameDecoder {

    /**
     * The next frame, or piece of an oversized one, out of {@code input}, from its position to its limit. Advances the
     * position past exactly that frame's bytes, delimiter included. Heap buffers with an accessible array are decoded
     * in place; direct and read-only ones are copied, frame by frame.
     *
     * @param input bytes just read; its array, limit and contents are left alone, and nothing keeps a reference to it
     * @return the frame, never marked incomplete; or {@code null} when the input is used up and no frame is complete
     * @throws FrameTooLongException under {@link OversizedFrame#FAIL}, once for each frame longer than
     *     {@code maxFrameLength}, as soon as that is sure; the position is then after the frame's end, or at the limit
     *     when the end has not been seen yet, and the next call goes on with the next frame
     * @throws SessionStoreException once for each session that its store cannot keep; the input is then used up, and
     *     the session's rest will be skipped
     */
    Frame decode(ByteBuffer input) throws FrameTooLongException, SessionStoreException;

    /**
     * Ends a session: nothing that comes later belongs to what came before. Afterwards the decoder is as new, except
     * for the count of {@link #malformedFrames()}.
     *
     * <p>What might have been the beginning of the frame's end is content now, but never makes the frame too long: by
     * so many bytes an unended frame can be longer than {@code maxFrameLength}.
     *
     * @return the unended rest as an incomplete frame; chunks and sessions, which need no end, are not marked so.
     *     {@code null} when the stream ended exactly at a frame's end, or in an oversized frame that has been reported
     * @throws SessionStoreException if the session's store fails; the session is lost and the decoder as new
     */
    Frame finish() throws SessionStoreException;

    /** Drops all that is held, in a store too, and is as new, except for the count of {@link #malformedFrames()}. */
    void discard();

    /** {@return whether a frame has been begun and not ended; a frame that is being skipped counts} */
    default boolean isMidFrame() {
        return pendingBytes() > 0;
    }

    /**
     * The least number of further bytes that can end the frame in work. Who reads no more than this at a time stops
     * exactly at the frame's end, so that later bytes stay whole in the kernel.
     *
     * @return bytes; 0 between frames, and always for a session, which no byte ends
     */
    default int bytesWanted() {
        return 0;
    }

    /**
     * How much of an unfinished frame is held; this is lost if the decoder is dropped.
     *
     * @return bytes; 0 between frames and while an oversized frame is skipped
     */
    long pendingBytes();

    /**
     * Frames so far in which malformed input was replaced by U+FFFD. Those that hold a genuine U+FFFD do not count; of
     * a split frame each piece counts.
     *
     * @return frames since the decoder was made; always 0 for bytes
     */
    default long malformedFrames() {
        return 0;
    }
}
