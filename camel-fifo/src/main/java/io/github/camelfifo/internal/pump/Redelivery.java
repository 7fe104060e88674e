package io.github.camelfifo.internal.pump;

import java.util.concurrent.TimeUnit;

/** Knows when a message that was put back comes again, and its last verdict. {@link FramePump} asks, as the owner. */
final class Redelivery {

    private final long retryMillis;
    /** Null when the next message is a new one. */
    private Verdict earlier;

    private boolean waits;
    private long dueNanos;

    /** Failed messages come again after this time. */
    Redelivery(long retryMillis) {
        this.retryMillis = retryMillis;
    }

    /** Notes a message that is put back; gives the milliseconds until it is due, 0 when it waits for a question. */
    long expect(Verdict verdict) {
        earlier = verdict;
        waits = verdict != Verdict.UNWANTED;
        long delay = verdict == Verdict.AGAIN ? retryMillis : PumpMode.RETRY_MILLIS;
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
        return waits ? delay : 0;
    }

    /** Whether the message has to wait. A stop does not wait for it, but leaves it to the next start. */
    boolean isAwaited(PumpMode now) {
        return waits && (now.isDrain() || System.nanoTime() - dueNanos < 0);
    }

    /** The message comes again, or a new one comes; gives the last verdict, or null. */
    Verdict begin() {
        waits = false;
        return earlier;
    }

    void over() {
        earlier = null;
    }
}
