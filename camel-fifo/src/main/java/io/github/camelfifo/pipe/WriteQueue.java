package io.github.camelfifo.pipe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The frames that wait to be written. It is looked through only when somebody's time may be over, so a thousand waiting
 * frames cost nothing while nothing happens. Confined to the writer's owner, but for {@link #lookThrough()}.
 */
final class WriteQueue {

    /** Only for room there is an event; for a reader, a lock and an empty pipe one has to look, at growing intervals. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final WriteTimeouts timeouts;
    private final WakeUp wakeUp;
    private final Deque<WriteRequest> requests = new ArrayDeque<>();
    private long pauseNanos = FIRST_PAUSE_NANOS;
    /** The earliest of all deadlines; may be too early, never too late. */
    private long nextDeadline = Clock.NEVER;

    private volatile boolean lookThrough;

    WriteQueue(WriteTimeouts timeouts, WakeUp wakeUp) {
        this.timeouts = timeouts;
        this.wakeUp = wakeUp;
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    void add(WriteRequest request) {
        requests.add(request);
        expect(request);
    }

    /** The next one, whose turn it is; or null. */
    WriteRequest poll() {
        WriteRequest next = requests.poll();
        if (next != null) {
            next.attemptBegins();
        }
        return next;
    }

    /** The one that {@link #poll} would give; or null. */
    WriteRequest peek() {
        return requests.peek();
    }

    List<WriteRequest> removeIf(Predicate<WriteRequest> which) {
        List<WriteRequest> removed = new ArrayList<>();
        requests.removeIf(request -> which.test(request) && removed.add(request));
        return removed;
    }

    /** Deadlines have changed without the owner's doing. Any thread may call this, and has the task run then. */
    void lookThrough() {
        lookThrough = true;
    }

    boolean isBlocked() {
        return timeouts.blocked() != Blocked.NO;
    }

    void progressed() {
        timeouts.progressed();
        pauseNanos = FIRST_PAUSE_NANOS;
    }

    /**
     * A request whose time is over, with its result set, or null; then the task will be run in time for the next one, and
     * to look for a reader where there is none. Where nobody waits, nothing is looked for: the rest of a frame whose message
     * has failed goes with the next message.
     *
     * @param current the request at the head, which is not in this queue; may be null
     */
    WriteRequest due(Blocked why, WriteRequest current) {
        if (why != timeouts.blocked()) {
            timeouts.blocked(why);
            lookThrough = true;
        }
        if (current != null) {
            expect(current);
        }
        long now = Clock.nanos();
        if (lookThrough || nextDeadline <= now) {
            WriteRequest due = takeDue(now, current);
            if (due != null) {
                return timeouts.expire(due);
            }
        }
        boolean somebodyWaits = current != null || !requests.isEmpty() || why == Blocked.UNREAD;
        if (somebodyWaits) {
            wakeUp.at(Math.min(nextDeadline, nextLook(now)));
        }
        return null;
    }

    private WriteRequest takeDue(long now, WriteRequest current) {
        lookThrough = false;
        nextDeadline = 0;
        if (current != null && timeouts.deadline(current) <= now) {
            return current;
        }
        long earliest = current == null ? Clock.NEVER : timeouts.deadline(current);
        for (Iterator<WriteRequest> each = requests.iterator(); each.hasNext(); ) {
            WriteRequest request = each.next();
            long deadline = timeouts.deadline(request);
            if (deadline <= now) {
                each.remove();
                return request;
            }
            earliest = Math.min(earliest, deadline);
        }
        nextDeadline = earliest;
        return null;
    }

    private void expect(WriteRequest request) {
        nextDeadline = Math.min(nextDeadline, timeouts.deadline(request));
    }

    private long nextLook(long now) {
        if (timeouts.blocked() == Blocked.NO_ROOM) {
            return Clock.NEVER;
        }
        long next = now + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        return next;
    }
}
