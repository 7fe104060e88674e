package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;

/**
 * Makes messages from one pipe's frames: of each frame ({@link FrameStream}), or of a list of frames
 * ({@link FrameBatches}). {@link Frames} calls it, as the owner of the pipe.
 */
interface Messages {

    /** As {@link Frames#next}, but throws the failure of a message that is lost. */
    Message next(Worker worker) throws IOException;

    /** As {@link Frames#cutShort}, and throws as {@link #next}. */
    Message cutShort() throws IOException;

    /** The position where the last message begins. */
    long start();

    /** The position up to which everything may leave the pipe once the last message is done. */
    long end();

    /** How many bytes the last message has. */
    long bytes(Frame last);

    /** The session of the last message. */
    long session();

    /** How many bytes that belong to no message yet were taken out of the pipe. */
    long bytesHeld();

    /** Whether everything that was read was given. */
    boolean isEmpty();

    /** Whether the end has been reached, and the last message was given. */
    boolean hasEnded();

    /** As {@link Frames#restart}. */
    void restart(ReaderStatistics statistics);

    /** As {@link Frames#leaveThePipe}. */
    void leaveThePipe();

    /** As {@link Frames#discard}. */
    void discard();
}
