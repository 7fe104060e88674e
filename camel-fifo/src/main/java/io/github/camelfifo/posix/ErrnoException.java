package io.github.camelfifo.posix;

import java.io.IOException;

/** A system call failed: which one, on what, and why (errno(3)). Thrown by this package alone. */
public class ErrnoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /** {@code reason} is in words, with errno's name; {@code subject} a path, mostly. */
    ErrnoException(String call, String subject, Errno errno, String reason) {
        super(call + " failed: " + reason + ": " + subject);
        this.errno = errno;
    }

    /** {@return why the call failed: a reason that callers tell apart, or {@link Errno#OTHER}} */
    public Errno errno() {
        return errno;
    }

    /** {@return whether this process, or the whole system, can open no more files for now: EMFILE or ENFILE} */
    public boolean isOutOfDescriptors() {
        return errno == Errno.EMFILE || errno == Errno.ENFILE;
    }
}
