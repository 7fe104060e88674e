package io.github.camelfifo.posix;

/**
 * Tells whether two files are the same, whatever their paths: device and inode, stat(2). The kernel gives the number of a
 * deleted inode away again at once, so a comparison means something only while a descriptor of the file is open.
 *
 * @param device st_dev
 * @param inode  st_ino
 */
public record FileIdentity(long device, long inode) {}
