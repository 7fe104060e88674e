package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.ReaderLock;
import io.github.camelfifo.posix.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link ConsumedPath} that reads only while it holds the lock of the FIFO's only reader; a consumer with
 * {@code exclusive} leads it. Until then it stands by: the FIFO is open, so that the kernel keeps what comes, and nothing
 * is read or armed. It gives the lock up last, when nothing will be taken out of the pipe any more.
 *
 * <p>
 * Thread-safe. Its lock comes before those of the path; what the path calls back takes only the lock file's.
 */
public final class ExclusivePath implements Consumed {

    /** Opens the path, once for each time of standing by. */
    @FunctionalInterface
    public interface Opening {

        /**
         * {@return the path, paused}
         *
         * @throws IOException as the constructor of {@link ConsumedPath}
         */
        ConsumedPath open() throws IOException;
    }

    private enum Role {
        STANDBY,
        READING,
        /** It was reading, and another has the lock: the path is closed after the message in work. */
        LEAVING
    }

    private static final Logger LOG = LoggerFactory.getLogger(ExclusivePath.class);
    private static final long LONG_PAUSE_MILLIS = 1_000;

    private final String name;
    private final NamedPipe pipe;
    private final Opening opening;
    private final Supplier<String> self;
    private final ReaderLock lock;
    /** Changes only under this lock, like the fields below. */
    private volatile ConsumedPath path;

    /** While it leaves: keeps the FIFO open for its writers, and what is in it, until the path is open anew. */
    private final AtomicReference<Descriptor> between = new AtomicReference<>();

    private volatile Role role = Role.STANDBY;
    private volatile boolean ending;
    /** Whether the lock was given up for good: nothing is taken out of the pipe any more. */
    private volatile boolean givenUp;
    /** Whether its consumer wants messages: its context has started, and it is not suspended. */
    private boolean wanted;
    /** The last failure, which was logged; null for none. */
    private String trouble;

    private long deserted = System.nanoTime();

    /**
     * Opens the FIFO, and the lock file beside it.
     *
     * @param lockFile absolute; null for the FIFO's path, with its links resolved, and {@code .lock}
     * @param self says who reads, for people that look into the lock file
     * @throws IOException when the FIFO or the lock file cannot be made or opened
     * @throws IllegalArgumentException when the path leads to an anonymous pipe
     * @throws IllegalStateException when the FIFO has a consumer in this context
     */
    public ExclusivePath(Pipes pipes, Reading reading, Opening opening, Path lockFile, Supplier<String> self)
            throws IOException {
        this.pipe = reading.pipe();
        this.name = pipe.path();
        this.opening = opening;
        this.self = self;
        this.path = opening.open();
        try {
            this.lock = pipes.readerLock(pipe, lockFile(lockFile), this::look);
            openLock();
        } catch (IOException | RuntimeException e) {
            path.handOver();
            throw e;
        }
        path.whenClosed(this::closed);
    }

    private Path lockFile(Path given) throws IOException {
        String realPath = path.realPath();
        if (realPath == null) {
            throw new IllegalArgumentException(
                    "exclusive=true does not go with an anonymous pipe, which other processes cannot open: " + name);
        }
        if (realPath.endsWith(" (deleted)")) {
            throw new IOException("The named pipe was removed while it was being opened: " + name);
        }
        return given == null ? Path.of(realPath + ".lock") : given;
    }

