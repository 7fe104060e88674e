package io.github.camelfifo.internal.statistics;

import java.util.Locale;

/** What a consumer does. The order is that of the numbers which meters show. */
public enum ConsumerState {
    /** It does not run. */
    STOPPED,
    /** It reads. */
    FLOWING,
    /** Its route is suspended. */
    SUSPENDED,
    /** Another consumer reads, with {@code exclusive}. */
    STANDBY,
    /** There is no FIFO at the path. */
    LOST;

    /** {@return how JMX and the dev console name it: {@code flowing}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
