package io.github.camelfifo.pipe;

/**
 * The time for timers in this package, in nanoseconds since this class was loaded: never negative, so that {@code <}
 * compares times.
 */
final class Clock {

    static final long NEVER = Long.MAX_VALUE;
    private static final long START = System.nanoTime();

    private Clock() {}

    static long nanos() {
        return System.nanoTime() - START;
    }
}
