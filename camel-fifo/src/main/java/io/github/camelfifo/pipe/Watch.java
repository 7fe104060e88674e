package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;

/**
 * One descriptor that the engine watches for one job. The job's owner arms it, and cancels it by
 * {@link PipeEngine#cancel}.
 *
 * <p>
 * An id is never used again, so a late event of a cancelled watch finds no watch, even if the descriptor's number is in
 * use again.
 */
final class Watch {

    private final Epoll epoll;
    private final Job job;
    private final Descriptor descriptor;
    private final long id;
    private boolean added;
    /** Whether every further write makes an event, without arming again. */
    private boolean armedForAll;

    private volatile boolean fired;

    Watch(Epoll epoll, Job job, Descriptor descriptor, long id) {
        this.epoll = epoll;
        this.job = job;
        this.descriptor = descriptor;
        this.id = id;
    }

    long id() {
        return id;
    }

    /** Has the next of these events run the job once; an event that is there already counts. */
    void arm(int events) throws ErrnoException {
        control(events | Epoll.ONE_SHOT);
        armedForAll = false;
    }

    /**
     * Has each further one of these events run the job. A pipe that stays readable makes an event now, one for each
     * write and one when the last writer closes, epoll(7) on edge-triggered events.
     */
    void armForAll(int events) throws ErrnoException {
        if (!armedForAll) {
            control(events | Epoll.EDGE_TRIGGERED);
            armedForAll = true;
        }
    }

    private void control(int events) throws ErrnoException {
        assert job.isOwnedByCurrentThread();
        if (added) {
            epoll.arm(descriptor, events, id);
        } else {
            epoll.add(descriptor, events, id);
            added = true;
        }
    }

    /** Takes the descriptor out of the epoll set. */
    void remove() throws ErrnoException {
        assert job.isOwnedByCurrentThread();
        if (added) {
            added = false;
            epoll.remove(descriptor);
        }
    }

    /** Whether there was ever an event. */
    boolean hasFired() {
        return fired;
    }

    /** The job to run after an event. */
    Job fired() {
        fired = true;
        return job;
    }
}
