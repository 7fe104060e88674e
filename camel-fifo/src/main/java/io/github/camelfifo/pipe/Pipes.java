package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Holds the objects that all named pipes of one component share: the engine, the writers, the users of paths. The
 * component makes it. Thread-safe.
 */
public final class Pipes implements AutoCloseable {

    private final Posix posix;
    private final PipeListener listener;
    private final PipeEngine engine;
    private final PathWatch watch;
    private final LockWatch lockWatch;
    private final PipeWriters writers;
    private final PipeUses uses;
    private final ReaderClaims claims = new ReaderClaims();

    /**
     * Opens the engine.
     *
     * @param  posix          the system calls
     * @param  threads        makes the engine's threads, which must be platform threads
     * @param  maxWorkers     the most threads that run tasks at once
     * @param  listener       hears of events that writers cannot report by their messages
     * @param  errorHandler   gets failures that nobody else sees
     * @throws ErrnoException when there are no descriptors left
     */
    public Pipes(
            Posix posix, ThreadFactory threads, int maxWorkers, PipeListener listener, Consumer<Throwable> errorHandler)
            throws ErrnoException {
        this.posix = posix;
        this.listener = listener;
        this.engine = new PipeEngine(posix, threads, maxWorkers, errorHandler);
        this.watch = new PathWatch(engine);
        this.lockWatch = new LockWatch(engine);
        this.uses = new PipeUses();
        this.writers = new PipeWriters(engine, listener, uses, watch);
    }

    /**
     * Makes a named pipe; opens nothing yet.
     *
     * @param path an absolute path
     * @param options for making and opening it
     * @return a new one every time
     */
    public NamedPipe namedPipe(Path path, PipeOptions options) {
        return new NamedPipe(posix, path, options, listener);
    }

    /**
     * {@return how many bytes are in a pipe that nobody reads now}
     *
     * @param held the pipe
     * @throws ErrnoException when the kernel does not tell
     */
    public int unread(ReadingEnd held) throws ErrnoException {
        return posix.available(held.descriptor());
    }

    /** {@return the listener of these pipes} */
    public PipeListener listener() {
        return listener;
    }

    /**
     * Makes a watch that tells whether anybody reads from a pipe.
     *
     * @param pipe may be missing yet
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
     * @param intervalMillis the longest time until a change is noticed; 0: never
     * @param user goes from FIFO to FIFO
     * @return to be closed; null when the interval is 0
     */
    public FollowedPipe follow(NamedPipe pipe, long intervalMillis, FollowedPipe.User user) {
        return intervalMillis == 0 ? null : new FollowedPipe(watch, pipe, intervalMillis, user, listener);
    }

    /**
     * Finds the FIFOs of a folder.
     *
     * @param folder the path of the folder, with the options for making it and for opening the FIFOs
     * @param wanted which file names to look at
     * @param intervalMillis the longest time until another folder at the path is noticed; 0: never
     * @param user opens and reads the FIFOs
     * @return to be opened, and to be closed
     */
    public PipeFolder folder(NamedPipe folder, Predicate<String> wanted, long intervalMillis, PipeFolder.User user) {
        return new PipeFolder(engine, claims, folder, wanted, intervalMillis, user);
    }

    /**
     * Makes a lock for the only reader of a FIFO; opens nothing yet.
     *
     * @param pipe the FIFO, for the options of the lock file
     * @param lockFile absolute
     * @param follower looks at the lock
     * @return to be closed
     */
    public ReaderLock readerLock(NamedPipe pipe, Path lockFile, ReaderLock.Follower follower) {
        return new ReaderLock(new LockFile(posix, lockFile, pipe.options()), lockWatch, follower);
    }

    /** {@return the engine that runs the tasks, open until {@link #close()}} */
    public PipeEngine engine() {
        return engine;
    }

    /** {@return the writers, shared by path} */
    public PipeWriters writers() {
        return writers;
    }

    /** {@return the users of each path} */
    public PipeUses uses() {
        return uses;
    }

    /** {@return the readers of FIFOs} */
    public ReaderClaims claims() {
        return claims;
    }

    /** Closes the writers and ends all threads; readers must have been closed. */
    @Override
    public void close() {
        writers.close();
        watch.close();
        lockWatch.close();
        engine.close();
    }
}
