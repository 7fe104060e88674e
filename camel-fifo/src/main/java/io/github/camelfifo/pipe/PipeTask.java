package io.github.camelfifo.pipe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Work on one pipe, done by one thread at a time. The engine runs it when a descriptor that it watches is ready
 * ({@link Watch}) and when somebody asks for it ({@link #schedule()}).
 *
 * <p>
 * Whoever holds the task in the state RUNNING owns it, and only the owner may read, write, arm or close its descriptors.
 * Ownership passes by compare-and-set:
 *
 * <pre>
 * WAITING   nobody's; a descriptor may be armed
 *   an event arrived        → RUNNING, on the worker that got it; QUEUED where that may not run it, see {@link UserWork}
 *   schedule()              → QUEUED
 *   close()                 → CLOSED, by the closing thread
 * QUEUED    nobody's; in a queue of the engine's
 *   a worker takes it       → RUNNING
 *   close()                 → CLOSED, by the closing thread
 * RUNNING   the owner's
 *   an event, schedule()    → SIGNALLED
 *   the owner is done       → WAITING, QUEUED or, if asked to, CLOSED
 *   hold()                  → HELD
 * SIGNALLED like RUNNING, and the owner has to look again before it lets go
 * HELD      nobody's; nothing happens to the pipe until something else is done
 *   resume()                → QUEUED
 *   close()                 → CLOSED, by the closing thread
 * CLOSED    for good; {@link #release()} is called by whoever made it so
 * </pre>
 *
 * The state SIGNALLED makes it safe to arm a descriptor <em>before</em> letting go: an event that comes in between is not
 * lost, and nobody can close the descriptor under the call that arms it.
 */
public abstract class PipeTask {

    /** How a task's {@link #work} has ended. */
    public enum Outcome {
        /** There is nothing to do until an event comes or somebody calls {@link #schedule()}. */
        WAIT,
        /** There is more to do, after the others had their turn. */
        AGAIN,
        /** The worker does not own the task any more, after {@link #hold()} or {@link #handOver}. */
        HANDED_OVER
    }

    private enum State {
        WAITING,
        QUEUED,
        RUNNING,
        SIGNALLED,
        HELD,
        CLOSED
    }

    private final PipeEngine engine;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean closing;
    /** The thread that owns the task inside {@link #work}; guarded by this. */
    private Thread runner;

    /**
     * A task that waits.
     *
     * @param engine will run it
     */
    protected PipeTask(PipeEngine engine) {
        this.engine = engine;
    }

    /**
     * Does what there is to do, on a worker that owns the task. An exception reaches the engine's error handler, and the
     * task is run again after a pause.
     *
     * @param  worker    the thread's own memory
     * @return           how to go on
     * @throws Exception whatever goes wrong
     */
    protected abstract Outcome work(Worker worker) throws Exception;

    /**
     * Whether {@link #work} never runs the user's code and never waits. Then the task is run though all workers are taken by
     * tasks that do.
     *
     * @return false for a task that may take or wait as long as it likes
     */
    protected boolean isBrief() {
        return false;
    }

    /** Lets go of everything, as the owner, when the task is closed. Called exactly once; must not throw. */
    protected abstract void release();

    /**
     * The engine that runs this task.
     *
     * @return never null
     */
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
     * Gives up ownership until {@link #resume()}; by the owner, before it makes known that it waits for something.
     */
    protected final void hold() {
        leave();
        state.set(State.HELD);
        closeIfAsked();
    }

    /**
     * Takes a hold back that nobody will end.
     *
     * @return true when the caller owns the task again; false when it was closed meanwhile
     */
    protected final boolean unhold() {
        boolean ours = state.compareAndSet(State.HELD, State.RUNNING);
        if (ours) {
            enter();
        }
        return ours;
    }

    /** Ends a hold: the task will run again. Any thread may call this; does nothing on a closed task. */
    public final void resume() {
        if (state.compareAndSet(State.HELD, State.QUEUED)) {
            queued();
        }
    }

    /**
     * Makes the calling thread the owner, if nobody is; it must then call {@link #handOver}. Not for long work: the pipe's
     * events wait meanwhile.
     *
     * @return whether the caller owns the task now
     */
    protected final boolean claim() {
        return state.compareAndSet(State.WAITING, State.RUNNING) || state.compareAndSet(State.QUEUED, State.RUNNING);
    }

    /**
     * As {@link #claim()}, but leaves a task alone that is in the run queue: somebody has asked for it to be run.
     *
     * @return whether the caller owns the task now
     */
    protected final boolean claimIfWaiting() {
        return state.compareAndSet(State.WAITING, State.RUNNING);
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
     * Gives up ownership before {@link #work} returns {@link Outcome#HANDED_OVER}, and has the task run again on a thread that
     * may run the user's code: for a brief task that comes upon some.
     */
    protected final void handOverToUserWork() {
        hold();
        engine.userWork().carryOn(this::runHeld);
    }

    private void runHeld() {
        if (state.compareAndSet(State.HELD, State.RUNNING)) {
            try (Worker memory = engine.memory()) {
                memory.mayRunUserCode(true);
                run(memory);
            }
        }
    }

    /**
     * Closes the task for good: at once when nobody owns it, otherwise as soon as its owner lets go. Returns without
     * waiting for that; see {@link #awaitClosed}.
     */
    public final void close() {
        closing = true;
        closeIfAsked();
    }

    /**
     * Takes {@link #close()} back, as long as the owner has not let go.
     *
     * @return false when the task is closed
     */
    public final synchronized boolean cancelClose() {
        closing = false;
        return state.get() != State.CLOSED;
    }

    /**
     * Whether {@link #close()} was called, so that an owner ends its work early.
     *
     * @return also true when the task is closed
     */
    public final boolean isClosing() {
        return closing;
    }

    /**
     * Waits until the task is closed and has let go of everything.
     *
     * @param  timeoutMillis        at most so long
     * @return                      whether it is
     * @throws InterruptedException when the waiting thread was interrupted
     */
    public final boolean awaitClosed(long timeoutMillis) throws InterruptedException {
        return closed.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Whether the calling thread is the worker that runs this task now, further up on its stack.
     *
     * @return false on any other thread
     */
    public final synchronized boolean isRunByCurrentThread() {
        return runner == Thread.currentThread();
    }

    /**
     * Whether a thread runs this task now.
     *
     * @return false while it waits, stands in a queue or is held
     */
    public final synchronized boolean isRun() {
        return runner != null;
    }

    /** Interrupts the thread that runs this task now, if any; its interrupt status never reaches another task. */
    public final synchronized void interruptRunner() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** On a worker, after an event. */
    void runAfterEvent(Worker worker) {
        if (isBrief()) {
            takeAndRun(worker);
        } else {
            engine.userWork().runAfterEvent(worker, this);
        }
    }

    /** Runs a task that waits; its owner looks again where there is one. */
    void takeAndRun(Worker worker) {
        if (takeOrSignal(State.RUNNING)) {
            run(worker);
        }
    }

    /** Takes a task that waits, to stand in a queue until {@link #runFromQueue}; false when it need not or is taken. */
    boolean takeForQueue() {
        return takeOrSignal(State.QUEUED);
    }

    /** On a worker that took this task from the run queue. */
    void runFromQueue(Worker worker) {
        if (state.compareAndSet(State.QUEUED, State.RUNNING)) {
            run(worker);
        }
    }

    /** Takes the task out of WAITING, or tells its owner to look again; true when it was taken. */
    private boolean takeOrSignal(State taken) {
        while (true) {
            State seen = state.get();
            State next = seen == State.WAITING ? taken : seen == State.RUNNING ? State.SIGNALLED : seen;
            if (next == seen) {
                // QUEUED, SIGNALLED and HELD will look anyway, CLOSED never
                return false;
            }
            if (state.compareAndSet(seen, next)) {
                return seen == State.WAITING;
            }
        }
    }

    private void run(Worker worker) {
        worker.startShare();
        boolean done;
        do {
            done = letGo(workOnce(worker));
        } while (!done);
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
            Future<?> unused = engine.scheduleLater(this, PipeEngine.RETRY_PAUSE_MILLIS);
            return Outcome.WAIT;
        } finally {
            leave();
            // an interrupt was meant for this task's work, not for the next task on this thread
            Thread.interrupted();
        }
    }

    /** Gives up ownership; false when the owner has to look again instead. */
    private boolean letGo(Outcome outcome) {
        return switch (outcome) {
            case HANDED_OVER -> true;
            case AGAIN -> {
                state.set(State.QUEUED);
                queued();
                yield true;
            }
            case WAIT -> {
                boolean waits = state.compareAndSet(State.RUNNING, State.WAITING);
                if (waits) {
                    closeIfAsked();
                } else {
                    state.set(State.RUNNING);
                }
                yield waits;
            }
        };
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
                && (state.compareAndSet(State.WAITING, State.CLOSED)
                        || state.compareAndSet(State.QUEUED, State.CLOSED)
                        || state.compareAndSet(State.HELD, State.CLOSED));
    }

    private synchronized void enter() {
        runner = Thread.currentThread();
    }

    private synchronized void leave() {
        // once handed over, another worker may be running the task already
        if (runner == Thread.currentThread()) {
            runner = null;
        }
    }
}
