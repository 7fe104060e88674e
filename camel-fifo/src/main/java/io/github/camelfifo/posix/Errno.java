package io.github.camelfifo.posix;

import java.util.Arrays;

/**
 * The values of errno that callers of this package tell apart. All others are {@link #OTHER}, and the exception's
 * message names them.
 */
public enum Errno {
    /** The path, or a folder above it, is not there. */
    ENOENT,
    /** A file that is no directory is where one has to be. */
    ENOTDIR,
    /** Something is at the path already. */
    EEXIST,
    /** Opened for writing, and no process has the FIFO open for reading. */
    ENXIO,
    /** Written to, and no process has the FIFO open for reading now. */
    EPIPE,
    /** Nothing to read, or no room to write, for now. */
    EAGAIN,
    /** A signal interrupted the call; call again. */
    EINTR,
    /** This process has as many descriptors open as it may. */
    EMFILE,
    /** The whole system has as many files open as it may. */
    ENFILE,
    /** Permissions forbid it. */
    EACCES,
    /** The file system is mounted for reading alone. */
    EROFS,
    /** Any other. */
    OTHER;

    static Errno of(String name) {
        return Arrays.stream(values())
                .filter(errno -> errno.name().equals(name))
                .findAny()
                .orElse(OTHER);
    }
}
