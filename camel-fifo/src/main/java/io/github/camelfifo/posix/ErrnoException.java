package io.github.camelfifo.posix;

import java.io.IOException;

/** A system call failed: which one, on what, and why (errno(3)). */
public class ErrnoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * Says what failed.
     *
     * @param call    the system call, such as {@code open}
     * @param subject the path, or what else it was called on
     * @param errno   the reason
     * @param reason  the reason in words, with errno's name
     */
    public ErrnoException(String call, String subject, Errno errno, String reason) {
        super(call + " failed: " + reason + ": " + subject);
        this.errno = errno;
    }

    /**
     * Why the call failed.
     *
     * @return one of the reasons that callers tell apart, or {@link Errno#OTHER}
     */
    public Errno errno() {
        return errno;
    }

    /**
     * Whether no further descriptor can be had for now, in this process or in the whole system.
     *
     * @return whether errno is EMFILE or ENFILE
     */
    public boolean isOutOfDescriptors() {
        return errno == Errno.EMFILE || errno == Errno.ENFILE;
    }
}
