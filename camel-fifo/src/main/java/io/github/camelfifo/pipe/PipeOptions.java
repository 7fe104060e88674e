package io.github.camelfifo.pipe;

import java.nio.file.Path;

/**
 * What is to be done about a named pipe when it is made and opened.
 *
 * @param autoCreate whether to make the FIFO when nothing is there
 * @param permissions of a FIFO that is made, 0 to 0777; one that was there keeps its own
 * @param owner of a FIFO that is made: a user's number, or -1 for this process's
 * @param group of a FIFO that is made: a group's number, or -1 for the one that the system gives it
 * @param capacity to ask the kernel for whenever the FIFO is opened, in bytes; 0 asks for nothing
 * @param confinedTo a folder that the FIFO must really be in, whatever links lead there; null for anywhere
 */
public record PipeOptions(boolean autoCreate, int permissions, int owner, int group, int capacity, Path confinedTo) {

    /** {@link #owner} and {@link #group}: as the system gives it. */
    public static final int DEFAULT_ID = -1;

    /**
     * Options without an owner, a group and a capacity.
     *
     * @param autoCreate whether to make the FIFO when nothing is there
     * @param permissions of a FIFO that is made
     */
    public PipeOptions(boolean autoCreate, int permissions) {
        this(autoCreate, permissions, DEFAULT_ID, DEFAULT_ID, 0, null);
    }
}
