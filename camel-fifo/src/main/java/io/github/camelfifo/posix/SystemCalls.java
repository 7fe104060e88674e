package io.github.camelfifo.posix;

import java.util.function.IntSupplier;
import jnr.posix.POSIX;

/** Makes all system calls of this package through the loaded C library, and interprets errno after a failure. */
record SystemCalls(POSIX posix, LibC libc) {

    /** Makes a call, and repeats it when a signal interrupts it (EINTR); gives 0 or more. */
    int make(String name, String subject, IntSupplier call) throws ErrnoException {
        while (true) {
            int result = call.getAsInt();
            if (result >= 0) {
                return result;
            }
            retryIfInterrupted(name, subject);
        }
    }

    /** After a call that gave -1: returns if a signal was the reason, so that the caller calls again. */
    void retryIfInterrupted(String name, String subject) throws ErrnoException {
        if (posix.errno() != Linux.EINTR) {
            throw failure(name, subject);
        }
    }

    /** After a call that gave -1: true if the call would have to wait, false if a signal was the reason. */
    boolean wouldBlock(String name, String subject) throws ErrnoException {
        if (posix.errno() == Linux.EAGAIN) {
            return true;
        }
        retryIfInterrupted(name, subject);
        return false;
    }

    /** Says why a call has just failed. */
    ErrnoException failure(String name, String subject) {
        int value = posix.errno();
        jnr.constants.platform.Errno errno = jnr.constants.platform.Errno.valueOf(value);
        return new ErrnoException(
                name, subject, Errno.of(errno.name()), posix.strerror(value) + " (" + errno.name() + ")");
    }
}
