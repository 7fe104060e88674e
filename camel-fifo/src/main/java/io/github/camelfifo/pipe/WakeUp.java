package io.github.camelfifo.pipe;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** At most one timer that has a task run again. Confined to the task's owner. */
final class WakeUp {

    private final PipeTask task;
    private ScheduledFuture<?> timer;
    private long timeNanos;

    WakeUp(PipeTask task) {
        this.task = task;
    }

    /**
     * Has the task run at a time of {@link Clock} at the latest. A wake-up that was asked for earlier and is
     * not needed any more stays: running a task once too often costs less than taking a timer back each time.
     */
    void at(long nanos) {
        if (nanos == Clock.NEVER) {
            return;
        }
        long now = Clock.nanos();
        // by the clock and not by the future: the task may be running already while its timer has not quite ended
        boolean pending = timeNanos > now;
        if (pending && timeNanos <= nanos) {
            return;
        }
        if (pending) {
            timer.cancel(false);
        }
        timeNanos = Math.max(now, nanos);
        // rounded up: never before its time, when the task would find nothing due
        timer = task.scheduleLater(TimeUnit.NANOSECONDS.toMillis(timeNanos - now) + 1);
    }
}
