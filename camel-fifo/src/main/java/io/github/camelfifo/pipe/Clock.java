package io.github.camelfifo.pipe;

/** Nanoseconds since this class was loaded: monotonic and never negative, so that times can be compared plainly. */
final class Clock {

    static final long NEVER = Long.MAX_VALUE;
    private static final long START = System.nanoTime();

    private Clock() {}

    static long nanos() {
        return System.nanoTime() - START;
    }
}
