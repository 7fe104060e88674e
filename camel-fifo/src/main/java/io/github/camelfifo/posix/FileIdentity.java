package io.github.camelfifo.posix;

/**
 * Identifies a file by device and inode, stat(2), whatever its paths; package {@code pipe} compares files by it. The
 * kernel may use the number of a deleted inode again at once, so a comparison is valid only while a descriptor of the
 * file is open.
 *
 * @param device st_dev
 * @param inode  st_ino
 */
public record FileIdentity(long device, long inode) {}
