package io.github.camelfifo.pipe;

/**
 * Says how a {@link WriteRequest} is written and how long it may take; made from the endpoint's options.
 * {@code noReader} and {@code whenFull} apply until the first byte is in the pipe. After that, the message always waits
 * for a reader and for room, up to the two time limits.
 *
 * @param noReader what to do when nobody reads
 * @param readerTimeoutMillis how long to wait for a reader, 0: for ever
 * @param whenFull what to do when there is no room
 * @param writeTimeoutMillis how long to wait for room, or for the lock, without progress, 0: for ever
 * @param lock whether to hold flock(2) on the FIFO around each piece
 * @param holdOpen whether to keep a reading end open too, so that the FIFO always has a reader
 */
public record WritePolicy(
        NoReader noReader,
        long readerTimeoutMillis,
        WhenFull whenFull,
        long writeTimeoutMillis,
        boolean lock,
        boolean holdOpen) {

    /**
     * {@return the same policy with both time limits at most {@code millis}, so that no wait is for ever}
     *
     * @param millis 1 or more
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
