package io.github.camelfifo.pipe;

/** Is told what a pipe's users cannot see from their messages. Called by the pipe's owner; must be short. */
public interface PipeListener {

    /**
     * A frame is there, and nobody reads. Told once, until a frame could be written.
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
     * The writers of a FIFO have gone, and its reader cannot open it anew. The reader goes on with its old descriptor and
     * loses nothing. Told once, until it could be opened.
     *
     * @param path the FIFO
     * @param why in words
     */
    void notReopened(String path, String why);

    /**
     * After {@link #notReopened}: the reader has opened the FIFO anew.
     *
     * @param path the FIFO
     */
    void reopened(String path);

    /**
     * Bytes are gone that no message can report.
     *
     * @param path  the FIFO
     * @param bytes how many
     * @param why   in words
     */
    void bytesLost(String path, long bytes, String why);

    /**
     * Bytes that were looked at have been taken out of the pipe by somebody else who reads it. Told once a reader.
     *
     * @param path the FIFO
     */
    void foreignReader(String path);

    /**
     * The kernel did not give a pipe the capacity that was asked for; the pipe keeps its own.
     *
     * @param path the FIFO
     * @param bytes what was asked for
     * @param why in words
     */
    void capacityRefused(String path, int bytes, String why);

    /**
     * Another FIFO is at the path than the one in use, and is used from now on.
     *
     * @param path where
     */
    void pathReplaced(String path);

    /**
     * The FIFO in use is not at the path any more, and there is no other that can be used.
     *
     * @param path where
     * @param why in words; told again when it changes
     */
    void pathLost(String path, String why);

    /**
     * After {@link #pathLost}: a FIFO is at the path again, and is used from now on.
     *
     * @param path where
     */
    void pathFound(String path);
}
