package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How bytes come out of a pipe: {@link Taking} takes them when it reads them, {@link Looking} only when they have been dealt
 * with; until then they are still there for another process, should this one die while somebody else has the pipe open.
 * Consumers fill it; confined to the owner of the reader's task, but for {@link #end()}.
 *
 * <p>
 * Positions count the bytes of the pipe since the reader was made.
 */
public interface Intake {

    /** From {@link #fill}: there is nothing for now; the task is run when there is, if {@link #arm} is called. */
    int NOTHING_YET = 0;
    /** From {@link #fill}: the last writer has closed, and all that was written has been given. */
    int END_OF_SESSION = -1;

    /**
     * Gives what comes next, at most so many bytes; to be found in {@link #bytes()}.
     *
     * @param  worker      whose memory is used
     * @param  limit       1 or more
     * @return             how many bytes, {@link #NOTHING_YET} or {@link #END_OF_SESSION}
     * @throws IOException as {@link PipeReader#read}; nothing is lost then, try again later
     */
    int fill(Worker worker, int limit) throws IOException;

    /** {@return what {@link #fill} has given last: the worker's memory; using bytes up moves its position} */
    ByteBuffer bytes();

    /**
     * Says that all before a position has been dealt with.
     *
     * @param  position    a position of {@link #position()}; what lies before it may leave the pipe
     * @param  worker      whose memory is used
     * @return             null; or, when somebody else has taken bytes out of this pipe, the bytes that came out instead:
     *                     they take the place of all that was given beyond the position
     * @throws IOException when reading fails; what was dealt with may come again then
     */
    ByteBuffer release(long position, Worker worker) throws IOException;

    /** {@return whether bytes stay in the pipe until they are released} */
    boolean keepsInPipe();

    /** To be called before the worker goes on to other pipes: what is needed of its memory is copied. */
    void leave();

    /** {@return the position where the bytes end that {@link #fill} has given} */
    long position();

    /** {@return the position where the bytes begin that are still in the pipe, {@link #position()} at most} */
    long released();

    /**
     * Where the bytes end that are in the pipe now. Any thread may ask.
     *
     * @return             a position
     * @throws IOException when the kernel does not tell
     */
    long end() throws IOException;

    /** {@return as {@link PipeReader#hasSeenWriter()}} */
    boolean hasSeenWriter();

    /**
     * Has the task run when there is more than was given, or when the writers have gone.
     *
     * @throws IOException when the kernel refuses to watch the pipe
     */
    void arm() throws IOException;
}
