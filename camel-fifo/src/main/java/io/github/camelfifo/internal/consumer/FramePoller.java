package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.internal.pump.CarriedOver;
import io.github.camelfifo.internal.pump.ConsumedPath;
import io.github.camelfifo.internal.pump.DeliveryGate;
import io.github.camelfifo.internal.pump.FrameHandler;
import io.github.camelfifo.internal.pump.FrameInWork;
import io.github.camelfifo.internal.pump.Reading;
import io.github.camelfifo.internal.pump.Verdict;
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
 * Takes single frames out of a FIFO when asked to, one after the other. Meanwhile it reads nothing; a frame that nobody wants
 * any more stays where it is for whoever asks next. Thread-safe.
 */
public final class FramePoller implements FrameHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FramePoller.class);

    /**
     * What was taken: a frame, or the reason why there is none.
     *
     * @param frame null when there is a failure
     * @param failure null when there is a frame
     * @param sequence of the frame, from 1
     * @param session which session it came from
     */
    public record Taken(Frame frame, IOException failure, long sequence, long session) {

        /** Frees what it holds, when nobody wants it. */
        public void discard() {
            if (frame != null && frame.body() instanceof StoredSession.Body stored) {
                stored.discard();
            }
        }
    }

    private final String name;
    private final MalformedText malformedText;
    private final ConsumedPath path;
    /** The owner's of the pump whose turn it is. */
    private long sequence;

    /** How many were dropped; negative when they are not to be dropped. Guarded by this. */
    private int dropped = -1;
    /** Whose next frame was begun before the others were dropped, and is to be dropped too; guarded by this. */
    private Set<Object> begunBefore = new HashSet<>();
    /** Who waits for the next one; guarded by this. */
    private Consumer<Taken> taker;

    /**
     * Opens a FIFO.
     *
     * @param carriedOver what earlier readers have left
     * @param reading how it is read
     * @param sequence how many frames were taken before
     * @throws IOException as {@link ConsumedPath}
     */
    public FramePoller(
            Pipes pipes, CarriedOver carriedOver, Reading reading, MalformedText malformedText, long sequence)
            throws IOException {
        this.name = reading.pipe().path();
        this.malformedText = malformedText;
        this.sequence = sequence;
        // there is no route to stop: bytes of the next writer are there for the next call
        this.path = new ConsumedPath(pipes, carriedOver, reading, () -> this, DeliveryGate.OPEN, null);
    }

    /** Asks for one frame; the taker gets it on a worker, where it must be quick, or is taken back by {@link #cancel}. */
    public void take(Consumer<Taken> newTaker) {
        ask(newTaker);
        path.pumps().flow();
        path.follow();
    }

    /** Asks for one frame of those that are there now, as {@link #take}; gives when there is none to come any more. */
    CompletableFuture<Void> takeNow(Consumer<Taken> newTaker) throws IOException {
        ask(newTaker);
        return drain();
    }

    private synchronized void ask(Consumer<Taken> newTaker) {
        taker = newTaker;
    }

    /**
     * Drops all that is there now, and the frame that it ends in.
     *
     * @param then is told how many whole frames that were, here or on a worker, where it must be quick
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

    /** Takes the question back; false when the taker has got its frame, or is getting it. */
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

    /** How many frames were taken, with those before. */
    long sequence() {
        return sequence;
    }

    /** Whether this reads that very FIFO and no other, and has nothing of it in memory. */
    boolean reads(FileIdentity fifo) {
        return path.isAt(fifo) && path.pumps().holdingBytes().isEmpty();
    }

    /** Whether the FIFO that is read is still at the path. */
    boolean isAtPath() {
        return path.isAtPath();
    }

    /** What comes to be at the path is left alone until the next frame is asked for. */
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
        Runnable giving = giving(taken, message.source());
        if (giving != null) {
            sequence++;
            // only then: whoever gets it may rely on the pipe to hold the bytes that come after it
            message.endAndThen(giving);
        } else if (message.frame() != null) {
            message.end(Verdict.UNWANTED);
        } else {
            LOG.warn("A message in {} is lost, and no poll was waiting for it", name, message.failure());
            sequence++;
            message.end(Verdict.DONE);
        }
    }

    /** Whoever waits is told, and whoever waits the next time as well; it is no frame, and is not kept. */
    @Override
    public boolean readingFailed(IOException reason) {
        Consumer<Taken> to;
        synchronized (this) {
            to = taker;
            taker = null;
        }
        if (to != null) {
            path.pumps().pause();
            // the reason may name a descriptor of ours that has no path
            IOException failure = new IOException("Reading " + name + " failed: " + reason.getMessage(), reason);
            to.accept(new Taken(null, failure, sequence, 0));
        }
        return false;
    }

    /** Closes the FIFO; who waits gets nothing. */
    @Override
    public void close() {
        path.close();
    }

    /** Closes the FIFO for another reader, who has it open. */
    boolean handOver(long patienceMillis) throws InterruptedException {
        path.handOver();
        return path.pumps().awaitClosed(patienceMillis);
    }

    /** Finds out who gets it, and gives what hands it over; null when nobody wants it. */
    private Runnable giving(Taken taken, Object source) {
        Consumer<Taken> to;
        synchronized (this) {
            boolean drops = dropped >= 0;
            boolean begunTooEarly = begunBefore.remove(source);
            if (drops || begunTooEarly) {
                return () -> dropTaken(taken, drops);
            }
            to = taker;
            taker = null;
        }
        if (to == null) {
            // whoever took the question back has paused, and the next one may have asked by now
            return null;
        }
        path.pumps().pause();
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
