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
 * A FIFO that any number of polling consumers and endpoints poll: each call takes one frame, in the order of the calls,
 * by the options of its endpoint. Between two calls, only the head of a frame that is larger than the pipe is in
 * memory. Thread-safe.
 */
public final class PolledPath implements Claimant {

    private static final long PATIENCE_MILLIS = 5_000;

    private final String path;
    /** Fair. Guards the fields below. */
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Null while nothing is open. */
    private FramePoller poller;
    /** The options in force; see {@link Reading}. */
    private String options;

    private long sequence;
    private volatile boolean closed;
    /** Done when this is closed. */
    private final CompletableFuture<Taken> closing = new CompletableFuture<>();
    /** Calls that have entered this object. */
    private final AtomicInteger entered = new AtomicInteger();

    /** Each says whether it may poll again. */
    private final Set<BooleanSupplier> users = ConcurrentHashMap.newKeySet();

    PolledPath(String path) {
        this.path = path;
    }

    /** Counts a call as entered, so that this is not abandoned; {@link #join} or {@link #receive} has to follow. */
    void enter() {
        entered.incrementAndGet();
    }

    /** Opens the FIFO if it is not open yet. */
    public void join(BooleanSupplier user, PolledFrames frames) throws IOException {
        try {
            users.add(user);
            // the call in its turn has opened it, or will tell its own user why not
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

    /** Removes a user; the FIFO stays open. */
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
     * @param frames of the endpoint whose options define a frame
     * @param timeoutMillis the longest wait; 0 takes only a frame that is there now, -1 waits for ever
     * @return null when none came in time, when this is closed, or for 0 while another thread waits for a frame
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

    /** Gives the FIFO to a consumer with a route, if nobody polls any more. */
    @Override
    public boolean yields() {
        return turn.tryLock() && yieldsInTurn();
    }

    /** Closes the FIFO and says true when nobody polls and it is no longer at its path. */
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

    /** Closes the FIFO for good; waiting calls get nothing. */
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

    /** Asks each user, because Camel may drop a polling consumer without a word. */
    private boolean isPolled() {
        users.removeIf(user -> !user.getAsBoolean());
        return !users.isEmpty();
    }

    /** Without a user, a new FIFO at the path is not opened, and a missing one not made. */
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
        poller.countFor(frames.statistics());
        return poller;
    }

    private void openAnew(PolledFrames frames, Reading reading) throws IOException {
        poller = frames.open(this, sequence);
        options = reading.options();
    }

    /** Does nothing while bytes are in memory or a FIFO that left the path is read: those frames come first. */
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
                // the first frame ends this wait
                from.takeNow(answer::complete).get();
            } else {
                from.take(answer::complete);
                await(CompletableFuture.anyOf(answer, closing), timeoutMillis);
            }
        } catch (InterruptedException e) {
            if (from.cancel()) {
                throw e;
            }
            // a frame is leaving the pipe or has left it
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
            // nothing came: the caller will see that
            return;
        }
    }
}
