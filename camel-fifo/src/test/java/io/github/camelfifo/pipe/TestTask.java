package io.github.camelfifo.pipe;

import java.util.concurrent.atomic.AtomicInteger;

/** A task whose work is given to it, and which notices when it is run as it never should be. */
final class TestTask extends PipeTask {

    /** What a task does. */
    @FunctionalInterface
    interface Work {
        Outcome run(TestTask task, Worker worker) throws Exception;
    }

    private final Work work;
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger released = new AtomicInteger();
    private final AtomicInteger breaches = new AtomicInteger();
    /** Whether the thread is the owner, as far as it knows. */
    private final ThreadLocal<Boolean> owner = ThreadLocal.withInitial(() -> false);

    private volatile Thread releasedBy;
    /** Null for nothing. */
    private volatile Runnable atRelease;

    TestTask(PipeEngine engine, Work work) {
        super(engine);
        this.work = work;
    }

    /** What only the owner may do when the task is closed. */
    void atRelease(Runnable action) {
        atRelease = action;
    }

    PipeEngine itsEngine() {
        return engine();
    }

    int runs() {
        return runs.get();
    }

    int released() {
        return released.get();
    }

    Thread releasedBy() {
        return releasedBy;
    }

    /** How often it was run by two threads at once, or after it was released, or released while it ran. */
    int breaches() {
        return breaches.get();
    }

    /** {@link #hold()}, with which the caller stops being the owner. */
    void holdNow() {
        leave();
        hold();
    }

    /** {@link #unhold()}, with which the caller may be the owner again. */
    boolean unholdNow() {
        boolean owner = unhold();
        if (owner) {
            enter();
        }
        return owner;
    }

    /** {@link #claim()}, {@link #handOver}, with something in between that only the owner may do. */
    boolean claimAndHandOver(boolean more) {
        boolean owner = claim();
        if (owner) {
            enter();
            Thread.onSpinWait();
            leave();
            handOver(more);
        }
        return owner;
    }

    @Override
    protected Outcome work(Worker worker) throws Exception {
        runs.incrementAndGet();
        enter();
        try {
            return work.run(this, worker);
        } finally {
            if (owner.get()) {
                leave();
            }
        }
    }

    @Override
    protected void release() {
        if (inside.get() != 0) {
            breaches.incrementAndGet();
        }
        if (atRelease != null) {
            atRelease.run();
        }
        releasedBy = Thread.currentThread();
        released.incrementAndGet();
    }

    private void enter() {
        owner.set(true);
        if (inside.incrementAndGet() != 1 || released.get() != 0) {
            breaches.incrementAndGet();
        }
    }

    private void leave() {
        owner.set(false);
        inside.decrementAndGet();
    }
}
