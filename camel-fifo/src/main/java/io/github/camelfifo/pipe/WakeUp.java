package io.github.camelfifo.pipe;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Has the task of a reader, writer or path watch run later, by one timer at most. Confined to the task's owner. */
final class WakeUp {

    private final PipeTask task;
    private ScheduledFuture<?> timer;
    private long timeNanos;

    WakeUp(PipeTask task) {
        this.task = task;
    }

    /**
     * Has the task run at a time of {@link Clock} at the latest. An earlier wake-up stays even if it is no longer
     * needed: one extra run costs less than cancelling a timer each time.
     */
    void at(long nanos) {
        long now = Clock.nanos();
        // by the clock, because the task may already run while the timer's future is not done
        boolean pending = timeNanos > now;
        if (nanos == Clock.NEVER || (pending && timeNanos <= nanos)) {
            return;
        }
        if (pending) {
            timer.cancel(false);
        }
        timeNanos = Math.max(now, nanos);
        // rounded up: an early task would find nothing due
        timer = task.scheduleLater(TimeUnit.NANOSECONDS.toMillis(timeNanos - now) + 1);
    }
}
