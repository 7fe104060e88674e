package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What comes out of one pipe, message by message, over all spells of writers. Confined to the owner of the pipe.
 *
 * <p>
 * Bytes are decoded where they were read to, in the worker's buffer. Before the worker goes on to other pipes, what is not
 * decoded yet has to be copied: {@link #keepRest()}.
 */
interface Frames {

    /** Whether bytes may be read. */
    interface Permit {

        /**
         * Before each read.
         *
         * @return how many bytes at most; {@link #end()} has to follow. 0 for none, and then nothing has to
         */
        int begin();

        /** After the read, whether or not it gave anything. */
        void end();
    }

    /** Where the bytes come from: an intake of the FIFO; another one when its consumer is started again. */
    void from(Intake intake);

    /**
     * The next message; null when there is none for now, when no more may be read, or when {@link #hasEnded()}.
     *
     * @param worker whose memory is used
     * @param permit asked before each read
     * @throws IOException when reading fails; or, once for each frame that is lost, a
     *     {@link io.github.camelfifo.frame.FrameTooLongException} or
     *     {@link io.github.camelfifo.frame.SessionStoreException}. Call again for the next.
     */
    Frame next(Worker worker, Permit permit) throws IOException;

    /**
     * Nothing more is read from this spell's writers: their unended last message, marked so; or null where there is none, or
     * where it is still in the pipe.
     */
    Frame cutShort() throws IOException;

    /** The last message is done, and what led up to it: it may leave the pipe. */
    void done(Worker worker) throws IOException;

    /** The last message is not done and is the next one again. */
    void putBack(Frame last, Worker worker) throws IOException;

    /** How many frames the last message has. */
    int frameCount();

    /** Which spell of writers the last message came from, counting those of the consumer that wrote something. */
    long session();

    /** Whether the present spell of writers is the last one, with which this ends. Any thread may say so. */
    void lastSpell(boolean last);

    /** Whether that is so, so that finding no writer is the end. Any thread may ask. */
    boolean isLastSpell();

    /** Whether the end of a spell has been reached at which this is to end. */
    boolean hasEnded();

    /** Frames in which malformed input was replaced, since this was asked last. */
    long malformedFrames();

    /** The least number of bytes that can end a frame in work; 0 between frames. */
    int bytesWanted();

    /** Whether nothing of a message has been read that was not delivered, nor a part of one that is being skipped. */
    boolean isBetweenFrames();

    /** How many bytes have been taken out of the pipe and are in no message yet. */
    long bytesHeld();

    /** Goes on for a new consumer, which counts its sessions anew. */
    void restart(AtomicLong sessions);

    /** Lets go of the worker's buffer: what is in it and not decoded yet is copied. */
    void keepRest();

    /** The pipe is about to be closed: what is still in it is forgotten, and can be read from there again. */
    void leaveThePipe();

    /** Lets go of everything that is held. */
    void discard();
}
