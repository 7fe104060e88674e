package io.github.camelfifo;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The pumps of one consumer, led as one: usually a single one, and more while FIFOs are still read that are not at the path
 * any more. A pump that joins does as the others do. Thread-safe; its own lock is held while pumps are led, never while
 * one is waited for.
 */
final class Pumps {

    private final Turns turns = new Turns();
    private final List<FramePump> open = new CopyOnWriteArrayList<>();
    /** Guarded by this, like what follows. */
    private boolean flowing;

    private final Map<FramePump, Long> targets = new HashMap<>();
    private CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);
    /** Those that were open when all were closed. */
    private List<FramePump> closing = List.of();

    /** When they deliver. */
    Turns turns() {
        return turns;
    }

    synchronized void join(FramePump pump) {
        open.add(pump);
        if (flowing) {
            pump.flow();
        }
    }

    synchronized void leave(FramePump pump) {
        open.remove(pump);
        targets.remove(pump);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** All deliver whatever comes. */
    synchronized void flow() {
        flowing = true;
        targets.clear();
        open.forEach(FramePump::flow);
    }

    /** One that has paused by itself flows again, if the others do. */
    synchronized void flow(FramePump pump) {
        if (flowing) {
            pump.flow();
        }
    }

    /** None begins a further frame. */
    synchronized void pause() {
        flowing = false;
        open.forEach(FramePump::pause);
    }

    /** All look for something to do. */
    void schedule() {
        open.forEach(FramePump::schedule);
    }

    boolean arePaused() {
        return open.stream().allMatch(FramePump::isPaused);
    }

    /** Takes down how much is there now, for {@link #drain}. */
    synchronized void takeTargets(Consumer<IOException> failure) {
        targets.clear();
        open.forEach(pump -> targets.put(pump, end(pump, failure)));
    }

    synchronized void forgetTargets() {
        targets.clear();
    }

    synchronized boolean haveTargets() {
        return !targets.isEmpty();
    }

    /**
     * All deliver what there was when targets were taken, or where they were not, what there is now; then they pause.
     *
     * @param endWith whether to deliver an unfinished frame of the pump too, when its pipe runs empty in the middle of it
     * @param failure is told when it cannot be found out how much there is
     */
    synchronized CompletableFuture<Void> drain(Predicate<FramePump> endWith, Consumer<IOException> failure) {
        flowing = false;
        drained = CompletableFuture.allOf(open.stream()
                .map(pump -> pump.drain(
                        targets.containsKey(pump) ? targets.get(pump) : end(pump, failure), endWith.test(pump)))
                .toArray(CompletableFuture[]::new));
        return drained;
    }

    boolean areDraining() {
        return open.stream().anyMatch(FramePump::isDraining);
    }

    /** See {@link FramePump#isDrainPending()}. */
    boolean areDrainsPending() {
        return open.stream().anyMatch(FramePump::isDrainPending);
    }

    /** Those that have read what is in no frame yet, in a set of the caller's; to be asked when all are paused. */
    Set<FramePump> holdingBytes() {
        return open.stream()
                .filter(pump -> pump.frames().bytesHeld() > 0)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** All deliver what was taken out of their pipes already, with the rest of a frame that this ends in; then they pause. */
    synchronized CompletableFuture<Void> drainRead() {
        flowing = false;
        drained =
                CompletableFuture.allOf(open.stream().map(FramePump::drainRead).toArray(CompletableFuture[]::new));
        return drained;
    }

    /** Waits for the end of {@link #drain}. */
    void awaitDrained() throws InterruptedException {
        try {
            lastDrain().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of {@link #drain} or {@link #drainRead}; false when that takes longer. */
    boolean awaitDrained(long timeoutMillis) throws InterruptedException {
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

    /** Closes all, each as soon as its owner lets go. */
    synchronized void close() {
        pause();
        closing = List.copyOf(open);
        closing.forEach(FramePump::close);
    }

    /** Takes {@link #close()} back for those that are not closed yet. */
    synchronized void cancelClose() {
        open.forEach(FramePump::cancelClose);
    }

    /** Waits until those are closed that {@link #close()} has found; false when that takes longer. */
    boolean awaitClosed(long timeoutMillis) throws InterruptedException {
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

    /** Whether any thread runs one of them now; not where an exchange goes on elsewhere. */
    boolean areRun() {
        return open.stream().anyMatch(FramePump::isRun);
    }

    /** Whether the calling thread runs one of them now, further up on its stack. */
    boolean areRunByCurrentThread() {
        return open.stream().anyMatch(FramePump::isRunByCurrentThread);
    }

    /** Interrupts the threads that run them now. */
    void interruptRunners() {
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
