package io.github.camelfifo.internal.pump;

import java.util.concurrent.TimeUnit;

/** When a message that was put back comes again, and what became of it before. {@link FramePump} asks it, as the owner. */
final class Redelivery {

    private final long retryMillis;
    /** Null where the next message is a new one. */
    private Verdict earlier;

    private boolean waits;
    private long dueNanos;

    /** Messages that have failed come again after this time. */
    Redelivery(long retryMillis) {
        this.retryMillis = retryMillis;
    }

    /** A message is put back; gives in how many milliseconds it is due, 0 where it waits until somebody asks for it. */
    long expect(Verdict verdict) {
        earlier = verdict;
        waits = verdict != Verdict.UNWANTED;
        long delay = verdict == Verdict.AGAIN ? retryMillis : FlowControl.RETRY_MILLIS;
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
        return waits ? delay : 0;
    }

    /** Whether the message has to wait. A stop does not wait for it, but leaves it to the next start. */
    boolean isAwaited(PumpMode now) {
        return waits && (now.isDrain() || System.nanoTime() - dueNanos < 0);
    }

    /** The message comes again, or a new one does; gives what became of it before, or null. */
    Verdict begin() {
        waits = false;
        return earlier;
    }

    void over() {
        earlier = null;
    }
}
