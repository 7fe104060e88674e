package io.github.camelfifo.internal.statistics;

/**
 * Something that failed; {@link EndpointStatistics} keeps the last one.
 *
 * @param millis when, since 1970
 * @param text what and why
 */
record Failure(long millis, String text) {

    static final Failure NONE = new Failure(0, null);

    /** A failure of this moment. */
    static Failure now(String text) {
        return new Failure(System.currentTimeMillis(), text);
    }
}
