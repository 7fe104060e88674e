package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import java.io.IOException;

/**
 * Follows a named pipe's path from FIFO to FIFO, for a consumer or a writer. When another FIFO comes to the path, its user
 * goes over to that one. When there is none, it is made anew if the options say so, and otherwise awaited. Each change is
 * told once. Thread-safe.
 */
public final class FollowedPipe implements AutoCloseable {

    /** Who uses the FIFO at the path. Called by one worker at a time; must not wait, nor close the pipe. */
    public interface User {

        /**
         * Goes over to the FIFO that is at the path.
         *
         * @param found to look at it and to open it by; closed by the caller
         * @return false when it is the one that is in use already
         * @throws IOException when that cannot be done now; it will be tried again
         * @throws IllegalStateException when the FIFO is another's; it will be tried again
         */
        boolean moveTo(Descriptor found) throws IOException;

        /** There is no FIFO at the path any more that could be used. */
        void leave();
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

    /** Looks at the path soon, and then follows what is there. */
    public void follow() {
        watched.ask();
    }

    /** {@return in words why there is no FIFO at the path to use; null when there is one} */
    public String whyLost() {
        return lost;
    }

    /** Looks no more, until {@link #follow()}. */
    public void pause() {
        watched.unfollow();
    }

    /** Follows no longer; when this returns, the user is not called any more. */
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
            // without descriptors nobody can say whether the FIFO in use has gone
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
        }
    }
}
