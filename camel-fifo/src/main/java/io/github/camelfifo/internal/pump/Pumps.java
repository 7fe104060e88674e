package io.github.camelfifo.internal.pump;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Leads the pumps of one {@link Consumed} as one; its consumer or poller calls it. A path usually has one pump, and more
 * while FIFOs that left it are still read; a folder has one for each FIFO. A new pump does as the others do. Thread-safe; it holds its lock
 * while it leads pumps, never while it waits for one.
 */
public final class Pumps {

    private static final CompletableFuture<Void> NO_DRAIN = CompletableFuture.completedFuture(null);

    private final Turns turns = new Turns();
    private final Collection<FramePump> open;
    /** Guarded by this, like the fields below. */
    private boolean flowing;

    private Map<FramePump, Long> targets = Map.of();
    private CompletableFuture<Void> drained = NO_DRAIN;
    /** The pumps that were open at the close. */
    private List<FramePump> closing = List.of();

    /**
     * No pumps yet.
     *
     * @param open will hold them; for threads that add and iterate at the same time
     */
    Pumps(Collection<FramePump> open) {
        this.open = open;
    }

    /** The order in which they deliver. */
    Turns turns() {
        return turns;
    }

    synchronized void join(FramePump pump) {
        open.add(pump);
        flow(pump);
    }

    synchronized void leave(FramePump pump) {
        open.remove(pump);
        if (targets.containsKey(pump)) {
            targets.remove(pump);
        }
    }

    /** All deliver everything that comes. */
    public synchronized void flow() {
        flowing = true;
        targets = Map.of();
        open.forEach(FramePump::flow);
    }

    /** Lets a pump that paused by itself flow again, if the others flow. */
    synchronized void flow(FramePump pump) {
        if (flowing) {
            pump.flow();
        }
    }

    /** No pump begins a further message. */
    public synchronized void pause() {
        flowing = false;
        open.forEach(FramePump::pause);
    }

    /** Whether all are paused. */
    public boolean arePaused() {
        return open.stream().allMatch(pump -> pump.mode() == PumpMode.PAUSED);
    }

    /**
     * Notes how much is there now, for {@link #drain}.
     *
     * @param failure gets the reason when the kernel does not tell how many bytes are there
     */
    public synchronized void takeTargets(Consumer<IOException> failure) {
        targets = new HashMap<>();
        open.forEach(pump -> targets.put(pump, end(pump, failure)));
    }

    /** Forgets the targets. */
    public synchronized void forgetTargets() {
        targets = Map.of();
    }

    /** Whether there are targets. */
    public synchronized boolean haveTargets() {
        return !targets.isEmpty();
    }

    /**
     * All deliver the bytes up to the targets, or without targets those that are there now; then they pause.
     *
     * @param endWith whether to deliver an unfinished frame of the pump too, if its pipe runs empty in the middle of
     *     the frame
     * @param failure gets the reason when the kernel does not tell how many bytes are there
     */
    synchronized CompletableFuture<Void> drain(Predicate<FramePump> endWith, Consumer<IOException> failure) {
        return drainAll(pump ->
                pump.drain(targets.containsKey(pump) ? targets.get(pump) : end(pump, failure), endWith.test(pump)));
    }

    /**
     * All deliver the bytes that are there now; then they pause.
     *
     * @param failure gets the reason when the kernel does not tell how many bytes are there
     */
    public CompletableFuture<Void> drain(Consumer<IOException> failure) {
        return drain(pump -> false, failure);
    }

    /** All deliver the bytes that were already taken out of the pipes, and the rest of a cut frame; then they pause. */
    synchronized CompletableFuture<Void> drainRead() {
        return drainAll(FramePump::drainRead);
    }

    private CompletableFuture<Void> drainAll(Function<FramePump, CompletableFuture<Void>> drain) {
        flowing = false;
        drained = CompletableFuture.allOf(open.stream().map(drain).toArray(CompletableFuture[]::new));
        return drained;
    }

    /** Whether one is draining. */
    public boolean areDraining() {
        return open.stream().anyMatch(pump -> pump.mode().isDrain());
    }

    /** Whether a drain has something left to do. Waits up to half a second for a drain that has just begun. */
    public boolean areDrainsPending() {
        return open.stream().anyMatch(pump -> pump.mode().isDrainPending());
    }

    /** The pumps that hold undelivered bytes, in a new set; to be called when all are paused. */
    public Set<Object> holdingBytes() {
        return open.stream()
                .filter(pump -> pump.frames().bytesHeld() > 0)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Waits for the end of the last drain. */
    public void awaitDrained() throws InterruptedException {
        try {
            lastDrain().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of the last drain; false when the time is over first. */
    public boolean awaitDrained(long timeoutMillis) throws InterruptedException {
        try {
            lastDrain().get(timeoutMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized CompletableFuture<Void> lastDrain() {
        return drained;
    }

    /** All take nothing out of their pipes after the return, whatever exchange ends later. */
    public synchronized void forbidTaking() {
        open.forEach(FramePump::forbidTaking);
    }

    /** Closes all, each as soon as its owner gives it up. */
    synchronized void close() {
        pause();
        closing = List.copyOf(open);
        closing.forEach(FramePump::close);
    }

    /** Takes {@link #close()} back for those that are not closed yet. */
    synchronized void cancelClose() {
        open.forEach(FramePump::cancelClose);
    }

    /** Closes those whose pipes will never have another byte. All must be paused. */
    void closeDeserted() throws IOException {
        if (open.size() > 1) {
            for (FramePump pump : open) {
                pump.closeIfDeserted();
            }
        }
    }

    /** Waits until the pumps that were open at the close are closed; false when the time is over first. */
    public boolean awaitClosed(long timeoutMillis) throws InterruptedException {
        List<FramePump> awaited;
        synchronized (this) {
            awaited = closing;
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        for (FramePump pump : awaited) {
            if (!pump.awaitClosed(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a thread runs one of them now; false when an exchange goes on elsewhere. */
    public boolean areRun() {
        return open.stream().anyMatch(FramePump::isRun);
    }

    /** Whether the calling thread runs one of them now, further up on its stack. */
    public boolean areRunByCurrentThread() {
        return open.stream().anyMatch(FramePump::isRunByCurrentThread);
    }

    /** Interrupts the threads that run them now. */
    public void interruptRunners() {
        open.forEach(FramePump::interruptRunner);
    }

    private static long end(FramePump pump, Consumer<IOException> failure) {
        try {
            return pump.end();
        } catch (IOException e) {
            failure.accept(e);
            return Long.MAX_VALUE;
        }
    }
}
