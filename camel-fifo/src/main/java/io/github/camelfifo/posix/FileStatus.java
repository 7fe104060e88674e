package io.github.camelfifo.posix;

/**
 * What fstat(2) says of an open file.
 *
 * @param identity device and inode
 * @param mode     st_mode: the type and the permission bits
 * @param uid      the owner
 * @param gid      the group
 */
public record FileStatus(FileIdentity identity, int mode, int uid, int gid) {

    private static final int PERMISSION_BITS = 07777;

    /**
     * Whether this is a FIFO, fifo(7); true also for an anonymous pipe.
     *
     * @return whether the type bits say so
     */
    public boolean isFifo() {
        return (mode & Linux.S_IFMT) == Linux.S_IFIFO;
    }

    /**
     * What kind of file this is, for messages.
     *
     * @return for example {@code a regular file}
     */
    public String kind() {
        return Linux.KINDS.getOrDefault(mode & Linux.S_IFMT, "a file of unknown kind");
    }

    /**
     * The permission bits alone.
     *
     * @return 0 to 07777
     */
    public int permissions() {
        return mode & PERMISSION_BITS;
    }
}
