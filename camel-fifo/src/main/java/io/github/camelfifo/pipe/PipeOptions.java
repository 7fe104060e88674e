package io.github.camelfifo.pipe;

import java.nio.file.Path;

/**
 * Says how {@link NamedPipe} makes and opens a FIFO; made from the endpoint's options.
 *
 * @param autoCreate whether to make the FIFO when nothing is there
 * @param permissions of a new FIFO, 0 to 0777; an existing FIFO keeps its own
 * @param owner of a new FIFO: a user's number, or -1 for this process's user
 * @param group of a new FIFO: a group's number, or -1 for the system's choice
 * @param capacity of the pipe in bytes, set at each opening; 0 leaves it as it is
 * @param confinedTo the absolute path, without {@code ..}, of the folder that must contain the FIFO after all links are
 *     followed; null for anywhere
 * @param strict whether to refuse a FIFO that another user could have planted: a symbolic link, a FIFO that belongs
 *     neither to this user nor to root or has wider permissions than these, and another user's symbolic link in the
 *     folders above
 */
public record PipeOptions(
        boolean autoCreate, int permissions, int owner, int group, int capacity, Path confinedTo, boolean strict) {

    /** For {@link #owner} and {@link #group}: the system chooses. */
    public static final int DEFAULT_ID = -1;

    /** No owner, group or capacity; the FIFO may be anywhere and belong to anybody. */
    PipeOptions(boolean autoCreate, int permissions) {
        this(autoCreate, permissions, DEFAULT_ID, DEFAULT_ID, 0, null, false);
    }
}
