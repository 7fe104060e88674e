package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Gives the bytes of a pipe to consumers. {@link Taking} takes bytes out of the pipe when it reads them,
 * {@link Looking} only when they are done: until then another process can still read them, if this one dies while the
 * pipe is open elsewhere. Confined to the owner of the reader's task, except {@link #end()}.
 *
 * <p>
 * Positions count the bytes of the pipe since the reader was made.
 */
public interface Intake {

    /** From {@link #fill}: there is nothing for now. Call {@link #arm} to have the task run when there is. */
    int NOTHING_YET = 0;
    /** From {@link #fill}: the last writer has closed, and all its bytes were given. */
    int END_OF_SESSION = -1;

    /**
     * Gives the next bytes, in {@link #bytes()}.
     *
     * @param  worker      lends its memory
     * @param  limit       the most bytes, 1 or more
     * @return             how many bytes, {@link #NOTHING_YET} or {@link #END_OF_SESSION}
     * @throws IOException as {@link PipeReader#read}; nothing is lost then, try again later
     */
    int fill(Worker worker, int limit) throws IOException;

    /**
     * Gives the next bytes as {@link #fill}, but takes none out of the pipe that are not done. For bytes behind a frame
     * that is not done: a frame that fits into the pipe stays there.
     *
     * @param  worker      lends its memory
     * @param  limit       the most bytes, 1 or more
     * @return             as {@link #fill}
     * @throws IOException as {@link #fill}
     */
    int fillBehindFrame(Worker worker, int limit) throws IOException;

    /** {@return the bytes of the last {@link #fill}, in the worker's memory; reading them moves the position} */
    ByteBuffer bytes();

    /**
     * Says that all bytes before a position are done: they leave the pipe within a millisecond, with others.
     *
     * @param  position    a position of {@link #position()}
     * @param  worker      whose memory is used
     * @throws IOException when reading fails; then bytes that are done may come again
     */
    void release(long position, Worker worker) throws IOException;

    /**
     * Takes everything that is done out of the pipe now; to be called before the owner lets the pipe go for a while.
     * {@link #fill} does so too.
     *
     * @param  worker      whose memory is used
     * @return null; or, when somebody else has taken bytes out of this pipe, the bytes that came out instead: they
     *     follow all bytes that were given, as if {@link #fill} had given them
     * @throws IOException when reading fails; then bytes that are done may come again
     */
    ByteBuffer takeDone(Worker worker) throws IOException;

    /** Takes nothing out of the pipe after the return, whatever is done later. For any thread, and for good. */
    void forbidTaking();

    /** {@return whether bytes stay in the pipe until they are released} */
    boolean keepsInPipe();

    /** Copies the needed bytes out of the worker's memory; to be called before the worker goes to other pipes. */
    void leave();

    /** {@return the position after the last byte that {@link #fill} gave} */
    long position();

    /** {@return the position of the first byte that is in the pipe and not done, {@link #position()} at most} */
    long released();

    /**
     * {@return the position after the last byte that is in the pipe now} For any thread.
     *
     * @throws IOException when the kernel does not tell
     */
    long end() throws IOException;

    /** {@return as {@link PipeReader#hasSeenWriter()}} */
    boolean hasSeenWriter();

    /**
     * Has the task run when there are more bytes than were given, or when the writers have gone.
     *
     * @throws IOException when the kernel refuses to watch the pipe
     */
    void arm() throws IOException;
}
