package io.github.camelfifo.pipe;

/** Hears of events that a pipe's users cannot see from their messages. The pipe's owner calls it; must be short. */
public interface PipeListener {

    /**
     * A frame waits, and nobody reads. Told once, until a frame could be written.
     *
     * @param path      the FIFO
     * @param hadReader whether there was a reader before
     */
    void readerMissing(String path, boolean hadReader);

    /**
     * After {@link #readerMissing}: bytes could be written again.
     *
     * @param path the FIFO
     */
    void readerCame(String path);

    /**
     * The writers of a FIFO have gone, and its reader cannot open it again. The reader goes on with its old descriptor
     * and loses nothing. Told once, until it could be opened.
     *
     * @param path the FIFO
     * @param why in words
     */
    void notReopened(String path, String why);

    /**
     * After {@link #notReopened}: the reader has opened the FIFO again.
     *
     * @param path the FIFO
     */
    void reopened(String path);

    /**
     * Bytes are lost, and no message can report it.
     *
     * @param path  the FIFO
     * @param bytes how many
     * @param why   in words
     */
    void bytesLost(String path, long bytes, String why);

    /**
     * Another reader has taken bytes out of the pipe that this one had looked at. Told once a reader.
     *
     * @param path the FIFO
     */
    void foreignReader(String path);

    /**
     * Two readers of this JVM have the same FIFO open, and do not take turns.
     *
     * @param place the path and the context of the reader that has just opened it
     * @param other those of the other reader
     */
    void readTwice(String place, String other);

    /**
     * The kernel did not give a pipe the capacity that was asked for; the pipe keeps its own.
     *
     * @param path the FIFO
     * @param bytes the capacity that was asked for
     * @param why in words
     */
    void capacityRefused(String path, int bytes, String why);

    /**
     * Another FIFO is at the path now, and is used from now on.
     *
     * @param path of the FIFO
     */
    void pathReplaced(String path);

    /**
     * The FIFO in use is no longer at the path, and there is no other usable one.
     *
     * @param path of the FIFO
     * @param why in words; told again when it changes
     */
    void pathLost(String path, String why);

    /**
     * After {@link #pathLost}: a FIFO is at the path again, and is used from now on.
     *
     * @param path of the FIFO
     */
    void pathFound(String path);
}
