package io.github.camelfifo.posix;

import java.io.IOException;

/** A system call failed; the message says which one, on which file, and why (errno(3)). Only this package throws it. */
public class ErrnoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /** {@code reason} is in words, with errno's name; {@code subject} is usually a path. */
    ErrnoException(String call, String subject, Errno errno, String reason) {
        super(call + " failed: " + reason + ": " + subject);
        this.errno = errno;
    }

    /** {@return the reason for the failure, or {@link Errno#OTHER}} */
    public Errno errno() {
        return errno;
    }

    /** {@return whether this process or the whole system can open no further file for now: EMFILE or ENFILE} */
    public boolean isOutOfDescriptors() {
        return errno == Errno.EMFILE || errno == Errno.ENFILE;
    }
}
