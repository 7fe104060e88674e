package io.github.camelfifo.pipe;

import java.nio.file.Path;

/**
 * How {@link NamedPipe} makes and opens a FIFO; made from the endpoint's options.
 *
 * @param autoCreate whether to make the FIFO when nothing is there
 * @param permissions of a FIFO that is made, 0 to 0777; a FIFO that is there keeps its own
 * @param owner of a FIFO that is made: a user's number, or -1 for this process's
 * @param group of a FIFO that is made: a group's number, or -1 for the one that the system gives it
 * @param capacity of the pipe in bytes, set at each opening; 0 leaves it as it is
 * @param confinedTo the absolute path, without {@code ..}, of a folder that the FIFO must lie in after all links are
 *     followed; null for anywhere
 * @param strict whether to refuse a FIFO that another user could have planted: a symbolic link, one that belongs neither
 *     to this user nor to root, one with wider permissions than these, and another user's symbolic link in the folders above
 */
public record PipeOptions(
        boolean autoCreate, int permissions, int owner, int group, int capacity, Path confinedTo, boolean strict) {

    /** {@link #owner} and {@link #group}: as the system gives it. */
    public static final int DEFAULT_ID = -1;

    /** No owner, group or capacity, for a FIFO that may be anywhere and anybody's. */
    PipeOptions(boolean autoCreate, int permissions) {
        this(autoCreate, permissions, DEFAULT_ID, DEFAULT_ID, 0, null, false);
    }
}
