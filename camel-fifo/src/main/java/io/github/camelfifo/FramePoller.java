package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes single frames out of a FIFO when asked to. Meanwhile it reads nothing; what it has read beyond a frame it keeps for
 * the next time. Frames are asked for one after the other. Thread-safe.
 */
final class FramePoller implements FramePump.Outlet, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);

    /**
     * What was taken: a frame, or the reason why there is none.
     *
     * @param frame null when there is a failure
     * @param failure null when there is a frame
     * @param sequence of the frame, from 1
     * @param session which spell of writers it came from
     */
    record Taken(Frame frame, IOException failure, long sequence, long session) {

        /** Frees what it holds, when nobody wants it. */
        void discard() {
            if (frame != null && frame.body() instanceof StoredSession.Body stored) {
                stored.discard();
            }
        }
    }

    private final String name;
    private final MalformedText malformedText;
    private final ConsumedPath path;
    private long sequence;
    /** Who waits for its turn; fair, and never held by requests, which take theirs elsewhere. */
    private final ReentrantLock receiving = new ReentrantLock(true);
    /** Taken by nobody yet; guarded by this. */
    private final Deque<Taken> ready = new ArrayDeque<>();
    /** How many were dropped; negative when they are not to be dropped. Guarded by this. */
    private int dropped = -1;
    /** Whose next frame was begun before the others were dropped, and is to be dropped too; guarded by this. */
    private Set<FramePump> begunBefore = new HashSet<>();
    /** Who waits for the next one; guarded by this. */
    private Consumer<Taken> taker;
    /** What the last {@link #receive} waits for, or has got; guarded by this. */
    private CompletableFuture<Taken> awaited = CompletableFuture.completedFuture(null);
    /** Guarded by this. */
    private boolean closed;

    FramePoller(FifoEndpoint endpoint, Supplier<Exchange> exchanges) throws IOException {
        name = endpoint.getAbsolutePath();
        malformedText = new MalformedText(endpoint);
        // no route to stop: what the next writer writes is there for the next call
        path = new ConsumedPath(endpoint, () -> this, null, exchanges);
    }

    /** Asks for one frame; the taker gets it here and now, or later on a worker, where it must be quick. */
    void take(Consumer<Taken> newTaker) {
        if (isPutOff(newTaker)) {
            flow();
        }
    }

    /** Whether the taker has to wait for its frame; it has got it otherwise. */
    private boolean isPutOff(Consumer<Taken> newTaker) {
        Taken there;
        synchronized (this) {
            there = ready.poll();
            taker = there == null ? newTaker : null;
        }
        if (there != null) {
            newTaker.accept(there);
        }
        return there == null;
    }

    /**
     * Drops all that is there now, and the frame that it ends in.
     *
     * @param then is told how many whole frames that were, here or on a worker, where it must be quick
     */
    void drop(IntConsumer then) throws IOException {
        synchronized (this) {
            dropped = ready.size();
            ready.forEach(Taken::discard);
            ready.clear();
        }
        try {
            CompletableFuture<Void> unused = drain().thenRun(() -> then.accept(endDropping()));
        } catch (IOException e) {
            int unused = endDropping();
            throw e;
        }
    }

    private void flow() {
        path.pumps().flow();
        path.follow();
    }

    private CompletableFuture<Void> drain() throws IOException {
        AtomicReference<IOException> failure = new AtomicReference<>();
        CompletableFuture<Void> drained = path.pumps().drain(pump -> false, failure::set);
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
    boolean cancel() {
        synchronized (this) {
            if (taker == null) {
                return false;
            }
            taker = null;
        }
        path.pumps().pause();
        return true;
    }

    /**
     * Waits for one frame. Several threads may: each frame goes to the one that has waited longest.
     *
     * @param timeoutMillis at most so long; 0 takes only what is there now, -1 waits for ever
     * @return null when none came in time, or for 0, while another thread waits for one; or when this is closed
     */
    Taken receive(long timeoutMillis) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        if (!awaitTurn(timeoutMillis)) {
            return null;
        }
        try {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            return receiveInTurn(timeoutMillis > 0 ? Math.max(left, 1) : timeoutMillis);
        } finally {
            receiving.unlock();
        }
    }

    private boolean awaitTurn(long timeoutMillis) throws InterruptedException {
        if (timeoutMillis < 0) {
            receiving.lockInterruptibly();
            return true;
        }
        return receiving.tryLock(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private Taken receiveInTurn(long timeoutMillis) throws InterruptedException, IOException {
        CompletableFuture<Taken> answer = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return null;
            }
            awaited = answer;
        }
        try {
            if (isPutOff(taken -> completeOrLose(answer, taken))) {
                path.follow();
                await(answer, timeoutMillis);
            }
        } catch (InterruptedException | IOException e) {
            putBack(endOf(answer));
            throw e;
        }
        return endOf(answer);
    }

    private void completeOrLose(CompletableFuture<Taken> answer, Taken taken) {
        if (!answer.complete(taken)) {
            // this was closed in the same moment
            putBack(taken);
        }
    }

    /** Null when none has come; one that is coming just now counts. */
    private Taken endOf(CompletableFuture<Taken> answer) {
        return cancel() ? null : answer.join();
    }

    private void await(CompletableFuture<Taken> answer, long timeoutMillis) throws InterruptedException, IOException {
        if (timeoutMillis == 0) {
            // the first frame ends it
            CompletableFuture<Void> unused = drain();
            path.pumps().awaitDrained();
            return;
        }
        path.pumps().flow();
        try {
            if (timeoutMillis < 0) {
                answer.get();
            } else {
                answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            // nothing came: whoever asked will see
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void putBack(Taken taken) {
        if (taken != null) {
            ready.addFirst(taken);
        }
        if (closed) {
            loseReady();
        }
    }

    @Override
    public boolean isBrief() {
        return true;
    }

    @Override
    public boolean deliver(Frame frame, FramePump from) {
        malformedText.note(from.frames());
        give(new Taken(frame, null, ++sequence, from.frames().session()), from);
        return true;
    }

    @Override
    public void lost(IOException reason, FramePump from) {
        give(new Taken(null, reason, ++sequence, from.frames().session()), from);
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
            to.accept(new Taken(null, reason, sequence, 0));
        }
        return false;
    }

    /** Closes the FIFO; who waits gets nothing. What was read and taken by nobody is accounted for. */
    @Override
    public void close() {
        path.close();
        synchronized (this) {
            closed = true;
            awaited.complete(null);
            loseReady();
        }
    }

    private void loseReady() {
        if (!ready.isEmpty()) {
            LOG.warn("{} messages that were read from {} and taken by nobody are lost", ready.size(), name);
        }
        ready.forEach(Taken::discard);
        ready.clear();
    }

    private void give(Taken taken, FramePump from) {
        Consumer<Taken> to;
        synchronized (this) {
            if (dropped >= 0) {
                dropped++;
                taken.discard();
                return;
            }
            if (begunBefore.remove(from)) {
                taken.discard();
                LOG.warn("A message in {} that was begun too early is dropped", name);
                return;
            }
            to = taker;
            taker = null;
            if (to == null) {
                ready.add(taken);
            }
            if (closed) {
                // its frame was begun before
                loseReady();
            }
        }
        path.pumps().pause();
        if (to != null) {
            to.accept(taken);
        }
    }
}
