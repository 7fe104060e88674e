package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;

/**
 * One descriptor that the engine watches for one task. Only the task's owner may arm or cancel it.
 *
 * <p>
 * The id is never used again, so an event that was on its way when the watch was cancelled finds nobody, even if the
 * descriptor's number is in use again.
 */
final class Watch {

    private final PipeEngine engine;
    private final PipeTask task;
    private final Descriptor descriptor;
    private final long id;
    private boolean added;
    /** Whether every further write makes an event, without arming anew. */
    private boolean armedForAll;

    private volatile boolean fired;

    Watch(PipeEngine engine, PipeTask task, Descriptor descriptor, long id) {
        this.engine = engine;
        this.task = task;
        this.descriptor = descriptor;
        this.id = id;
    }

    /** Has the next such event, also one that is there already, run the task, once. */
    void arm(int events) throws ErrnoException {
        control(events | Epoll.ONE_SHOT);
        armedForAll = false;
    }

    /**
     * Has each further such event run the task. For a pipe that is readable and stays so: it makes an event now, one for
     * each write and one when the last writer closes, epoll(7) on edge-triggered events.
     */
    void armForAll(int events) throws ErrnoException {
        if (!armedForAll) {
            control(events | Epoll.EDGE_TRIGGERED);
            armedForAll = true;
        }
    }

    private void control(int events) throws ErrnoException {
        if (added) {
            engine.epoll().arm(descriptor, events, id);
        } else {
            engine.epoll().add(descriptor, events, id);
            added = true;
        }
    }

    /** Whether there has ever been an event. */
    boolean hasFired() {
        return fired;
    }

    /** Ends the watch; to be called before the descriptor is closed. */
    void cancel() throws ErrnoException {
        engine.forget(id);
        if (added) {
            added = false;
            engine.epoll().remove(descriptor);
        }
    }

    void onEvent(Worker worker) {
        fired = true;
        task.runAfterEvent(worker);
    }
}
