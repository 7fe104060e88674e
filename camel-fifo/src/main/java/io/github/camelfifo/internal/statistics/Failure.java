package io.github.camelfifo.internal.statistics;

import java.time.Instant;

/**
 * Something that failed; {@link EndpointStatistics} keeps the last one.
 *
 * @param millis when, in milliseconds since 1970; 0 for none
 * @param text what and why; null for none
 */
public record Failure(long millis, String text) {

    /** Nothing has failed. */
    public static final Failure NONE = new Failure(0, null);

    /** The message of an exception, or its class when it has none. */
    public static String text(Throwable reason) {
        return reason.getMessage() == null ? reason.toString() : reason.getMessage();
    }

    /** A failure of this moment. */
    static Failure now(String text) {
        return new Failure(System.currentTimeMillis(), text);
    }

    /** {@return when, as in ISO 8601; null for none} */
    public String time() {
        return text == null ? null : Instant.ofEpochMilli(millis).toString();
    }

    /** The one that was later. */
    public Failure latest(Failure other) {
        return other.millis > millis ? other : this;
    }
}
