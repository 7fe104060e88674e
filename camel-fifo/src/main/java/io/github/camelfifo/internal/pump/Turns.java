package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.PipeTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Lets several pumps deliver in turn, so that they deliver one message at a time; {@link FramePump} asks for its turn.
 * A pump that waits for its turn is held and costs no thread. In its turn, a pump sees all changes to the state that
 * the pumps share. They are few, and a thousand idle paths have such a set each. Thread-safe.
 */
final class Turns {

    /** Guarded by this, like the fields below. */
    private final List<PipeTask> members = new ArrayList<>(1);

    /** The members that deliver before the others; see {@link Lead}. */
    private final List<PipeTask> leading = new ArrayList<>(0);

    private final Queue<PipeTask> waiting = new ArrayDeque<>(1);
    private PipeTask current;
    private volatile boolean awaited;

    synchronized void join(PipeTask pump) {
        members.add(pump);
    }

    /** Begins the pump's turn, if no other pump has its turn. Does nothing in its own turn. */
    synchronized boolean begin(PipeTask pump) {
        if (current == null && mayBegin(pump)) {
            current = pump;
        }
        return current == pump;
    }

    /** Resumes a pump that is held when its turn has come; false when it can begin at once. */
    synchronized boolean await(PipeTask pump) {
        if (current == pump || (current == null && mayBegin(pump))) {
            return false;
        }
        if (members.contains(pump)) {
            waiting.add(pump);
            noteAwaited();
        }
        return true;
    }

    /** The pump and others that lead deliver before the rest, until {@link #leadNoMore}. */
    synchronized void lead(PipeTask pump) {
        leading.add(pump);
    }

    /** The pump has its turns like all others. */
    void leadNoMore(PipeTask pump) {
        PipeTask next = null;
        synchronized (this) {
            if (leading.remove(pump)) {
                next = current == null ? next() : null;
                noteAwaited();
            }
        }
        if (next != null) {
            next.resume();
        }
    }

    /** Whether a pump waits for another's turn to end. */
    boolean areAwaited() {
        return awaited;
    }

    /** Ends the pump's turn. */
    void end(PipeTask pump) {
        PipeTask next;
        synchronized (this) {
            if (current != pump) {
                return;
            }
            current = null;
            next = next();
            noteAwaited();
        }
        if (next != null) {
            next.resume();
        }
    }

    /** The pump is closed and has no more turns. */
    void leave(PipeTask pump) {
        synchronized (this) {
            members.remove(pump);
            waiting.remove(pump);
            noteAwaited();
        }
        leadNoMore(pump);
        end(pump);
    }

    private boolean mayBegin(PipeTask pump) {
        return leading.isEmpty() || leading.contains(pump);
    }

    /** Gives the turn to the first one that waits and may begin; null when there is none. */
    private PipeTask next() {
        PipeTask next = waiting.stream().filter(this::mayBegin).findFirst().orElse(null);
        if (next != null) {
            waiting.remove(next);
            current = next;
        }
        return next;
    }

    private void noteAwaited() {
        awaited = waiting.stream().anyMatch(this::mayBegin);
    }
}
