package io.github.camelfifo.pipe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Work on one pipe, done by one thread at a time: the base of readers, of writers and of {@link PathWatch}. The engine
 * runs it when a watched descriptor is ready ({@link Watch}) and after {@link #schedule()}.
 *
 * <p>
 * The thread that runs the task in the state RUNNING owns it, and only the owner may read, write, arm or close its
 * descriptors. Ownership passes by compare-and-set. Assertions check the owner and this table:
 *
 * <pre>
 * WAITING   nobody's; a descriptor may be armed
 *   an event arrived        → RUNNING, on the worker that got it; QUEUED if it may not run it ({@link UserWork})
 *   schedule()              → QUEUED
 *   claim()                 → RUNNING, on the calling thread
 *   close()                 → CLOSED, by the closing thread
 * QUEUED    nobody's; in a queue of the engine
 *   a worker takes it       → RUNNING
 *   claim()                 → RUNNING, on the calling thread
 *   close()                 → CLOSED, by the closing thread
 * RUNNING   the owner's
 *   an event, schedule()    → SIGNALLED
 *   the owner is done       → WAITING or QUEUED, and from there, if asked to, CLOSED
 *   hold()                  → HELD
 * SIGNALLED like RUNNING, and the owner has to look again before it gives it up
 *   the owner looks again   → RUNNING, or QUEUED to do so later
 *   hold()                  → HELD
 * HELD      nobody's; nothing happens to the pipe until something else is done
 *   resume()                → QUEUED
 *   unhold()                → RUNNING
 *   close()                 → CLOSED, by the closing thread
 * CLOSED    for good; the thread that closes it calls {@link #release()}
 * </pre>
 *
 * The state SIGNALLED makes it safe to arm a descriptor <em>before</em> giving up ownership: an event in between is not
 * lost, and nobody can close the descriptor during the call that arms it.
 */
public abstract class PipeTask extends Job {

    /** How a task's {@link #work} has ended. */
    public enum Outcome {
        /** There is nothing to do until an event comes or somebody calls {@link #schedule()}. */
        WAIT,
        /** There is more to do, after the others had their turn. */
        AGAIN,
        /** The worker no longer owns the task, after {@link #hold()} or {@link #handOver}. */
        HANDED_OVER
    }

    private enum State {
        WAITING,
        QUEUED,
        RUNNING,
        SIGNALLED,
        HELD,
        CLOSED;

        /** Whether the table has this transition. */
        boolean mayBecome(State next) {
            return switch (this) {
                case WAITING -> next == RUNNING || next == QUEUED || next == CLOSED;
                case QUEUED -> next == RUNNING || next == CLOSED;
                case RUNNING -> next == SIGNALLED || next == WAITING || next == QUEUED || next == HELD;
                case SIGNALLED -> next == RUNNING || next == QUEUED || next == HELD;
                case HELD -> next == RUNNING || next == QUEUED || next == CLOSED;
                case CLOSED -> false;
            };
        }
    }

    static final long RETRY_PAUSE_MILLIS = 1000;

    private final PipeEngine engine;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean closing;
    /** The thread that owns the task inside {@link #work}; guarded by this. */
    private Thread runner;
    /** The thread that owns the task, inside {@link #work} or not; written by assertions alone. */
    private volatile Thread owner;

    /**
     * Makes a task that waits.
     *
     * @param engine runs it
     */
    protected PipeTask(PipeEngine engine) {
        this.engine = engine;
    }

    /**
     * Does the task's work, on a worker that owns the task. An exception reaches the engine's error handler, and the
     * task runs again after a pause.
     *
     * @param  worker    the thread's own memory
     * @return           how to go on
     * @throws Exception for any failure
     */
    protected abstract Outcome work(Worker worker) throws Exception;

    /** Releases everything, as the owner, when the task is closed. Called once; must not throw. */
    protected abstract void release();

    /** {@return the engine that runs this task} */
    protected final PipeEngine engine() {
        return engine;
    }

    /** Has the task run at least once from now on; any thread may call this. Does nothing on a closed task. */
    public final void schedule() {
        if (takeOrSignal(State.QUEUED)) {
            engine.enqueue(this);
        }
    }

    /**
     * Calls {@link #schedule()} later.
     *
     * @param  delayMillis in how long
     * @return             to cancel that
     */
    protected final ScheduledFuture<?> scheduleLater(long delayMillis) {
        return engine.later(this::schedule, delayMillis);
    }

    /** Gives up ownership until {@link #resume()}. The owner calls it before it tells others that it waits. */
    protected final void hold() {
        leave();
        becomes(State.HELD);
        closeIfAsked();
    }

    /** {@return whether the caller owns the task again; false when it was closed} For a hold that nobody else ends. */
    protected final boolean unhold() {
        boolean ours = changes(State.HELD, State.RUNNING);
        if (ours) {
            enter();
        }
        return ours;
    }

    /** Ends a hold: the task will run again. Any thread may call this; does nothing on a closed task. */
    public final void resume() {
        if (changes(State.HELD, State.QUEUED)) {
            queued();
        }
    }

    /**
     * {@return whether the caller became the owner, because there was none} It must then call {@link #handOver}. Not
     * for long work: the pipe's events wait meanwhile.
     */
    protected final boolean claim() {
        return changes(State.WAITING, State.RUNNING) || changes(State.QUEUED, State.RUNNING);
    }

    /** {@return as {@link #claim()}, but also false while the task is in the run queue} */
    protected final boolean claimIfWaiting() {
        return changes(State.WAITING, State.RUNNING);
    }

    /**
     * Gives up ownership, before {@link #work} returns {@link Outcome#HANDED_OVER} or after {@link #claim()}.
     *
     * @param more whether the task has to be run again without an event
     */
    protected final void handOver(boolean more) {
        leave();
        if (more || !letGo(Outcome.WAIT)) {
            letGo(Outcome.AGAIN);
        }
    }

    /**
     * Gives up ownership before {@link #work} returns {@link Outcome#HANDED_OVER}, and has the task run again on a
     * thread that may run the user's code. For a brief task that needs to run such code.
     */
    protected final void handOverToUserWork() {
        hold();
        engine.userWork().carryOn(this::runHeld);
    }

    private void runHeld() {
        if (changes(State.HELD, State.RUNNING)) {
            try (Worker memory = engine.memory()) {
                memory.mayRunUserCode(true);
                run(memory);
            }
        }
    }

    /**
     * Closes the task for good: at once when nobody owns it, otherwise when its owner gives it up. Does not wait for
     * that; see {@link #awaitClosed}.
     */
    public final void close() {
        closing = true;
        closeIfAsked();
    }

    /** {@return whether {@link #close()} could be taken back; false when the task is closed} */
    public final synchronized boolean cancelClose() {
        closing = false;
        return state.get() != State.CLOSED;
    }

    /** {@return whether {@link #close()} was called, so that an owner ends its work early} */
    public final boolean isClosing() {
        return closing;
    }

    /**
     * Waits until the task is closed and has released everything.
     *
     * @param  timeoutMillis        the longest wait
     * @return whether it is closed
     * @throws InterruptedException when the waiting thread was interrupted
     */
    public final boolean awaitClosed(long timeoutMillis) throws InterruptedException {
        return closed.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /** {@return whether the calling thread is the worker that runs this task now, further up on its stack} */
    public final synchronized boolean isRunByCurrentThread() {
        return runner == Thread.currentThread();
    }

    /** {@return whether a thread runs this task now: false while it waits, stands in a queue or is held} */
    public final synchronized boolean isRun() {
        return runner != null;
    }

    /** Interrupts the thread that runs this task now, if any; its interrupt status never reaches another task. */
    public final synchronized void interruptRunner() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    @Override
    final void takeAndRun(Worker worker) {
        if (takeOrSignal(State.RUNNING)) {
            run(worker);
        }
    }

    @Override
    final boolean takeForQueue() {
        return takeOrSignal(State.QUEUED);
    }

    @Override
    final void runFromQueue(Worker worker) {
        if (changes(State.QUEUED, State.RUNNING)) {
            run(worker);
        }
    }

    /** Takes the task out of WAITING, or tells its owner to look again; true when it was taken. */
    private boolean takeOrSignal(State taken) {
        while (true) {
            State seen = state.get();
            State next = seen == State.WAITING ? taken : seen == State.RUNNING ? State.SIGNALLED : seen;
            if (next == seen) {
                // QUEUED, SIGNALLED and HELD will look in any case, CLOSED never
                return false;
            }
            if (changes(seen, next)) {
                return seen == State.WAITING;
            }
        }
    }

    private void run(Worker worker) {
        worker.startShare();
        while (!letGo(workOnce(worker))) {
            // signalled meanwhile: look again
        }
    }

    private Outcome workOnce(Worker worker) {
        enter();
        try {
            return work(worker);
        } catch (Throwable e) {
            boolean stillOurs = isRunByCurrentThread();
            engine.report(e);
            if (!stillOurs) {
                return Outcome.HANDED_OVER;
            }
            Future<?> unused = scheduleLater(RETRY_PAUSE_MILLIS);
            return Outcome.WAIT;
        } finally {
            leave();
            // an interrupt was for this task's work, not for the next task on this thread
            Thread.interrupted();
        }
    }

    /** Gives up ownership; false when the owner has to look again instead. */
    private boolean letGo(Outcome outcome) {
        if (outcome == Outcome.AGAIN) {
            becomes(State.QUEUED);
            queued();
        } else if (outcome == Outcome.WAIT) {
            assert isOwnedNoMore();
            if (!changes(State.RUNNING, State.WAITING)) {
                boolean looksAgain = changes(State.SIGNALLED, State.RUNNING);
                assert looksAgain : state;
                return false;
            }
            closeIfAsked();
        }
        return true;
    }

    private void queued() {
        if (!closeIfAsked()) {
            engine.enqueue(this);
        }
    }

    private boolean closeIfAsked() {
        if (closing && becomesClosed()) {
            try {
                release();
            } finally {
                closed.countDown();
            }
        }
        return state.get() == State.CLOSED;
    }

    private synchronized boolean becomesClosed() {
        return closing
                && (changes(State.WAITING, State.CLOSED)
                        || changes(State.QUEUED, State.CLOSED)
                        || changes(State.HELD, State.CLOSED));
    }

    /** One transition of the table; false when the task is not in the first state. */
    private boolean changes(State from, State to) {
        assert from.mayBecome(to) : from + " to " + to;
        boolean changed = state.compareAndSet(from, to);
        assert !changed || (to != State.RUNNING && to != State.CLOSED) || isOwnedFromNowOn();
        return changed;
    }

    /** Gives up ownership. */
    private void becomes(State next) {
        assert isOwnedNoMore() && state.get().mayBecome(next) : state + " to " + next;
        state.set(next);
    }

    /** Without assertions, the owner is not noted. */
    @Override
    final boolean isOwnedByCurrentThread() {
        return owner == Thread.currentThread();
    }

    private boolean isOwnedFromNowOn() {
        owner = Thread.currentThread();
        return true;
    }

    private boolean isOwnedNoMore() {
        boolean wasOurs = isOwnedByCurrentThread();
        // this has to come before another thread can become the owner
        owner = null;
        return wasOurs;
    }

    private synchronized void enter() {
        runner = Thread.currentThread();
    }

    private synchronized void leave() {
        // after a hand-over, another worker may run the task already
        if (runner == Thread.currentThread()) {
            runner = null;
        }
    }
}
