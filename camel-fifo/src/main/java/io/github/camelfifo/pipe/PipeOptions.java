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
 * @param strict whether to refuse a FIFO that somebody else could have planted: a symbolic link, one that belongs neither
 *     to this user nor to root, one with wider permissions than these, and somebody else's symbolic link in the folders above
 */
public record PipeOptions(
        boolean autoCreate, int permissions, int owner, int group, int capacity, Path confinedTo, boolean strict) {

    /** {@link #owner} and {@link #group}: as the system gives it. */
    public static final int DEFAULT_ID = -1;

    /**
     * Options without an owner, a group and a capacity, for a FIFO that may be anywhere and anybody's.
     *
     * @param autoCreate whether to make the FIFO when nothing is there
     * @param permissions of a FIFO that is made
     */
    public PipeOptions(boolean autoCreate, int permissions) {
        this(autoCreate, permissions, DEFAULT_ID, DEFAULT_ID, 0, null, false);
    }

    /**
     * The same, with an owner and a group.
     *
     * @param newOwner of a FIFO that is made
     * @param newGroup of a FIFO that is made
     * @return a copy
     */
    public PipeOptions withOwner(int newOwner, int newGroup) {
        return new PipeOptions(autoCreate, permissions, newOwner, newGroup, capacity, confinedTo, strict);
    }

    /**
     * The same, with a capacity.
     *
     * @param newCapacity in bytes; 0 for none
     * @return a copy
     */
    public PipeOptions withCapacity(int newCapacity) {
        return new PipeOptions(autoCreate, permissions, owner, group, newCapacity, confinedTo, strict);
    }

    /**
     * The same, for a FIFO that has to be in a folder.
     *
     * @param folder absolute and without {@code ..}; null for anywhere
     * @return a copy
     */
    public PipeOptions withConfinedTo(Path folder) {
        return new PipeOptions(autoCreate, permissions, owner, group, capacity, folder, strict);
    }

    /**
     * The same, strict or not.
     *
     * @param newStrict whether to refuse a FIFO that somebody else could have planted
     * @return a copy
     */
    public PipeOptions withStrict(boolean newStrict) {
        return new PipeOptions(autoCreate, permissions, owner, group, capacity, confinedTo, newStrict);
    }
}
