package io.github.camelfifo.posix;

/**
 * What changes when names come to a folder or go from it, or when another folder takes its place.
 *
 * @param identity device and inode
 * @param modifiedNanos st_mtim, nanoseconds since 1970; as fine as the file system's clock, which may tick in milliseconds
 * @param changedNanos st_ctim, likewise
 */
public record FileStamp(FileIdentity identity, long modifiedNanos, long changedNanos) {}
