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
    private static final String LETTERS = "rwxrwxrwx";

    /**
     * Whether this is a FIFO, fifo(7); true also for an anonymous pipe.
     *
     * @return whether the type bits say so
     */
    public boolean isFifo() {
        return (mode & Linux.S_IFMT) == Linux.S_IFIFO;
    }

    /**
     * Whether this is a directory.
     *
     * @return whether the type bits say so
     */
    public boolean isFolder() {
        return (mode & Linux.S_IFMT) == Linux.S_IFDIR;
    }

    /**
     * Whether this is a symbolic link, opened itself and not what it leads to.
     *
     * @return whether the type bits say so
     */
    public boolean isLink() {
        return (mode & Linux.S_IFMT) == Linux.S_IFLNK;
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

    /**
     * Permissions of owner, group and others as ls(1) writes them.
     *
     * @param permissions 0 to 0777; further bits are left out
     * @return for example {@code rw-rw----}
     */
    public static String text(int permissions) {
        StringBuilder text = new StringBuilder(LETTERS);
        for (int i = 0; i < LETTERS.length(); i++) {
            if ((permissions >> (LETTERS.length() - 1 - i) & 1) == 0) {
                text.setCharAt(i, '-');
            }
        }
        return text.toString();
    }
}
