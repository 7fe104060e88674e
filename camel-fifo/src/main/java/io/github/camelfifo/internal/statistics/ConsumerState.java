package io.github.camelfifo.internal.statistics;

import java.util.Locale;

/** What a consumer does. */
public enum ConsumerState {
    /** It does not run. */
    STOPPED(0),
    /** It reads. */
    FLOWING(1),
    /** Its route is suspended. */
    SUSPENDED(2),
    /** Another consumer reads, with {@code exclusive}. */
    STANDBY(3),
    /** There is no FIFO at the path. */
    LOST(4);

    private final int number;

    ConsumerState(int number) {
        this.number = number;
    }

    /** {@return how meters show it} */
    public int number() {
        return number;
    }

    /** {@return how JMX and the dev console name it: {@code flowing}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
