package io.github.camelfifo.internal.consumer;

/**
 * What a consumer does with its FIFO between its start and its stop, as Camel, a route policy and the context tell it in
 * whatever order. A dash: the phase stays.
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
    /** The same, and it will not flow then. */
    AWAITING_SUSPENDED,
    /** Whatever comes is delivered. */
    FLOWING,
    /** Nothing is read. */
    SUSPENDED,
    /** What was there when stop was called is delivered, and then nothing. Whoever suspends or resumes has to wait. */
    DRAINING,
    /** The same, and Camel takes the consumer for resumed: should the stop be given up, it would not resume it again. */
    DRAINING_RESUMED;

    /** What happens to a consumer. */
    public enum Event {
        /** Camel starts it, for the first time or again, because it has given a stop up. */
        START,
        /** The context has fully started. */
        CONTEXT_STARTED,
        /** Camel or a route policy suspends it. */
        SUSPEND,
        /** Camel or a route policy resumes it. */
        RESUME,
        /** It is about to be stopped, and delivers what there is. */
        DRAIN,
        /** Camel has no more time for that. */
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

    /** Whether it is a drain. */
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
