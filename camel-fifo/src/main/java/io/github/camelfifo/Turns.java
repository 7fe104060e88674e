package io.github.camelfifo;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Lets several pumps deliver in turn, so that there is one exchange at a time whichever pipe it comes from. A pump whose
 * turn it is not is held and costs no thread. What the pumps share is seen by each in its turn. Thread-safe.
 */
final class Turns {

    /** Guarded by this, like what follows. */
    private final Set<FramePump> members = new HashSet<>();

    private final Queue<FramePump> waiting = new ArrayDeque<>();
    private FramePump current;
    private volatile boolean awaited;

    synchronized void join(FramePump pump) {
        members.add(pump);
    }

    /** Begins the pump's turn, if it is nobody else's. Does nothing in its own turn. */
    synchronized boolean begin(FramePump pump) {
        if (current == null) {
            current = pump;
        }
        return current == pump;
    }

    /** Has a pump that is held resumed when its turn has come; false when it can begin at once. */
    synchronized boolean await(FramePump pump) {
        if (current == null || current == pump) {
            return false;
        }
        if (members.contains(pump)) {
            waiting.add(pump);
            awaited = true;
        }
        return true;
    }

    /** Whether a pump waits for another's turn to end. */
    boolean areAwaited() {
        return awaited;
    }

    /** Ends the pump's turn. */
    void end(FramePump pump) {
        FramePump next;
        synchronized (this) {
            if (current != pump) {
                return;
            }
            next = waiting.poll();
            current = next;
            awaited = !waiting.isEmpty();
        }
        if (next != null) {
            next.resume();
        }
    }

    /** The pump is closed and has no more turns. */
    void leave(FramePump pump) {
        synchronized (this) {
            members.remove(pump);
            waiting.remove(pump);
            awaited = !waiting.isEmpty();
        }
        end(pump);
    }
}
