package io.github.camelfifo.pipe;

/**
 * How a message is written and how long it may take. {@code noReader} and {@code whenFull} apply until its first byte is in
 * the pipe; a message once begun waits for a reader and for room whatever they say, and only the two time limits end that.
 *
 * @param noReader what to do when nobody reads
 * @param readerTimeoutMillis how long to wait for a reader, 0: for ever
 * @param whenFull what to do when there is no room
 * @param writeTimeoutMillis how long to wait for room, or for the lock, without progress, 0: for ever
 * @param lock whether to hold flock(2) on the FIFO around each piece
 * @param holdOpen whether to keep a reading end open too, so that there always is a reader
 */
public record WritePolicy(
        NoReader noReader,
        long readerTimeoutMillis,
        WhenFull whenFull,
        long writeTimeoutMillis,
        boolean lock,
        boolean holdOpen) {

    /**
     * The policy without a lock, for pipes that are not held open, waiting for room.
     *
     * @param noReader what to do when nobody reads
     * @param readerTimeoutMillis how long to wait for a reader, 0: for ever
     * @param writeTimeoutMillis how long to wait for room, 0: for ever
     */
    public WritePolicy(NoReader noReader, long readerTimeoutMillis, long writeTimeoutMillis) {
        this(noReader, readerTimeoutMillis, WhenFull.WAIT, writeTimeoutMillis, false, false);
    }

    /**
     * The same, waiting no longer than this for anything.
     *
     * @param millis 1 or more
     * @return a policy without a wait for ever
     */
    public WritePolicy within(long millis) {
        return new WritePolicy(
                noReader,
                within(millis, readerTimeoutMillis),
                whenFull,
                within(millis, writeTimeoutMillis),
                lock,
                holdOpen);
    }

    private static long within(long millis, long timeoutMillis) {
        return timeoutMillis == 0 ? millis : Math.min(millis, timeoutMillis);
    }
}
