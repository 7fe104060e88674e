package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** What the named pipes of one component share: the engine, the writers, and who uses what. Thread-safe. */
public final class Pipes implements AutoCloseable {

    private final Posix posix;
    private final PipeListener listener;
    private final PipeEngine engine;
    private final PathWatch watch;
    private final PipeWriters writers;
    private final PipeUses uses;
    private final ReaderClaims claims = new ReaderClaims();

    /**
     * Opens the engine.
     *
     * @param  posix          the system calls
     * @param  threads        makes the engine's threads, which must be platform threads
     * @param  maxWorkers     the most threads that run tasks at once
     * @param  listener       is told what writers cannot report by their messages
     * @param  errorHandler   is told of failures that nobody else sees
     * @throws ErrnoException when there are no descriptors left
     */
    public Pipes(
            Posix posix, ThreadFactory threads, int maxWorkers, PipeListener listener, Consumer<Throwable> errorHandler)
            throws ErrnoException {
        this.posix = posix;
        this.listener = listener;
        this.engine = new PipeEngine(posix, threads, maxWorkers, errorHandler);
        this.watch = new PathWatch(engine);
        this.uses = new PipeUses();
        this.writers = new PipeWriters(engine, listener, uses, watch);
    }

    /**
     * A path with what is to be done about it; does nothing yet.
     *
     * @param path an absolute path
     * @param options what to do when it is made and opened
     * @return a new one every time
     */
    public NamedPipe namedPipe(Path path, PipeOptions options) {
        return new NamedPipe(posix, path, options, listener);
    }

    /** {@return who is told what messages cannot tell} */
    public PipeListener listener() {
        return listener;
    }

    /**
     * Tells whether anybody reads from a pipe.
     *
     * @param pipe need not be there yet
     * @return to be closed
     * @throws ErrnoException when there are no descriptors left
     */
    public ReadWatch readWatch(NamedPipe pipe) throws ErrnoException {
        return new ReadWatch(posix, pipe);
    }

    /**
     * Follows a path from FIFO to FIFO.
     *
     * @param pipe the path
     * @param intervalMillis within which a change is noticed; 0: never, then there is nothing to follow it with
     * @param user goes from FIFO to FIFO
     * @return to be closed; null when the interval is 0
     */
    public FollowedPipe follow(NamedPipe pipe, long intervalMillis, FollowedPipe.User user) {
        return intervalMillis == 0 ? null : new FollowedPipe(watch, pipe, intervalMillis, user, listener);
    }

    /** {@return what runs the tasks, open until {@link #close()}} */
    public PipeEngine engine() {
        return engine;
    }

    /** {@return the writers, shared by path} */
    public PipeWriters writers() {
        return writers;
    }

    /** {@return who uses which path} */
    public PipeUses uses() {
        return uses;
    }

    /** {@return which FIFOs have a reader} */
    public ReaderClaims claims() {
        return claims;
    }

    /** Closes the writers and ends all threads; readers must have been closed. */
    @Override
    public void close() {
        writers.close();
        watch.close();
        engine.close();
    }
}
