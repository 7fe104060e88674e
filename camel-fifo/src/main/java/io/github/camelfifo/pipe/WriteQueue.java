package io.github.camelfifo.pipe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The messages that wait in a {@link SharedWriter}. It checks their deadlines only when one may be over, so a thousand
 * waiting messages cost nothing while nothing happens. Only the task's owner uses it, except
 * {@link #deadlinesChanged()}.
 */
final class WriteQueue {

    /** The kernel does not report a reader, a lock or an empty pipe: the writer looks at growing intervals. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final WriteTimeouts timeouts;
    private final WakeUp wakeUp;
    private final Deque<WriteRequest> requests = new ArrayDeque<>();
    private long pauseNanos = FIRST_PAUSE_NANOS;
    /** Not later than the earliest of all deadlines, on {@link Clock}. */
    private long nextDeadline = Clock.NEVER;

    private volatile boolean deadlinesChanged;

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

    /** Takes the next message, or null. */
    WriteRequest poll() {
        WriteRequest next = requests.poll();
        if (next != null) {
            next.attemptBegins();
        }
        return next;
    }

    /** The next message, or null. */
    WriteRequest peek() {
        return requests.peek();
    }

    List<WriteRequest> removeIf(Predicate<WriteRequest> which) {
        List<WriteRequest> removed = new ArrayList<>();
        requests.removeIf(request -> which.test(request) && removed.add(request));
        return removed;
    }

    /** Has {@link #due} look at all deadlines. For any thread, which then schedules the task. */
    void deadlinesChanged() {
        deadlinesChanged = true;
    }

    /** Nobody reads: all messages wait for a reader, those at the end of the queue perhaps without having been told. */
    void readerIsMissing() {
        Iterator<WriteRequest> latest = requests.descendingIterator();
        while (latest.hasNext() && latest.next().missesReader()) {
            // a message before it may be new too
        }
    }

    boolean isBlocked() {
        return timeouts.blocked() != Blocked.NO;
    }

    void progressed() {
        timeouts.progressed();
        pauseNanos = FIRST_PAUSE_NANOS;
    }

    /**
     * A request whose time is over, with its result set; or null. Then the task will run at the next deadline, and
     * earlier to look whether it is still blocked. Without a waiting message, nobody looks: the rest of a failed
     * message's frame waits for the next message.
     *
     * @param current the message in work, which is not in this queue; may be null
     */
    WriteRequest due(Blocked why, WriteRequest current) {
        if (why != timeouts.blocked()) {
            timeouts.blocked(why);
            deadlinesChanged = true;
        }
        if (current != null) {
            expect(current);
        }
        long now = Clock.nanos();
        if (deadlinesChanged || nextDeadline <= now) {
            WriteRequest due = takeDue(now, current);
            if (due != null) {
                return timeouts.expire(due);
            }
        }
        if (current != null || !requests.isEmpty() || why == Blocked.UNREAD) {
            wakeUp.at(Math.min(nextDeadline, nextLook(now)));
        }
        return null;
    }

    private WriteRequest takeDue(long now, WriteRequest current) {
        deadlinesChanged = false;
        nextDeadline = 0;
        long earliest = current == null ? Clock.NEVER : timeouts.deadline(current);
        if (earliest <= now) {
            return current;
        }
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
