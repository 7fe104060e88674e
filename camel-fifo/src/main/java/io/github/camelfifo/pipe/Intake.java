package io.github.camelfifo.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How bytes come out of a pipe: taken when they are read ({@link #taking}), or looked at and taken only when they have been
 * dealt with ({@link #looking}). Confined to the owner of the reader's task, but for {@link #end()}.
 *
 * <p>
 * Positions count the bytes of the pipe since the reader was made.
 */
public interface Intake {

    /** From {@link #fill}: as {@link PipeReader#NOTHING_YET}. */
    int NOTHING_YET = PipeReader.NOTHING_YET;
    /** From {@link #fill}: as {@link PipeReader#END_OF_SESSION}. */
    int END_OF_SESSION = PipeReader.END_OF_SESSION;

    /**
     * Bytes leave the pipe when they are read.
     *
     * @param  reader    of the pipe
     * @param  chunkSize the most bytes of one read
     * @param  direct    whether {@link #bytes()} may be memory outside of the heap, which saves a copy
     * @return           an intake of this reader
     */
    static Intake taking(PipeReader reader, int chunkSize, boolean direct) {
        return new Taking(reader, chunkSize, direct);
    }

    /**
     * Bytes leave the pipe when they are released; until then they are still there for another process, should this one die
     * while somebody else has the pipe open.
     *
     * @param  reader    of the pipe
     * @param  chunkSize the most new bytes of one look
     * @param  listener  is told when somebody else takes bytes out of this pipe
     * @return           an intake of this reader
     */
    static Intake looking(PipeReader reader, int chunkSize, PipeListener listener) {
        return new Looking(reader, chunkSize, listener);
    }

    /**
     * Gives what comes next, at most so many bytes; to be found in {@link #bytes()}.
     *
     * @param  worker      whose memory is used
     * @param  limit       1 or more
     * @return             how many bytes, {@link #NOTHING_YET} or {@link #END_OF_SESSION}
     * @throws IOException as {@link PipeReader#read}; nothing is lost then, try again later
     */
    int fill(Worker worker, int limit) throws IOException;

    /**
     * What {@link #fill} has given last.
     *
     * @return the worker's memory; using bytes up moves its position
     */
    ByteBuffer bytes();

    /**
     * Says that all before a position has been dealt with.
     *
     * @param  position    a position of {@link #position()}; what lies before it may leave the pipe
     * @param  worker      whose memory is used
     * @return             null; or, when somebody else has taken bytes out of this pipe, those that came out instead: they
     *                     take the place of all that was given beyond the position
     * @throws IOException when reading fails; what was dealt with may come again then
     */
    ByteBuffer release(long position, Worker worker) throws IOException;

    /** To be called before the worker goes on to other pipes: what is needed of its memory is copied. */
    void leave();

    /**
     * Where the bytes end that {@link #fill} has given.
     *
     * @return a position
     */
    long position();

    /**
     * Where the bytes begin that are still in the pipe.
     *
     * @return a position, {@link #position()} at most
     */
    long released();

    /**
     * Where the bytes end that are in the pipe now. Any thread may ask.
     *
     * @return             a position
     * @throws IOException when the kernel does not tell
     */
    long end() throws IOException;

    /**
     * Whether a writer has been there since the last end of a session.
     *
     * @return as {@link PipeReader#hasSeenWriter()}
     */
    boolean hasSeenWriter();

    /**
     * Has the task run when there is more than was given, or when the writers have gone.
     *
     * @throws IOException when the kernel refuses to watch the pipe
     */
    void arm() throws IOException;
}
