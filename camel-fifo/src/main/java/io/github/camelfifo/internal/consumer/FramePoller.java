package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.internal.pump.CarriedOver;
import io.github.camelfifo.internal.pump.ConsumedPath;
import io.github.camelfifo.internal.pump.DeliveryGate;
import io.github.camelfifo.internal.pump.FrameHandler;
import io.github.camelfifo.internal.pump.FrameInWork;
import io.github.camelfifo.internal.pump.Reading;
import io.github.camelfifo.internal.pump.Verdict;
import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes single frames out of a FIFO, one for each question, for {@link PolledPath} and requests. In between it reads
 * nothing; a frame that nobody wants any more stays for the next question. Thread-safe.
 */
public final class FramePoller implements FrameHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FramePoller.class);

    /**
     * A frame, or the reason why there is none.
     *
     * @param frame null when there is a failure
     * @param failure null when there is a frame
     * @param sequence of the frame, from 1
     * @param session which session it came from
     */
    public record Taken(Frame frame, IOException failure, long sequence, long session) {

        /** Frees what the frame holds, when nobody wants it. */
        public void discard() {
            if (frame != null && frame.body() instanceof StoredSession.Body stored) {
                stored.discard();
            }
        }
    }

    private final String name;
    private final ReaderStatistics statistics;
    private final MalformedText malformedText;
    private final ConsumedPath path;
    /** Only the owner of the pump in its turn uses this. */
    private long sequence;

    /** How many frames were dropped; negative when frames are not to be dropped. Guarded by this. */
    private int dropped = -1;
    /** FIFOs with a frame that began before the drop and is to be dropped too; guarded by this. */
    private Set<Object> begunBefore = new HashSet<>();
    /** Gets the next frame; null for nobody. Guarded by this. */
    private Consumer<Taken> taker;

    /**
     * Opens a FIFO.
     *
     * @param carriedOver keeps the bytes of earlier readers
     * @param reading how it is read
     * @param statistics counts what is taken
     * @param sequence how many frames were taken before
     * @throws IOException as {@link ConsumedPath}
     */
    public FramePoller(
            Pipes pipes,
            CarriedOver carriedOver,
            Reading reading,
            ReaderStatistics statistics,
            MalformedText malformedText,
            long sequence)
            throws IOException {
        this.name = reading.pipe().path();
        this.statistics = statistics;
        this.malformedText = malformedText;
        this.sequence = sequence;
        // there is no route to stop: the next call gets the bytes of the next writer
        this.path = new ConsumedPath(pipes, carriedOver, reading, statistics, () -> this, DeliveryGate.OPEN, null);
    }

    /** Asks for one frame, until {@link #cancel}. The taker gets it on a worker and must be quick. */
    public void take(Consumer<Taken> newTaker) {
        ask(newTaker);
        path.pumps().flow();
        path.follow();
    }

    /** As {@link #take}, but only from the bytes that are there now; the future is done when no frame can come. */
    CompletableFuture<Void> takeNow(Consumer<Taken> newTaker) throws IOException {
        ask(newTaker);
        return drain();
    }

    private synchronized void ask(Consumer<Taken> newTaker) {
        taker = newTaker;
    }

    /**
     * Drops all bytes that are there now, and the rest of a frame that they cut.
     *
     * @param then gets the number of whole frames dropped, here or on a worker; must be quick
     */
    public void drop(IntConsumer then) throws IOException {
        synchronized (this) {
            dropped = 0;
        }
        try {
            CompletableFuture<Void> unused = drain().thenRun(() -> then.accept(endDropping()));
        } catch (IOException e) {
            int unused = endDropping();
            throw e;
        }
    }

    private CompletableFuture<Void> drain() throws IOException {
        AtomicReference<IOException> failure = new AtomicReference<>();
        CompletableFuture<Void> drained = path.pumps().drain(failure::set);
        if (failure.get() != null) {
            throw failure.get();
        }
        return drained;
    }

    private synchronized int endDropping() {
        int count = dropped;
        dropped = -1;
        begunBefore = path.pumps().holdingBytes();
        return count;
    }

    /** Takes the question back; false when the taker has its frame or is getting it. */
    public boolean cancel() {
        synchronized (this) {
            if (taker == null) {
                return false;
            }
            taker = null;
        }
        path.pumps().pause();
        return true;
    }

    /** What is taken from now on counts for this endpoint. Only one thread at a time may ask for frames. */
    void countFor(EndpointStatistics endpoint) {
        statistics.goOnFor(endpoint);
    }

    /** How many frames were taken, earlier ones included. */
    long sequence() {
        return sequence;
    }

    /** Whether this reads only this FIFO and holds none of its bytes in memory. */
    boolean reads(FileIdentity fifo) {
        return path.isAt(fifo) && path.pumps().holdingBytes().isEmpty();
    }

    /** Whether the FIFO that is read is still at the path. */
    boolean isAtPath() {
        return path.isAtPath();
    }

    /** Ignores new FIFOs at the path until somebody asks for the next frame. */
    void stopFollowing() {
        path.stopFollowing();
    }

    @Override
    public boolean isBrief() {
        return true;
    }

    @Override
    public void deliver(FrameInWork message) {
        malformedText.note(message);
        Taken taken = new Taken(message.frame(), message.failure(), sequence + 1, message.session());
        Runnable giving = giving(taken, message);
        if (giving != null) {
            sequence++;
            // only then: its receiver may rely on later bytes being in the pipe
            message.endAndThen(giving);
        } else if (message.frame() != null) {
            message.end(Verdict.UNWANTED);
        } else {
            LOG.warn("A message in {} is lost, and no poll was waiting for it", name, message.failure());
            sequence++;
            message.end(Verdict.DONE);
        }
    }

    /** Tells the taker that waits now, and later ones if reading fails again; the failure is not kept. */
    @Override
    public boolean readingFailed(IOException reason) {
        Consumer<Taken> to;
        synchronized (this) {
            to = taker;
            taker = null;
        }
        if (to != null) {
            path.pumps().pause();
            // the reason may name an inner descriptor without a path
            IOException failure = new IOException("Reading " + name + " failed: " + reason.getMessage(), reason);
            to.accept(new Taken(null, failure, sequence, 0));
        }
        return false;
    }

    /** Closes the FIFO; a waiting taker gets nothing. */
    @Override
    public void close() {
        path.close();
    }

    /** Closes the FIFO for another reader that has it open. */
    boolean handOver(long patienceMillis) throws InterruptedException {
        path.handOver();
        return path.pumps().awaitClosed(patienceMillis);
    }

    /** Finds the taker, and gives the action that hands the frame over; null when nobody wants it. */
    private Runnable giving(Taken taken, FrameInWork message) {
        Consumer<Taken> to;
        synchronized (this) {
            boolean drops = dropped >= 0;
            boolean begunTooEarly = begunBefore.remove(message.source());
            if (drops || begunTooEarly) {
                return () -> dropTaken(taken, drops);
            }
            to = taker;
            taker = null;
        }
        if (to == null) {
            // cancel has paused the pumps, and the next taker may have asked by now
            return null;
        }
        path.pumps().pause();
        message.passesOn();
        return () -> to.accept(taken);
    }

    private synchronized void dropTaken(Taken taken, boolean counted) {
        taken.discard();
        if (counted) {
            dropped++;
        } else {
            LOG.warn("Dropped a message in {} that was begun before the request", name);
        }
    }
}
