package io.github.camelfifo.internal.statistics;

/**
 * Something that failed; {@link EndpointStatistics} keeps the last one.
 *
 * @param millis when, since 1970
 * @param text what and why
 */
record Failure(long millis, String text) {

    static final Failure NONE = new Failure(0, null);

    /** The message of an exception, or its class when it has none. */
    static String text(Throwable reason) {
        return reason.getMessage() == null ? reason.toString() : reason.getMessage();
    }

    /** A failure of this moment. */
    static Failure now(String text) {
        return new Failure(System.currentTimeMillis(), text);
    }
}
