package io.github.camelfifo.internal.pump;

import io.github.camelfifo.internal.statistics.OpenPipe;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.FollowedPipe;
import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeStatus;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the FIFO at a path, and earlier FIFOs of the path until the last writer of each has closed. A consumer or a
 * poller calls it. Each FIFO has its own pump and decoder; the pumps deliver in turn, one message at a time. It starts
 * paused, and follows the path after {@link #follow()}.
 *
 * <p>
 * It goes on reading a FIFO that has left the path for a moment, because a writer that looked the path up earlier may
 * still open it. After that, a FIFO without a writer will never have one.
 *
 * <p>
 * Thread-safe. The lock is that of {@link #pumps()}.
 */
public final class ConsumedPath implements Consumed, FollowedPipe.User, ConsumedPipe.Owner, OpenPipe {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumedPath.class);
    /** A writer that looked the path up earlier opens the FIFO within this time. */
    static final long LAST_WRITERS_COME_MILLIS = 100;

    private final Pipes pipes;
    private final CarriedOver carriedOver;
    private final Reading reading;
    private final ReaderStatistics statistics;
    private final Supplier<FrameHandler> handlers;
    private final DeliveryGate gate;
    private final Runnable whenEnded;
    private final NamedPipe namedPipe;
    private final PathUses uses;

    private final Pumps pumps = new Pumps(new CopyOnWriteArrayList<>());
    /** Null while the path is not followed; guarded by this. */
    private FollowedPipe followed;

    /** All open FIFOs. Guarded by the pumps' lock, like the fields below. */
    private final List<ConsumedPipe> open = new ArrayList<>(1);
    /** The FIFO at the path; null when there is none. */
    private ConsumedPipe current;

    private boolean currentHasEnded;
    private boolean closed;
    private boolean ended;
    private Runnable whenClosed = () -> {};
    private volatile boolean handedOver;

    /**
     * Opens the FIFO at the path, and makes it if the options say so.
     *
     * @param carriedOver keeps the messages that earlier readers left
     * @param statistics counts for all FIFOs
     * @param handlers makes a handler of messages for each FIFO
     * @param gate lets the messages of all FIFOs in
     * @param whenEnded is called when the last writer has closed and everything is delivered; null to go on with the
     *     next writer
     * @throws IOException when the file is missing, is no FIFO or cannot be opened
     * @throws IllegalStateException when it has a consumer already
     */
    public ConsumedPath(
            Pipes pipes,
            CarriedOver carriedOver,
            Reading reading,
            ReaderStatistics statistics,
            Supplier<FrameHandler> handlers,
            DeliveryGate gate,
            Runnable whenEnded)
            throws IOException {
        this.pipes = pipes;
        this.carriedOver = carriedOver;
        this.reading = reading;
        this.statistics = statistics;
        this.handlers = handlers;
        this.gate = gate;
        this.whenEnded = whenEnded;
        this.namedPipe = reading.pipe();
        uses = new PathUses(pipes.uses().begin(namedPipe, reading.deleteOnStop()));
        try {
            uses.locate();
            current = open(namedPipe.openForReading());
            openHeldBefore();
            statistics.opened(this);
        } catch (IOException | RuntimeException e) {
            uses.end(path());
            throw e;
        }
    }

    @Override
    public Pumps pumps() {
        return pumps;
    }

    @Override
    public void flow() {
        pumps.flow();
        follow();
    }

    @Override
    public void pause() {
        pumps.pause();
    }

    /** Changes to each new FIFO at the path from now on. */
    public synchronized void follow() {
        if (followed == null && mayBeFollowed()) {
            followed = pipes.follow(namedPipe, reading.checkIntervalMillis(), this);
            if (followed != null) {
                followed.follow();
            }
        }
    }

    @Override
    public synchronized String whyLost() {
        if (reading.checkIntervalMillis() == 0) {
            return whyNotAtPath();
        }
        return followed == null ? null : followed.whyLost();
    }

    /** Looks at the path now, because nobody follows it. */
    private String whyNotAtPath() {
        synchronized (pumps) {
            return current == null || current.isAnonymous() ? null : namedPipe.whyNotAtPath(current.identity());
        }
    }

    /** Keeps open FIFOs open, and opens no other. */
    public synchronized void stopFollowing() {
        if (followed != null) {
            followed.close();
            followed = null;
        }
    }

    /**
     * As {@link Consumed#drain}. It always delivers the unfinished last frame of a FIFO that has left the path, because no later
     * reader will open that FIFO.
     */
    @Override
    public CompletableFuture<Void> drain(boolean end, Consumer<IOException> failure) {
        stopFollowing();
        return pumps.drain(
                pump -> end || (!isCurrent(pump) && !reading.holdsOpen().getAsBoolean()), failure);
    }

    @Override
    public CompletableFuture<Void> drainRead() {
        stopFollowing();
        return pumps.drainRead();
    }

    @Override
    public void close() {
        synchronized (pumps) {
            closed = true;
        }
        stopFollowing();
        synchronized (pumps) {
            pumps.close();
            endIfClosed();
        }
    }

    /** Closes everything for another reader that has the FIFO open, so that nothing in the pipe is lost. */
    public void handOver() {
        handedOver = true;
        close();
    }

    @Override
    public String path() {
        return namedPipe.path();
    }

    @Override
    public PipeStatus status() {
        synchronized (pumps) {
            return current == null ? null : current.status();
        }
    }

    @Override
    public void lost(String why) {
        statistics.failed("There is no usable named pipe at " + path() + ": " + why);
    }

    @Override
    public boolean isHandedOver() {
        return handedOver;
    }

    /** Runs the action once everything is closed; it must be short and must not lead this path. */
    void whenClosed(Runnable action) {
        synchronized (pumps) {
            whenClosed = action;
        }
    }

    /** Whether everything is closed. */
    boolean hasEnded() {
        synchronized (pumps) {
            return ended;
        }
    }

    /** The path of the FIFO after all links; null for an anonymous pipe. To be called while it is open. */
    String realPath() throws IOException {
        synchronized (pumps) {
            return current.isAnonymous()
                    ? null
                    : current.pump().reader().descriptor().target();
        }
    }

    /** Whether only this FIFO is read. */
    public boolean isAt(FileIdentity fifo) {
        synchronized (pumps) {
            return open.size() == 1 && current != null && current.identity().equals(fifo);
        }
    }

    /** Whether the FIFO that is read is still at the path. */
    public boolean isAtPath() {
        synchronized (pumps) {
            return current != null && namedPipe.whyNotAtPath(current.identity()) == null;
        }
    }

    @Override
    public boolean cancelClose() {
        synchronized (pumps) {
            // a pump that has just closed counts as open until its bytes are accounted for
            if (current == null || !current.pump().cancelClose()) {
                return false;
            }
            closed = false;
            pumps.cancelClose();
            return true;
        }
    }

    @Override
    public boolean moveTo(Descriptor found) throws IOException {
        FileIdentity there = found.status().identity();
        synchronized (pumps) {
            if (current != null && current.identity().equals(there)) {
                return false;
            }
            ConsumedPipe next = openedBefore(there);
            if (next == null) {
                next = open(namedPipe.openForReading(found));
            }
            pipes.uses().moved(namedPipe, found);
            leave();
            current = next;
            current.pump().noMoreWriters(false);
            pumps.flow(current.pump());
            return true;
        }
    }

    @Override
    public void leave() {
        synchronized (pumps) {
            ConsumedPipe left = current;
            boolean leftHasEnded = currentHasEnded;
            current = null;
            currentHasEnded = false;
            if (left != null) {
                if (leftHasEnded) {
                    // it paused by itself and has to reach its last end
                    pumps.flow(left.pump());
                }
                Future<?> unused = pipes.engine().later(() -> expectNoMoreWriters(left), LAST_WRITERS_COME_MILLIS);
            }
        }
    }

    private void expectNoMoreWriters(ConsumedPipe left) {
        synchronized (pumps) {
            if (current != left && open.contains(left)) {
                left.pump().noMoreWriters(true);
            }
        }
    }

    @Override
    public void ended(FramePump pump) {
        boolean allEnded;
        synchronized (pumps) {
            if (!isCurrent(pump)) {
                pump.close();
            } else if (whenEnded != null) {
                currentHasEnded = true;
            } else {
                // its FIFO came back to the path just before the end
                pumps.flow(pump);
            }
            // closing pumps end too, perhaps before their bytes are accounted for
            allEnded = currentHasEnded
                    && open.stream()
                            .allMatch(each -> each == current || each.pump().isClosing());
        }
        if (allEnded) {
            whenEnded.run();
        }
    }

    @Override
    public FramePump pump(PumpSource source, LeftPipe left, PumpListener listener) {
        uses.add(left.use());
        Frames frames = left.goOn(reading, () -> reading.frames(statistics, whenEnded != null), statistics);
        PumpTarget target = new PumpTarget(handlers.get(), gate, reading.retryMillis(), statistics);
        return new FramePump(pipes.engine(), target, source, frames, pumps.turns(), listener);
    }

    @Override
    public boolean isCurrent(FramePump pump) {
        synchronized (pumps) {
            return current != null && current.pump() == pump;
        }
    }

    @Override
    public void closed(FramePump pump) {
        synchronized (pumps) {
            open.removeIf(pipe -> pipe.pump() == pump);
            pumps.leave(pump);
            endIfClosed();
        }
    }

    private void endIfClosed() {
        if (closed && open.isEmpty() && !ended) {
            ended = true;
            uses.end(path());
            statistics.closed();
            whenClosed.run();
            LOG.info("Consuming from {} has ended", namedPipe.path());
        }
    }

    private boolean mayBeFollowed() {
        synchronized (pumps) {
            return !closed && (current == null || !current.isAnonymous());
        }
    }

    /** The open FIFO that comes back to the path, perhaps just before it is closed; null when there is none. */
    private ConsumedPipe openedBefore(FileIdentity fifo) {
        return open.stream()
                .filter(pipe -> pipe.identity().equals(fifo) && pipe.pump().cancelClose())
                .findFirst()
                .orElse(null);
    }

    private ConsumedPipe open(Descriptor descriptor) throws IOException {
        synchronized (pumps) {
            ConsumedPipe pipe = new ConsumedPipe(this, pipes, reading, carriedOver, descriptor);
            open.add(pipe);
            pumps.join(pipe.pump());
            return pipe;
        }
    }

    /** Reads FIFOs that were at the path before, and that an earlier consumer has held open, to their last end. */
    private void openHeldBefore() {
        for (Descriptor held : carriedOver.heldBefore(namedPipe.path(), current.identity())) {
            try {
                LOG.info(
                        "{} was replaced while no consumer read it; the earlier named pipe is read first", held.path());
                ConsumedPipe before = open(namedPipe.openForReading(held));
                before.pump().lead();
                Future<?> unused = pipes.engine().later(() -> expectNoMoreWriters(before), LAST_WRITERS_COME_MILLIS);
            } catch (IOException | IllegalStateException e) {
                LOG.warn("The named pipe that was at {} before cannot be read", held.path(), e);
            }
        }
    }
}
