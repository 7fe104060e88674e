package io.github.camelfifo.posix;

import jnr.constants.platform.OpenFlags;

/** Constants of Linux's C headers, for this package. Others come from jnr-constants, because some differ by CPU. */
final class Linux {

    static final int EAGAIN = jnr.constants.platform.Errno.EAGAIN.intValue();
    static final int EINTR = jnr.constants.platform.Errno.EINTR.intValue();

    static final int O_RDONLY = OpenFlags.O_RDONLY.intValue();
    static final int O_WRONLY = OpenFlags.O_WRONLY.intValue();
    static final int O_RDWR = OpenFlags.O_RDWR.intValue();
    static final int O_CREAT = OpenFlags.O_CREAT.intValue();
    static final int O_EXCL = OpenFlags.O_EXCL.intValue();
    static final int O_NONBLOCK = OpenFlags.O_NONBLOCK.intValue();
    static final int O_NOFOLLOW = OpenFlags.O_NOFOLLOW.intValue();
    static final int O_CLOEXEC = OpenFlags.O_CLOEXEC.intValue();

    // bits/fcntl-linux.h and linux/fcntl.h; O_PATH is the same on every CPU that jnr-ffi runs on
    static final int O_PATH = 0x200000;
    static final int F_SETPIPE_SZ = 1031;
    static final int F_GETPIPE_SZ = 1032;
    static final int SPLICE_F_NONBLOCK = 2;

    static final int EPOLL_CLOEXEC = O_CLOEXEC;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLL_CTL_DEL = 2;
    static final int EPOLL_CTL_MOD = 3;

    static final int EFD_NONBLOCK = O_NONBLOCK;
    static final int EFD_CLOEXEC = O_CLOEXEC;

    // sys/inotify.h: read; attributes, owner or number of names changed; closed after it was open for writing or not
    static final int IN_ACCESS = 0x1;
    static final int IN_ATTRIB = 0x4;
    static final int IN_CLOSE_WRITE = 0x8;
    static final int IN_CLOSE_NOWRITE = 0x10;
    static final int IN_MOVED_FROM = 0x40;
    static final int IN_MOVED_TO = 0x80;
    static final int IN_CREATE = 0x100;
    static final int IN_DELETE = 0x200;
    static final int IN_DELETE_SELF = 0x400;
    static final int IN_MOVE_SELF = 0x800;
    static final int IN_NAME_CHANGES = IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
    static final int IN_LOCK_CHANGES = IN_NAME_CHANGES | IN_CLOSE_WRITE | IN_CLOSE_NOWRITE;
    static final int IN_FOLDER_CHANGES = IN_NAME_CHANGES | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE;
    static final int IN_Q_OVERFLOW = 0x4000;
    static final int IN_NONBLOCK = O_NONBLOCK;
    static final int IN_CLOEXEC = O_CLOEXEC;

    // asm-generic/ioctls.h, sys/file.h, poll.h
    static final long FIONREAD = 0x541B;
    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;
    static final int LOCK_UN = 8;
    static final short POLLOUT = 4;
    static final short POLLERR = 8;
    static final short POLLHUP = 16;

    // unistd.h, fcntl.h: for access(2)
    static final int X_OK = 1;
    static final int W_OK = 2;
    static final int R_OK = 4;
    static final int AT_EACCESS = 0x200;

    // the type bits of st_mode, stat(2)
    static final int S_IFMT = 0170000;
    static final int S_IFIFO = 0010000;
    static final int S_IFDIR = 0040000;
    static final int S_IFREG = 0100000;
    static final int S_IFLNK = 0120000;

    private Linux() {}
}
