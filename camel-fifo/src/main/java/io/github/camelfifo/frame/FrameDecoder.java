package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * Turns the bytes of one stream into frames. Does no I/O, except in a {@link SessionStore}.
 *
 * <p>The owner of the pipe, {@code FrameStream}, reads into a buffer and calls {@link #decode} until it gives
 * {@code null}. Then the buffer is empty and may serve another pipe: the decoder has copied the beginning of an
 * unfinished frame. When the last writer has closed, the owner calls {@link #finish}; the next writer starts with a new
 * frame. {@link OversizedFrame} decides about frames that are too long. The decoder is usable after every exception.
 *
 * <p>Between frames a decoder holds no buffer. Within a frame it holds at most {@code maxFrameLength} bytes and a
 * possible beginning of the frame's end. Confined to one thread at a time: the owner must make its writes visible to
 * the next owner.
 */
public interface FrameDecoder {

    /**
     * Decodes the next frame, or a piece of an oversized one, from the position of {@code input} to its limit. Moves
     * the position after this frame's bytes, delimiter included. Decodes heap buffers with an accessible array in
     * place; copies direct and read-only ones, frame by frame.
     *
     * @param input bytes just read; the decoder does not change its array, limit and contents, and keeps no reference
     *     to it
     * @return the frame, never marked incomplete; or {@code null} when the input is used up and no frame is complete
     * @throws FrameTooLongException under {@link OversizedFrame#FAIL}, once for each frame longer than
     *     {@code maxFrameLength}, as soon as that is sure; the position is then after the frame's end, or at the limit
     *     if the end has not come yet, and the next call goes on with the next frame
     * @throws SessionStoreException once for each session that its store cannot keep; the position is then at the
     *     limit, and the session's rest will be skipped
     */
    Frame decode(ByteBuffer input) throws FrameTooLongException, SessionStoreException;

    /**
     * Ends a session: later bytes belong to another one. Afterwards the decoder is as new, except for the count of
     * {@link #malformedFrames()}.
     *
     * <p>A possible beginning of the frame's end is content now, but never makes the frame too long: so an unended
     * frame can be a few bytes longer than {@code maxFrameLength}.
     *
     * @return the unended rest as an incomplete frame; chunks and sessions need no end and are not marked. {@code null}
     *     when the stream ended exactly at a frame's end, or in an oversized frame that was reported
     * @throws SessionStoreException if the session's store fails; the session is lost and the decoder as new
     */
    Frame finish() throws SessionStoreException;

    /** Drops all bytes held, also in a store, and is as new, except for the count of {@link #malformedFrames()}. */
    void discard();

    /** {@return whether a frame has begun and not ended; a frame that is being skipped counts} */
    default boolean isMidFrame() {
        return pendingBytes() > 0;
    }

    /**
     * {@return the least number of further bytes that can end the frame in work; 0 between frames, and always for a
     * session, which no byte ends} A reader that never reads more at once stops exactly at the frame's end, so that
     * later bytes stay in the kernel.
     */
    default int bytesWanted() {
        return 0;
    }

    /**
     * {@return how many bytes of an unfinished frame are held; 0 between frames and while an oversized frame is
     * skipped} They are lost if the decoder is dropped.
     */
    long pendingBytes();

    /**
     * {@return the held bytes of the unfinished frame, as they came} A decoder with other settings can go on with them.
     */
    byte[] pending();

    /**
     * {@return how many bytes of the unfinished frame are held no more: they were delivered in pieces, cut off or
     * skipped}
     */
    default long bytesGone() {
        return 0;
    }

    /**
     * {@return how many frames had malformed input replaced by U+FFFD since the decoder was made; always 0 for bytes} A
     * genuine U+FFFD does not count; each piece of a split frame counts.
     */
    default long malformedFrames() {
        return 0;
    }
}
