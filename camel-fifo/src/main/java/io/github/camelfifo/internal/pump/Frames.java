package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.frame.SessionStoreException;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;

/**
 * The messages of one pipe, over all sessions of its writers. {@link FramePump} takes them, as the owner of the pipe;
 * {@link CarriedOver} keeps the rest for the next pump.
 *
 * <p>
 * It decodes bytes in the worker's read buffer. Before the worker goes to other pipes, undecoded bytes have to be
 * copied: {@link #keepRest()}.
 */
final class Frames {

    /**
     * A message that comes again next.
     *
     * @param inMemory whether its bytes were taken out of the pipe
     */
    private record PutBack(Message message, long bytes, boolean inMemory) {}

    private final FrameStream stream;
    private final Messages messages;
    /** Whether a message leaves the pipe before it is given, and not when it is done. */
    private final boolean takesFirst;
    /** Whether messages are lists of frames. */
    private final boolean batches;

    /** Null for none. */
    private PutBack putBack;
    /** The last message if it had been put back; otherwise null. */
    private PutBack again;

    /**
     * Makes messages of a pipe from which nothing was read.
     *
     * @param statistics of the reader, which may read several pipes
     * @param endsWithSession whether to end when the last writer has closed
     * @param maxBatchSize the most frames of a message
     * @param takesFirst whether a message leaves the pipe before it is given, and not when it is done
     */
    Frames(
            FrameDecoder decoder,
            ReaderStatistics statistics,
            boolean endsWithSession,
            int maxBatchSize,
            boolean takesFirst) {
        this.takesFirst = takesFirst;
        stream = new FrameStream(decoder, statistics, endsWithSession);
        batches = maxBatchSize > 1;
        messages = batches ? new FrameBatches(stream, maxBatchSize) : stream;
    }

    /** Reads from an intake from now on; a consumer that is started again has another intake of the same FIFO. */
    void from(Intake intake, FlowControl flow) {
        stream.from(intake, flow);
    }

    /**
     * The next message; null when there is none for now, when the flow control allows no further read, or when
     * {@link #hasEnded()}.
     *
     * @param worker lends its memory
     * @throws IOException when reading fails; call again later
     */
    Message next(Worker worker) throws IOException {
        again = putBack;
        if (again != null) {
            putBack = null;
            return again.message();
        }
        try {
            Message next = messages.next(worker);
            if (takesFirst && next != null) {
                takeFirst(next, worker);
            }
            return next;
        } catch (FrameTooLongException | SessionStoreException e) {
            return lost(e);
        }
    }

    private void takeFirst(Message next, Worker worker) throws IOException {
        try {
            done(worker);
            takeDone(worker);
        } catch (IOException e) {
            // it is still in the pipe: it is given later, and then taken when it is done
            putBack = new PutBack(next, messages.bytes(next.frame()), false);
            throw e;
        }
    }

    /**
     * Ends this session early: gives its unended last message, marked as incomplete; null when there is none or it is
     * still in the pipe.
     */
    Message cutShort() throws IOException {
        try {
            return messages.cutShort();
        } catch (FrameTooLongException | SessionStoreException e) {
            return lost(e);
        }
    }

    private Message lost(IOException reason) {
        return new Message(null, reason, 0, messages.session(), 0);
    }

    /** The last message is done: its bytes and those before it leave the pipe soon. */
    void done(Worker worker) throws IOException {
        stream.release(messages.end(), worker);
    }

    /** Takes everything that is done out of the pipe now. */
    void takeDone(Worker worker) throws IOException {
        stream.takeDone(worker);
    }

    /** The last message is not done and comes again next. */
    void putBack(Message last, Worker worker) throws IOException {
        putBack = again;
        if (again == null) {
            boolean inMemory = messages.start() < stream.released();
            putBack = new PutBack(last.again(last.session()), messages.bytes(last.frame()), inMemory);
            if (inMemory) {
                // takes its tail too: the next reader of the pipe must not find the tail alone
                done(worker);
            }
        }
    }

    /** Says whether this session is the last one. For any thread. */
    void noMoreWriters(boolean none) {
        stream.noMoreWriters(none);
    }

    /** Whether this session is the last one. For any thread. */
    boolean endsWithSession() {
        return stream.endsWithSession();
    }

    /** Whether the end has been reached. */
    boolean hasEnded() {
        return messages.hasEnded();
    }

    /** Nothing more will come, because the pipe is empty and will have no more writers. */
    void reachEnd() {
        stream.reachEnd();
    }

    /** Whether no bytes of an undelivered or half skipped message were read. */
    boolean isBetweenFrames() {
        return putBack == null && messages.isEmpty();
    }

    /** How many undelivered bytes were taken out of the pipe. */
    long bytesHeld() {
        return (putBack == null ? 0 : putBack.bytes()) + messages.bytesHeld();
    }

    /** Goes on for a new consumer, which counts its sessions from 1 again. */
    void restart(ReaderStatistics statistics) {
        messages.restart(statistics);
        if (putBack != null) {
            Message again = putBack.message().again(messages.session());
            putBack = new PutBack(again, putBack.bytes(), putBack.inMemory());
        }
    }

    /**
     * Goes on with what another one has read: with the message that it has put back, and with its undecoded bytes.
     *
     * @param earlier made by other options; it has left the pipe, and is to be discarded
     * @return how many of its bytes this could take
     */
    long takeOver(Frames earlier) {
        byte[] undecoded = earlier.stream.undecodedBytes();
        PutBack first = earlier.putBack;
        if (undecoded.length > 0 || first != null) {
            stream.feed(undecoded);
        }
        if (first == null || batches != earlier.batches) {
            return undecoded.length;
        }
        putBack = new PutBack(first.message().again(stream.session()), first.bytes(), true);
        return undecoded.length + first.bytes();
    }

    /** How many bytes of an unfinished message are held no more. */
    long bytesGone() {
        return stream.bytesGone();
    }

    /** Stops using the worker's buffer: copies the undecoded bytes. */
    void keepRest() {
        stream.keepRest();
    }

    /** To be called before the pipe is closed: forgets bytes that are still in the pipe and can be read again. */
    void leaveThePipe() {
        if (putBack != null && !putBack.inMemory()) {
            putBack = null;
        }
        messages.leaveThePipe();
    }

    /** Drops everything that is held. */
    void discard() {
        putBack = null;
        messages.discard();
    }
}
