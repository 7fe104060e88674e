package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import java.io.IOException;

/**
 * Follows a named pipe's path from FIFO to FIFO, for a consumer or a writer. When another FIFO comes to the path, the
 * user changes to it. When the FIFO is missing, this makes a new one if the options say so, and otherwise waits for
 * one. It reports each change once. Thread-safe.
 */
public final class FollowedPipe implements AutoCloseable {

    /** The user of the FIFO at the path. One worker at a time calls it; it must not wait or close the pipe. */
    public interface User {

        /**
         * Changes to the FIFO that is at the path.
         *
         * @param found to look at it and to open it by; closed by the caller
         * @return false when it is the FIFO in use already
         * @throws IOException when this fails now; it will be tried again
         * @throws IllegalStateException when another reader has the FIFO; it will be tried again
         */
        boolean moveTo(Descriptor found) throws IOException;

        /** There is no longer a usable FIFO at the path. */
        void leave();

        /**
         * Why there is none; called again when that changes.
         *
         * @param why in words
         */
        default void lost(String why) {}
    }

    private final NamedPipe pipe;
    private final User user;
    private final PipeListener listener;
    private final WatchedPath watched;
    /** Why there is no FIFO to use; null when there is one. Written under this lock. */
    private volatile String lost;

    /** Guarded by this. */
    private boolean closed;

    FollowedPipe(PathWatch watch, NamedPipe pipe, long intervalMillis, User user, PipeListener listener) {
        this.pipe = pipe;
        this.user = user;
        this.listener = listener;
        this.watched = watch.watch(pipe.path(), intervalMillis, this::look);
    }

    /** Looks at the path soon, and then follows the FIFO there. */
    public void follow() {
        watched.ask();
    }

    /** {@return in words why there is no usable FIFO at the path; null when there is one} */
    public String whyLost() {
        return lost;
    }

    /** Stops looking until {@link #follow()}. */
    public void pause() {
        watched.unfollow();
    }

    /** Stops following for good; when this returns, the user is no longer called. */
    @Override
    public synchronized void close() {
        closed = true;
        watched.close();
    }

    private synchronized boolean look() {
        if (closed) {
            return true;
        }
        try (Descriptor found = pipe.locate()) {
            boolean moved = user.moveTo(found);
            watched.follow(found, found.status().identity());
            if (lost != null) {
                lost = null;
                listener.pathFound(pipe.path());
            } else if (moved) {
                listener.pathReplaced(pipe.path());
            }
            return true;
        } catch (ErrnoException e) {
            // without free descriptors, a check for the FIFO in use is impossible
            if (!e.isOutOfDescriptors()) {
                lost(e);
            }
        } catch (IOException | IllegalStateException e) {
            watched.expect();
            user.leave();
            lost(e);
        }
        return false;
    }

    private void lost(Exception reason) {
        String why = String.valueOf(reason.getMessage());
        if (!why.equals(lost)) {
            lost = why;
            listener.pathLost(pipe.path(), why);
            user.lost(why);
        }
    }
}
