package io.github.camelfifo.pipe;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** At most one timer that has a reader's, writer's or path watch's task run again. Confined to the task's owner. */
final class WakeUp {

    private final PipeTask task;
    private ScheduledFuture<?> timer;
    private long timeNanos;

    WakeUp(PipeTask task) {
        this.task = task;
    }

    /**
     * Has the task run at a time of {@link Clock} at the latest. An earlier wake-up stays although it is not needed any
     * more: running a task once too often costs less than taking a timer back each time.
     */
    void at(long nanos) {
        long now = Clock.nanos();
        // by the clock, because the task may run already while the timer's future is not done yet
        boolean pending = timeNanos > now;
        if (nanos == Clock.NEVER || (pending && timeNanos <= nanos)) {
            return;
        }
        if (pending) {
            timer.cancel(false);
        }
        timeNanos = Math.max(now, nanos);
        // rounded up: before its time the task would find nothing due
        timer = task.scheduleLater(TimeUnit.NANOSECONDS.toMillis(timeNanos - now) + 1);
    }
}
