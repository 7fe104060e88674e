package io.github.camelfifo.internal.consumer;

/**
 * What a consumer does with its FIFO; {@code FifoConsumer} keeps it. Camel, a route policy and the context cause events
 * in any order. A dash: the phase stays.
 *
 * <pre>
 *                    START        CONTEXT_STARTED  SUSPEND             RESUME            DRAIN     GIVE_UP    STOP
 * STOPPED            AWAITING_C.  -                -                   -                 -         -          -
 * AWAITING_CONTEXT   -            FLOWING          AWAITING_SUSPENDED  -                 DRAINING  -          STOPPED
 * AWAITING_SUSPENDED AWAITING_C.  SUSPENDED        -                   AWAITING_CONTEXT  -         -          STOPPED
 * FLOWING            -            -                SUSPENDED           -                 DRAINING  -          STOPPED
 * SUSPENDED          FLOWING      -                -                   FLOWING           DRAINING  -          STOPPED
 * DRAINING           FLOWING      -                -                   DRAINING_RESUMED  -         SUSPENDED  STOPPED
 * DRAINING_RESUMED   FLOWING      -                DRAINING            -                 DRAINING  FLOWING    STOPPED
 * </pre>
 */
public enum Phase {
    /** Nothing is open. */
    STOPPED,
    /** Opened; nothing is read before the context has fully started. */
    AWAITING_CONTEXT,
    /** The same, and the consumer was suspended: it will not flow then. */
    AWAITING_SUSPENDED,
    /** All incoming bytes are delivered. */
    FLOWING,
    /** Nothing is read. */
    SUSPENDED,
    /** Only bytes that were there when stop was called are delivered. Suspend and resume take effect later. */
    DRAINING,
    /** The same, and Camel has resumed the consumer: if Camel gives the stop up, it does not resume it again. */
    DRAINING_RESUMED;

    /** What happens to a consumer. */
    public enum Event {
        /** Camel starts it, for the first time or after it gave up a stop. */
        START,
        /** The context has fully started. */
        CONTEXT_STARTED,
        /** Camel or a route policy suspends it. */
        SUSPEND,
        /** Camel or a route policy resumes it. */
        RESUME,
        /** It will be stopped soon and delivers the bytes that are there. */
        DRAIN,
        /** Camel's time for the drain is over. */
        GIVE_UP,
        /** It is stopped. */
        STOP
    }

    /** The phase after an event. */
    public Phase after(Event event) {
        return switch (event) {
            case START -> afterStart();
            case CONTEXT_STARTED -> afterContextStarted();
            case SUSPEND -> afterSuspend();
            case RESUME -> afterResume();
            case DRAIN -> this == STOPPED || this == AWAITING_SUSPENDED ? this : DRAINING;
            case GIVE_UP -> afterGiveUp();
            case STOP -> STOPPED;
        };
    }

    /** Whether the consumer delivers its last bytes. */
    public boolean isDrain() {
        return this == DRAINING || this == DRAINING_RESUMED;
    }

    private Phase afterStart() {
        return switch (this) {
            case STOPPED, AWAITING_CONTEXT, AWAITING_SUSPENDED -> AWAITING_CONTEXT;
            case FLOWING, SUSPENDED, DRAINING, DRAINING_RESUMED -> FLOWING;
        };
    }

    private Phase afterContextStarted() {
        return switch (this) {
            case AWAITING_CONTEXT -> FLOWING;
            case AWAITING_SUSPENDED -> SUSPENDED;
            default -> this;
        };
    }

    private Phase afterSuspend() {
        return switch (this) {
            case AWAITING_CONTEXT -> AWAITING_SUSPENDED;
            case FLOWING -> SUSPENDED;
            case DRAINING_RESUMED -> DRAINING;
            default -> this;
        };
    }

    private Phase afterResume() {
        return switch (this) {
            case AWAITING_SUSPENDED -> AWAITING_CONTEXT;
            case SUSPENDED -> FLOWING;
            case DRAINING -> DRAINING_RESUMED;
            default -> this;
        };
    }

    private Phase afterGiveUp() {
        return switch (this) {
            case DRAINING -> SUSPENDED;
            case DRAINING_RESUMED -> FLOWING;
            default -> this;
        };
    }
}
