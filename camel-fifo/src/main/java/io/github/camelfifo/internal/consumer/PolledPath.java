package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.consumer.FramePoller.Taken;
import io.github.camelfifo.internal.pump.Reading;
import io.github.camelfifo.pipe.Claimant;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A FIFO that is polled, by however many polling consumers of however many endpoints: each call takes one frame, in the order
 * of the calls, as the options of its endpoint say. Between two calls nothing of the FIFO is in memory but the head of a
 * frame that is larger than the pipe. Thread-safe.
 */
public final class PolledPath implements Claimant {

    private static final long PATIENCE_MILLIS = 5_000;

    private final String path;
    /** Fair. Whoever has it uses what follows. */
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Null while nothing is open. */
    private FramePoller poller;
    /** In force; see {@link Reading}. */
    private String options;

    private long sequence;
    private volatile boolean closed;
    /** Done when this is closed. */
    private final CompletableFuture<Taken> closing = new CompletableFuture<>();
    /** Calls that have come so far as to this object. */
    private final AtomicInteger entered = new AtomicInteger();

    /** Each tells whether it may poll again. */
    private final Set<BooleanSupplier> users = ConcurrentHashMap.newKeySet();

    PolledPath(String path) {
        this.path = path;
    }

    /** A call is on its way here, so this is not abandoned; {@link #join} or {@link #receive} has to follow. */
    void enter() {
        entered.incrementAndGet();
    }

    /** Opens the FIFO if it is not open yet. */
    public void join(BooleanSupplier user, PolledFrames frames) throws IOException {
        try {
            users.add(user);
            // whoever has the turn has opened it, or will tell its own user why not
            if (turn.tryLock()) {
                try {
                    openUnlessClosed(frames);
                } finally {
                    turn.unlock();
                }
            }
        } catch (IOException | RuntimeException e) {
            users.remove(user);
            throw e;
        } finally {
            entered.decrementAndGet();
        }
    }

    private void openUnlessClosed(PolledFrames frames) throws IOException {
        if (!closed) {
            FramePoller unused = open(frames);
        }
    }

    /** The FIFO stays open. */
    public void leave(BooleanSupplier user) {
        users.remove(user);
        if (turn.tryLock()) {
            try {
                stopFollowingIfUnused();
            } finally {
                turn.unlock();
            }
        }
    }

    /**
     * Waits for one frame. Several threads may: each frame goes to the one that has waited longest.
     *
     * @param user who asks
     * @param frames of the endpoint whose options say what a frame is
     * @param timeoutMillis at most so long; 0 takes only what is there now, -1 waits for ever
     * @return null when none came in time, or for 0, while another thread waits for one; or when this is closed
     */
    public Taken receive(BooleanSupplier user, PolledFrames frames, long timeoutMillis)
            throws InterruptedException, IOException {
        users.add(user);
        try {
            return receive(frames, timeoutMillis);
        } finally {
            entered.decrementAndGet();
        }
    }

    private Taken receive(PolledFrames frames, long timeoutMillis) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        if (!awaitTurn(timeoutMillis)) {
            return null;
        }
        try {
            if (closed) {
                return null;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            return receiveInTurn(open(frames), timeoutMillis > 0 ? Math.max(left, 1) : timeoutMillis);
        } finally {
            stopFollowingIfUnused();
            turn.unlock();
        }
    }

    @Override
    public String name() {
        return "polling of fifo:" + path;
    }

    /** For a consumer with a route, when nobody polls any more. */
    @Override
    public boolean yields() {
        return turn.tryLock() && yieldsInTurn();
    }

    /** Whether nobody polls, and the FIFO is not at its path any more; then it is closed. */
    boolean closeIfAbandoned() {
        if (entered.get() > 0 || isPolled() || !turn.tryLock()) {
            return false;
        }
        try {
            boolean abandoned = poller == null || !poller.isAtPath();
            if (abandoned) {
                close();
            }
            return abandoned;
        } finally {
            turn.unlock();
        }
    }

    /** Closes the FIFO for good; who waits gets nothing. */
    void close() {
        closed = true;
        closing.complete(null);
        turn.lock();
        try {
            if (poller != null) {
                poller.close();
                poller = null;
            }
        } finally {
            turn.unlock();
        }
    }

    /** Camel does not tell of each polling consumer that it drops. */
    private boolean isPolled() {
        users.removeIf(user -> !user.getAsBoolean());
        return !users.isEmpty();
    }

    /** What comes to be at the path is opened, or made anew, only for somebody. */
    private void stopFollowingIfUnused() {
        if (poller != null && !isPolled()) {
            poller.stopFollowing();
        }
    }

    private boolean yieldsInTurn() {
        try {
            return !isPolled() && (poller == null || handOver());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            turn.unlock();
        }
    }

    private boolean handOver() throws InterruptedException {
        sequence = poller.sequence();
        boolean gone = poller.handOver(PATIENCE_MILLIS);
        poller = null;
        return gone;
    }

    private FramePoller open(PolledFrames frames) throws IOException {
        Reading reading = frames.reading().get();
        if (poller != null && !reading.options().equals(options)) {
            reopenForOtherOptions(frames, reading);
        }
        if (poller == null) {
            openAnew(frames, reading);
        }
        return poller;
    }

    private void openAnew(PolledFrames frames, Reading reading) throws IOException {
        poller = frames.open(this, sequence);
        options = reading.options();
    }

    /** Not where bytes have been taken already, or a FIFO is read that has left the path: those come first. */
    private void reopenForOtherOptions(PolledFrames frames, Reading reading) throws IOException {
        try (Descriptor located = reading.pipe().locate();
                // keeps the bytes in the pipe
                Descriptor held = reading.pipe().openForReading(located)) {
            FileIdentity there = held.status().identity();
            if (poller.reads(there) && handOver()) {
                openAnew(frames, reading);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitTurn(long timeoutMillis) throws InterruptedException {
        if (timeoutMillis < 0) {
            turn.lockInterruptibly();
            return true;
        }
        return turn.tryLock(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private Taken receiveInTurn(FramePoller from, long timeoutMillis) throws InterruptedException, IOException {
        CompletableFuture<Taken> answer = new CompletableFuture<>();
        try {
            if (timeoutMillis == 0) {
                // the first frame ends it
                from.takeNow(answer::complete).get();
            } else {
                from.take(answer::complete);
                await(CompletableFuture.anyOf(answer, closing), timeoutMillis);
            }
        } catch (InterruptedException e) {
            if (from.cancel()) {
                throw e;
            }
            // a frame is coming that has left the pipe, or is about to
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            if (from.cancel()) {
                throw e;
            }
        }
        return from.cancel() ? null : answer.join();
    }

    private static void await(CompletableFuture<Object> answer, long timeoutMillis)
            throws InterruptedException, ExecutionException {
        try {
            if (timeoutMillis < 0) {
                answer.get();
            } else {
                answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            // nothing came: whoever asked will see
            return;
        }
    }
}
