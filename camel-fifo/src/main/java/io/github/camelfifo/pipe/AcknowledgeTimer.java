package io.github.camelfifo.pipe;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Takes what is done out of the pipes within a millisecond, while their owners are busy in a route. {@code Looking}
 * tells it of each portion that it begins; {@code PipeEngine} has one. It runs on the engine's timer, which never runs
 * routes, and only while there are portions. All portions wait equally long, so a plain queue is in the order of time.
 *
 * <p>
 * Thread-safe.
 */
final class AcknowledgeTimer {

    /** The bytes of one pipe that are done and not taken yet. */
    interface Portion {

        /** When its first exchange was done, by {@link Clock}. */
        long begunNanos();

        /** Whether its owner has taken it. */
        boolean isTaken();

        /** Takes it, through the given memory, unless its owner has taken it. */
        void take(ByteBuffer memory) throws Exception;
    }

    /** The most bytes of a portion. */
    static final int LARGEST_PORTION = 16_384;

    /** The rest of the millisecond is for the wake-up of the timer's thread. */
    private static final long DELAY_NANOS = TimeUnit.MICROSECONDS.toNanos(750);
    /** Portions that are due so soon are taken by the same wake-up. */
    private static final long EARLY_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

    private final ScheduledExecutorService timer;
    private final Consumer<Throwable> errorHandler;
    private final Queue<Portion> portions = new ConcurrentLinkedQueue<>();
    /** Whether the timer will look at the queue. */
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /** Null until the first portion; only the timer's thread uses it. */
    private ByteBuffer memory;

    AcknowledgeTimer(ScheduledExecutorService timer, Consumer<Throwable> errorHandler) {
        this.timer = timer;
        this.errorHandler = errorHandler;
    }

    /** Takes a portion in time, unless its owner takes it before. */
    void add(Portion portion) {
        portions.add(portion);
        scheduleIfNeeded();
    }

    private void scheduleIfNeeded() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            schedule(DELAY_NANOS);
        }
    }

    private void schedule(long delayNanos) {
        Future<?> unused = timer.schedule(this::takeDue, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void takeDue() {
        long now = Clock.nanos();
        boolean sawPortions = false;
        Portion head = portions.peek();
        while (head != null && (head.isTaken() || waitFor(head, now) <= EARLY_NANOS)) {
            take(portions.poll());
            sawPortions = true;
            head = portions.peek();
        }
        if (head != null) {
            schedule(waitFor(head, now));
        } else if (sawPortions) {
            // more will come soon: to look once more costs less than to be woken by the owner
            schedule(DELAY_NANOS);
        } else {
            scheduled.set(false);
            if (!portions.isEmpty()) {
                scheduleIfNeeded();
            }
        }
    }

    private static long waitFor(Portion portion, long now) {
        return portion.begunNanos() + DELAY_NANOS - now;
    }

    private void take(Portion portion) {
        try {
            if (memory == null) {
                memory = ByteBuffer.allocateDirect(LARGEST_PORTION);
            }
            portion.take(memory);
        } catch (Throwable e) {
            errorHandler.accept(e);
        }
    }
}