    private void openLock() throws IOException {
        try {
            lock.open();
        } catch (IOException e) {
            lock.close();
            throw new IOException(
                    "lockFile=" + lock.path() + " cannot be made or opened, for the exclusive consumer of " + name
                            + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public Pumps pumps() {
        return path.pumps();
    }

    @Override
    public synchronized void flow() {
        if (givenUp) {
            return;
        }
        wanted = true;
        ending = false;
        if (role == Role.READING) {
            path.flow();
            return;
        }
        path.follow();
        long unused = look(true);
        if (role == Role.STANDBY) {
            LOG.info("Standing by for {}; {} is locked by {}", name, lock.path(), lock.holder());
        }
        lock.lookSoon();
    }

    @Override
    public synchronized void pause() {
        wanted = false;
        ending = false;
        path.pause();
    }

    @Override
    public String whyLost() {
        return path.whyLost();
    }

    @Override
    public boolean standsBy() {
        return role != Role.READING;
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("exclusive", standing());
    }

    private String standing() {
        return standsBy() ? "standby" : "reading";
    }

    @Override
    public synchronized CompletableFuture<Void> drain(boolean end, Consumer<IOException> failure) {
        ending = true;
        if (role == Role.READING) {
            CompletableFuture<Void> drained = path.drain(end, failure);
            // a stopping context may take long until it stops this consumer, and another one waits
            return end ? drained.thenRun(this::stopTaking) : drained;
        }
        path.stopFollowing();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Void> drainRead() {
        ending = true;
        if (role == Role.READING) {
            return path.drainRead();
        }
        path.stopFollowing();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void close() {
        ending = true;
        if (role == Role.READING || isLast()) {
            path.close();
        } else {
            path.handOver();
        }
        if (path.hasEnded()) {
            giveUp();
        }
    }

    /** Whether nobody reads and the bytes in the pipe are nobody else's. */
    private boolean isLast() {
        try {
            return role == Role.STANDBY && lock.take(false);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized boolean cancelClose() {
        boolean reads = role == Role.READING && !givenUp && path.cancelClose();
        ending &= !reads;
        return reads;
    }

    @Override
    public void stopTaking() {
        path.pumps().forbidTaking();
        giveUp();
    }

    private void giveUp() {
        givenUp = true;
        lock.close();
        closeBetween();
    }

    private void closeBetween() {
        Descriptor held = between.getAndSet(null);
        if (held != null) {
            held.close();
        }
    }

    /** The path calls this under a lock of its own. */
    private void closed() {
        if (ending) {
            giveUp();
        } else {
            lock.lookSoon();
        }
    }

    private synchronized long look(boolean happened) {
        // a reader keeps its lock while it drains
        if (givenUp || (ending && role != Role.READING)) {
            return LONG_PAUSE_MILLIS;
        }
        try {
            long pause = switch (role) {
                case READING -> check();
                case STANDBY -> standBy(happened);
                case LEAVING -> standByAgain();
            };
            trouble = null;
            return pause;
        } catch (IOException | IllegalStateException e) {
            tell(e);
            return LONG_PAUSE_MILLIS;
        }
    }

    private void tell(Exception reason) {
        String text = String.valueOf(reason.getMessage());
        if (!text.equals(trouble)) {
            trouble = text;
            LOG.warn(
                    "The exclusive consumer of {}, {}, has trouble with the FIFO or with {}; it tries again: {}",
                    name,
                    standing(),
                    lock.path(),
                    text);
        }
    }

    /** Sees that the lock is still that of the file at its path. */
    private long check() throws IOException {
        switch (lock.check()) {
            case KEPT -> {}
            case RENEWED -> {
                LOG.warn("{} was removed or replaced; it was made anew and locked, for {}", lock.path(), name);
                lock.write(self.get());
            }
            case LOST -> leave();
        }
        return lock.checkMillis();
    }

    private void leave() {
        if (givenUp) {
            return;
        }
        between.set(openOnceMore());
        if (givenUp) {
            // meanwhile, by stopTaking, which does not wait for this lock
            closeBetween();
        }
        LOG.warn(
                "{} was removed or replaced, and another has locked the new one: standing by for {}; it is locked by {}",
                lock.path(),
                name,
                lock.holder());
        path.pause();
        path.pumps().forbidTaking();
        role = Role.LEAVING;
        path.handOver();
    }

    private Descriptor openOnceMore() {
        try {
            return pipe.openForReading();
        } catch (IOException e) {
            // then no writer can open it either
            return null;
        }
    }

    private long standBy(boolean happened) throws IOException {
        closeDeserted();
        if (!wanted) {
            return LONG_PAUSE_MILLIS;
        }
        if (!lock.take(happened)) {
            return lock.pauseMillis();
        }
        String before = lock.holder();
        role = Role.READING;
        LOG.info("Reading {}: took the lock on {}, which was last held by {}", name, lock.path(), before);
        path.flow();
        lock.write(self.get());
        return lock.checkMillis();
    }

    /** Lets go of FIFOs that were replaced at the path, once they are of no use to anybody. */
    private void closeDeserted() throws IOException {
        long now = System.nanoTime();
        if (now - deserted >= TimeUnit.MILLISECONDS.toNanos(LONG_PAUSE_MILLIS)) {
            deserted = now;
            path.pumps().closeDeserted();
        }
    }

    /** Opens the path anew, with a new sequence, once the last message of the former reader has ended. */
    private long standByAgain() throws IOException {
        if (!path.hasEnded()) {
            return LONG_PAUSE_MILLIS;
        }
        path = opening.open();
        closeBetween();
        path.whenClosed(this::closed);
        role = Role.STANDBY;
        if (wanted) {
            path.follow();
        }
        return lock.pauseMillis();
    }
}
