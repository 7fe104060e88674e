package io.github.camelfifo.posix;

import jnr.posix.POSIX;

/** Lets fixtures of other packages make a {@link Posix} over a library of their own. */
public final class PosixOver {

    private PosixOver() {}

    public static Posix library(POSIX posix, LibC libc) {
        return new Posix(new SystemCalls(posix, libc));
    }
}
