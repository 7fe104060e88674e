package io.github.camelfifo;

import io.github.camelfifo.pipe.FollowedPipe;
import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a consumer reads at its path: the FIFO that is there, and those that were there before it, until the last writer of
 * each has closed. Each has a pump with a decoder of its own; they deliver in turn, one frame at a time. Paused when made,
 * and follows the path once told to.
 *
 * <p>
 * A FIFO that is at the path no more is read as before for a moment, in which a writer may still come who had looked the
 * path up in time; only then does finding no writer mean that none will come.
 *
 * <p>
 * Thread-safe. The lock is that of {@link #pumps()}.
 */
final class ConsumedPath implements FollowedPipe.User {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);
    private static final long LAST_WRITERS_COME_MILLIS = 100;

    private final FifoEndpoint endpoint;
    private final Supplier<FramePump.Outlet> outlets;
    private final Runnable whenEnded;
    private final Supplier<Exchange> exchanges;
    private final Reading reading;
    private final Pipes pipes;
    private final NamedPipe namedPipe;
    private final PipeUse use;
    private final AtomicLong sessions = new AtomicLong();
    private final Pumps pumps = new Pumps();
    /** Null where the path is not followed; guarded by this. */
    private FollowedPipe followed;

    /** All that are open. Guarded by the pumps' lock, like what follows. */
    private final Map<FramePump, ConsumedPipe> open = new HashMap<>();
    /** The one at the path; null when there is none. */
    private ConsumedPipe current;

    private boolean currentHasEnded;
    private boolean closed;
    private boolean ended;
    /** Whether somebody else goes on with what is in the pipe. */
    private volatile boolean handedOver;

    /**
     * Opens the FIFO, made first if need be.
     *
     * @param endpoint with the options
     * @param outlets makes one for each FIFO, that gets its frames
     * @param whenEnded is called when the last writer has closed and all is delivered; null to go on with the next writer
     * @param exchanges makes an exchange for a session that is kept in Camel's stream cache
     * @param reading how the FIFOs are read
     * @throws IOException when it is not there, or is no FIFO, or cannot be opened
     * @throws IllegalStateException when it has a consumer already
     */
    ConsumedPath(
            FifoEndpoint endpoint,
            Supplier<FramePump.Outlet> outlets,
            Runnable whenEnded,
            Supplier<Exchange> exchanges,
            Reading reading)
            throws IOException {
        this.endpoint = endpoint;
        this.outlets = outlets;
        this.whenEnded = whenEnded;
        this.exchanges = exchanges;
        this.reading = reading;
        this.pipes = endpoint.getComponent().pipes();
        this.namedPipe = endpoint.namedPipe();
        this.use = pipes.uses().begin(namedPipe, endpoint.getConfiguration().isDeleteOnStop());
        try {
            use.locate();
            current = open(namedPipe.openForReading());
        } catch (IOException | RuntimeException e) {
            endUse();
            throw e;
        }
    }

    Pumps pumps() {
        return pumps;
    }

    /** From now on the consumer goes over to whatever FIFO comes to be at the path. */
    synchronized void follow() {
        boolean follows = followed != null || isClosed();
        if (!follows && !isAnonymous()) {
            followed = pipes.follow(namedPipe, endpoint.getConfiguration().getCheckInterval(), this);
            if (followed != null) {
                followed.follow();
            }
        }
    }

    /** Why there is no FIFO at the path that could be read; null when there is one. */
    synchronized String whyLost() {
        if (endpoint.getConfiguration().getCheckInterval() == 0) {
            return whyNotAtPath();
        }
        return followed == null ? null : followed.whyLost();
    }

    /** The same where the path is not followed, and so by a look at it now. */
    private String whyNotAtPath() {
        synchronized (pumps) {
            return current == null || current.isAnonymous() ? null : namedPipe.whyNotAtPath(current.identity());
        }
    }

    /** What is open stays so, and nothing else is opened any more. */
    synchronized void stopFollowing() {
        if (followed != null) {
            followed.close();
            followed = null;
        }
    }

    /**
     * Delivers what there was when targets were taken, or else what there is now, and then pauses. No further FIFO is
     * opened meanwhile. The unfinished last frame of a FIFO that is at the path no more is delivered in any case, because
     * nobody would come back for it.
     *
     * @param end whether to deliver that of the FIFO at the path too
     * @param failure is told when it cannot be found out how much there is
     */
    CompletableFuture<Void> drain(boolean end, Consumer<IOException> failure) {
        stopFollowing();
        return pumps.drain(pump -> end || !isCurrent(pump), failure);
    }

    /** Delivers what was taken out of the pipes already, and then pauses. */
    CompletableFuture<Void> drainRead() {
        stopFollowing();
        return pumps.drainRead();
    }

    /** Closes everything, after what is in work; what that leaves is accounted for. */
    void close() {
        synchronized (pumps) {
            // from now on nobody begins to follow
            closed = true;
        }
        stopFollowing();
        synchronized (pumps) {
            pumps.close();
            endIfClosed();
        }
    }

    /** Closes everything, for another reader who has the FIFO open: nothing in the pipe is lost by that. */
    void handOver() {
        handedOver = true;
        close();
    }

    boolean isHandedOver() {
        return handedOver;
    }

    /** Whether that very FIFO is read, and no other. */
    boolean isAt(FileIdentity fifo) {
        synchronized (pumps) {
            return open.size() == 1 && current != null && current.identity().equals(fifo);
        }
    }

    /** Whether the FIFO that is read is still at the path. */
    boolean isAtPath() {
        synchronized (pumps) {
            return current != null && namedPipe.whyNotAtPath(current.identity()) == null;
        }
    }

    /** Takes {@link #close()} back, as long as the FIFO at the path has not been closed. */
    boolean cancelClose() {
        synchronized (pumps) {
            // one that has just closed is among those that are open until it is accounted for
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
            current.pump().lastSpell(false);
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
                    // it has paused by itself, and is to find its last end
                    pumps.flow(left.pump());
                }
                Future<?> unused = pipes.engine().later(() -> expectLastSpell(left), LAST_WRITERS_COME_MILLIS);
            }
        }
    }

    private void expectLastSpell(ConsumedPipe left) {
        synchronized (pumps) {
            if (current != left && open.containsKey(left.pump())) {
                left.pump().lastSpell(true);
            }
        }
    }

    /** The last writer of a FIFO has closed that was to be the last one. */
    void ended(FramePump pump) {
        boolean allEnded;
        synchronized (pumps) {
            if (!isCurrent(pump)) {
                pump.close();
            } else if (whenEnded != null) {
                currentHasEnded = true;
            } else {
                // back at the path, while it was about to end
                pumps.flow(pump);
            }
            // those that are closing have been told to end by this, and may not have been accounted for yet
            allEnded = currentHasEnded
                    && open.keySet().stream().allMatch(each -> each == current.pump() || each.isClosing());
        }
        if (allEnded) {
            whenEnded.run();
        }
    }

    Reading reading() {
        return reading;
    }

    FramePump pump(FramePump.Source source, Frames frames, FramePump.Holder holder) {
        return new FramePump(pipes.engine(), outlets.get(), source, frames, pumps.turns(), holder);
    }

    /** A decoder of the endpoint's framing, in messages as the options want them. */
    Frames newFrames() {
        FifoConfiguration configuration = endpoint.getConfiguration();
        FrameStream stream = new FrameStream(endpoint.decoder(exchanges), sessions, whenEnded != null);
        int batchSize = configuration.getMaxBatchSize();
        return batchSize > 1 ? new FrameBatches(stream, batchSize) : stream;
    }

    /** Counts the sessions of all FIFOs. */
    AtomicLong sessions() {
        return sessions;
    }

    boolean isCurrent(FramePump pump) {
        synchronized (pumps) {
            return current != null && current.pump() == pump;
        }
    }

    /** A FIFO has been closed and accounted for. */
    void closed(FramePump pump) {
        synchronized (pumps) {
            open.remove(pump);
            pumps.leave(pump);
            endIfClosed();
        }
    }

    private void endIfClosed() {
        if (closed && open.isEmpty() && !ended) {
            ended = true;
            endUse();
            LOG.info("Consuming from {} has ended", endpoint.getAbsolutePath());
        }
    }

    private boolean isClosed() {
        synchronized (pumps) {
            return closed;
        }
    }

    private boolean isAnonymous() {
        synchronized (pumps) {
            return current != null && current.isAnonymous();
        }
    }

    /** One that comes back to the path, perhaps while it is about to be closed; null when there is none. */
    private ConsumedPipe openedBefore(FileIdentity fifo) {
        return open.values().stream()
                .filter(pipe -> pipe.identity().equals(fifo) && pipe.pump().cancelClose())
                .findFirst()
                .orElse(null);
    }

    private ConsumedPipe open(Descriptor descriptor) throws IOException {
        synchronized (pumps) {
            ConsumedPipe pipe = new ConsumedPipe(endpoint, this, descriptor, namedPipe);
            open.put(pipe.pump(), pipe);
            pumps.join(pipe.pump());
            return pipe;
        }
    }

    private void endUse() {
        try {
            use.close();
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", endpoint.getAbsolutePath(), e);
        }
    }
}
