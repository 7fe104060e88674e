package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The messages of one pipe, over all sessions of its writers. {@link FramePump} takes them, as the owner of the pipe;
 * {@link CarriedOver} keeps what is left for the next pump.
 *
 * <p>
 * Bytes are decoded in the worker's buffer, where they were read to. Before the worker goes on to other pipes, bytes that are
 * not decoded yet have to be copied: {@link #keepRest()}.
 */
final class Frames {

    /**
     * A message that comes next once more.
     *
     * @param inMemory whether its bytes were taken out of the pipe
     */
    private record PutBack(Frame message, long bytes, boolean inMemory) {}

    private final FrameStream stream;
    private final Messages messages;
    /** Null for none. */
    private PutBack putBack;
    /** The last message, when it was one that had been put back; otherwise null. */
    private PutBack again;

    /**
     * Nothing has been read.
     *
     * @param sessions counts the sessions of the consumer, which may read several pipes
     * @param endsWithSession whether to end when the last writer has closed
     * @param maxBatchSize the most frames of a message
     */
    Frames(FrameDecoder decoder, AtomicLong sessions, boolean endsWithSession, int maxBatchSize) {
        stream = new FrameStream(decoder, sessions, endsWithSession);
        messages = maxBatchSize > 1 ? new FrameBatches(stream, maxBatchSize) : stream;
    }

    /** Reads from an intake from now on: of the same FIFO, but another one when its consumer is started again. */
    void from(Intake intake, FlowControl flow) {
        stream.from(intake, flow);
    }

    /**
     * The next message; null when there is none for now, when the flow control allows no more, or when {@link #hasEnded()}.
     *
     * @param worker whose memory is used
     * @throws IOException when reading fails; or, once for each frame that is lost, a
     *     {@link io.github.camelfifo.frame.FrameTooLongException} or
     *     {@link io.github.camelfifo.frame.SessionStoreException}. Call again for the next message.
     */
    Frame next(Worker worker) throws IOException {
        again = putBack;
        if (again != null) {
            putBack = null;
            return again.message();
        }
        return messages.next(worker);
    }

    /**
     * Nothing more is read from this session's writers: gives their unended last message, marked so; null where there is none,
     * or where it is still in the pipe.
     */
    Frame cutShort() throws IOException {
        return messages.cutShort();
    }

    /** The last message is done: it may leave the pipe, with what led up to it. */
    void done(Worker worker) throws IOException {
        stream.release(messages.end(), worker);
    }

    /** The last message is not done, and comes next once more. */
    void putBack(Frame last, Worker worker) throws IOException {
        putBack = again;
        if (again == null) {
            boolean inMemory = messages.start() < stream.released();
            putBack = new PutBack(last, messages.bytes(last), inMemory);
            if (inMemory) {
                // its tail too: the next reader of the pipe must not find the tail alone
                done(worker);
            }
        }
    }

    /** How many frames the last message has. */
    int frameCount() {
        return messages.frameCount();
    }

    /** The session of the last message. Counts the consumer's sessions in which something was written. */
    long session() {
        return messages.session();
    }

    /** Says whether no further session will come, so that the end of this one is the end. Any thread may say so. */
    void noMoreWriters(boolean none) {
        stream.noMoreWriters(none);
    }

    /** Whether the end of this session is the end. Any thread may ask. */
    boolean endsWithSession() {
        return stream.endsWithSession();
    }

    /** Whether the end has been reached. */
    boolean hasEnded() {
        return messages.hasEnded();
    }

    /** In how many frames malformed text was replaced since the last call. */
    long malformedFrames() {
        return stream.malformedFrames();
    }

    /** Whether nothing of a message was read that was not delivered, nor a part of a message that is being skipped. */
    boolean isBetweenFrames() {
        return putBack == null && messages.isEmpty();
    }

    /** How many bytes were taken out of the pipe and not delivered. */
    long bytesHeld() {
        return (putBack == null ? 0 : putBack.bytes()) + messages.bytesHeld();
    }

    /** Goes on for a new consumer, which counts its sessions anew. */
    void restart(AtomicLong sessions) {
        messages.restart(sessions);
    }

    /** Lets go of the worker's buffer: copies what is in it and not decoded yet. */
    void keepRest() {
        stream.keepRest();
    }

    /** The pipe is about to be closed: forgets what is still in the pipe, and can be read from there again. */
    void leaveThePipe() {
        if (putBack != null && !putBack.inMemory()) {
            putBack = null;
        }
        messages.leaveThePipe();
    }

    /** Lets go of everything that is held. */
    void discard() {
        putBack = null;
        messages.discard();
    }
}
