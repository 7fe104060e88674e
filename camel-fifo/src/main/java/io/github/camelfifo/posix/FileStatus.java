package io.github.camelfifo.posix;

import jnr.posix.FileStat;

/**
 * The result of stat(2), for the checks before a FIFO is opened or deleted.
 *
 * @param identity device and inode
 * @param mode     st_mode: the type and the permission bits
 * @param uid      the owner
 * @param gid      the group
 */
public record FileStatus(FileIdentity identity, int mode, int uid, int gid) {

    private static final int PERMISSION_BITS = 07777;
    private static final String LETTERS = "rwxrwxrwx";

    static FileStatus of(FileStat stat) {
        return new FileStatus(new FileIdentity(stat.dev(), stat.ino()), stat.mode(), stat.uid(), stat.gid());
    }

    /** {@return whether this is a FIFO, fifo(7), or an anonymous pipe} */
    public boolean isFifo() {
        return type() == Linux.S_IFIFO;
    }

    /** {@return whether this is a regular file} */
    public boolean isRegular() {
        return type() == Linux.S_IFREG;
    }

    /** {@return whether this is a directory} */
    public boolean isFolder() {
        return type() == Linux.S_IFDIR;
    }

    /** {@return whether this is a symbolic link itself, not its target} */
    public boolean isLink() {
        return type() == Linux.S_IFLNK;
    }

    /** {@return the kind of file for messages, such as {@code a regular file}} */
    public String kind() {
        return switch (type()) {
            case Linux.S_IFIFO -> "a named pipe";
            case 0020000 -> "a character device";
            case Linux.S_IFDIR -> "a directory";
            case 0060000 -> "a block device";
            case Linux.S_IFREG -> "a regular file";
            case Linux.S_IFLNK -> "a symbolic link";
            case 0140000 -> "a socket";
            default -> "a file of unknown kind";
        };
    }

    private int type() {
        return mode & Linux.S_IFMT;
    }

    /** {@return the permission bits alone, 0 to 07777} */
    public int permissions() {
        return mode & PERMISSION_BITS;
    }

    /**
     * {@return permissions of owner, group and others as ls(1) writes them, for example {@code rw-rw----}}
     *
     * @param permissions 0 to 0777; further bits are ignored
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
