package io.github.camelfifo.pipe;

/** Nanoseconds since this class was loaded: never negative, so that timers can compare times by {@code <}. */
final class Clock {

    static final long NEVER = Long.MAX_VALUE;
    private static final long START = System.nanoTime();

    private Clock() {}

    static long nanos() {
        return System.nanoTime() - START;
    }
}
