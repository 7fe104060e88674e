package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.frame.SessionStoreException;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.PipeEngine;
import io.github.camelfifo.pipe.PipeListener;
import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.PipeTask;
import io.github.camelfifo.pipe.Worker;
import io.github.camelfifo.posix.Descriptor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Moves the frames of one pipe into a route, one at a time. It is paused when made.
 *
 * <p>
 * Paused, it reads nothing and delivers nothing: what comes stays in the kernel, and what was read stays here. Flowing,
 * it delivers whatever comes. Draining, it delivers what there was up to a target, goes on to the end of a frame that the
 * target cuts, and is paused again. Modes may be changed by any thread; everything else is the owner's.
 */
final class FramePump extends PipeTask {

    /** Where frames go to. Called by the pump's owner. */
    interface Outlet {

        /**
         * Takes a frame on.
         *
         * @return true when it is done; false when the pump is held until it is, or closed
         */
        boolean deliver(Frame frame, FramePump pump);

        /** How the frame has fared that was delivered last. */
        default Verdict verdict() {
            return Verdict.DONE;
        }

        /** In how many milliseconds to deliver a frame again. */
        default long retryMillis() {
            return 0;
        }

        /** A frame is lost: it was too long, or could not be kept. */
        void lost(IOException reason, FramePump pump);

        /**
         * Reading has failed and will be tried again.
         *
         * @return whether that will do until it has succeeded
         */
        boolean readingFailed(IOException reason);
    }

    /** Who has the pump. Called by the pump's owner. */
    interface Holder {

        /** The last writer has closed, all is delivered, and that was to be the end; the pump is paused. */
        void ended(FramePump pump);

        /** The pump is being closed, and its reader is still open. */
        void closing(FramePump pump);
    }

    /** What has become of a frame. */
    enum Verdict {
        /** It is not dealt with. */
        PENDING,
        /** It is dealt with, well or not. */
        DONE,
        /** It is to be delivered again. */
        AGAIN
    }

    /**
     * What to read.
     *
     * @param descriptor a non-blocking reading end; the pump closes it
     * @param hadWriter whether a writer was there before, so that finding none is the end
     * @param listener is told when the pipe cannot be opened anew after its writers have gone
     * @param intake how the bytes come out of it
     */
    record Source(
            Descriptor descriptor, boolean hadWriter, PipeListener listener, Function<PipeReader, Intake> intake) {}

    private enum Mode {
        PAUSED,
        FLOWING,
        DRAINING
    }

    private static final long RETRY_MILLIS = 100;
    /** A stop does not wait longer than a second for a pipe that cannot be read. */
    private static final int MOST_FAILURES_WHILE_DRAINING = 10;

    private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Outlet outlet;
    private final PipeReader reader;
    private final Intake intake;
    private final Frames frames;
    private final Turns turns;
    private final Holder holder;
    private final IntSupplier allowance = this::allowance;
    private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.PAUSED);
    /** Held from when the owner finds that it may read until it has read. */
    private final ReentrantLock reading = new ReentrantLock();
    /** Whether the owner holds that; confined to it. */
    private boolean reads;
    /** These are written before the mode becomes DRAINING. */
    private long target;

    private boolean endAtTarget;
    private int failuresWhileDraining;
    private volatile long drainBeganNanos;
    private volatile CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);
    private boolean readingFails;
    private volatile boolean lastSpell;
    /** With the outlet. */
    private Frame delivered;
    /** To be delivered again, not before a time of System.nanoTime(); null for none. */
    private Frame refused;

    private long retryNanos;

    /**
     * Takes a FIFO over that is open already.
     *
     * @param engine      runs it
     * @param outlet      gets the frames
     * @param source what to read
     * @param frames      makes messages of what is read
     * @param turns       when to deliver
     * @param holder      is told of the end
     */
    FramePump(PipeEngine engine, Outlet outlet, Source source, Frames frames, Turns turns, Holder holder) {
        super(engine);
        this.outlet = outlet;
        this.reader = new PipeReader(engine, this, source.descriptor(), source.hadWriter(), source.listener());
        this.intake = source.intake().apply(reader);
        this.frames = frames;
        this.turns = turns;
        this.holder = holder;
        frames.from(intake);
        turns.join(this);
    }

    /** Delivers whatever comes from now on. */
    void flow() {
        mode.set(Mode.FLOWING);
        if (claimIfWaiting()) {
            // a thousand idle pipes are armed here sooner than by a thousand turns of the workers, which would make
            // more of them
            handOver(!armIfNothingIsHeld());
        } else {
            schedule();
        }
    }

    /** Where frames may be held, or the kernel refuses, a worker has to look. */
    private boolean armIfNothingIsHeld() {
        if (lastSpell || delivered != null || refused != null || !frames.isBetweenFrames()) {
            return false;
        }
        try {
            intake.arm();
            return true;
        } catch (IOException e) {
            // the worker will meet it too, and tells
            return false;
        }
    }

    /**
     * Begins no further frame; does not wait for one that has been begun. Ends a {@link #drain} too. What comes after the
     * return stays in the kernel.
     */
    void pause() {
        mode.set(Mode.PAUSED);
        awaitRead();
        drained.complete(null);
    }

    /** An owner that was about to read in the mode before has read then, and asks for the mode before it reads again. */
    private void awaitRead() {
        reading.lock();
        try {
            // whoever held it is through
        } finally {
            reading.unlock();
        }
    }

    /**
     * Whether the present spell of writers is the last one, after which the pump has {@link Holder#ended}; it has at once,
     * when there is no writer.
     */
    void lastSpell(boolean last) {
        lastSpell = last;
        reader.lastSpell(last);
        frames.lastSpell(last);
        schedule();
    }

    boolean isPaused() {
        return mode.get() == Mode.PAUSED;
    }

    /** The position of the last byte that is in the pipe now; everything before it is there to be delivered. */
    long end() throws IOException {
        return intake.end();
    }

    /**
     * Delivers what there is up to a position of {@link #end()}, then pauses for good.
     *
     * @param to  the position; the end of the frame that it cuts counts
     * @param end whether to deliver an unfinished frame too, when the pipe runs empty in the middle of it
     */
    CompletableFuture<Void> drain(long to, boolean end) {
        target = to;
        failuresWhileDraining = 0;
        endAtTarget = end;
        CompletableFuture<Void> done = new CompletableFuture<>();
        drained = done;
        drainBeganNanos = System.nanoTime();
        mode.set(Mode.DRAINING);
        if (claim()) {
            // a thousand idle pipes are found empty here sooner than by a thousand turns of the workers
            boolean nothingLeft = intake.position() >= target && frames.isBetweenFrames();
            if (nothingLeft) {
                drained();
            }
            handOver(!nothingLeft);
        } else {
            schedule();
        }
        return done;
    }

    boolean isDraining() {
        return mode.get() == Mode.DRAINING;
    }

    /**
     * Whether {@link #drain} has something left to do. Where it has just begun it gets a moment to find out, because Camel,
     * told that something is left, asks again only after a second.
     */
    boolean isDrainPending() {
        long left = drainBeganNanos + FIRST_LOOK_NANOS - System.nanoTime();
        try {
            return isDraining() && !(left > 0 && awaitDrained(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isDraining();
        }
    }

    /** Waits for the end of {@link #drain}. */
    void awaitDrained() throws InterruptedException {
        try {
            drained.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean awaitDrained(long nanos) throws InterruptedException {
        try {
            drained.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits for what the last frame has set off elsewhere; nothing else is delivered meanwhile.
     *
     * @param  isPending makes known that the pump is to be resumed when that is done; false when it is done already
     * @return           whether the pump is the caller's no more
     */
    boolean holdIf(BooleanSupplier isPending) {
        frames.keepRest();
        hold();
        return isPending.getAsBoolean() || !unhold();
    }

    PipeReader reader() {
        return reader;
    }

    Frames frames() {
        return frames;
    }

    @Override
    protected Outcome work(Worker worker) throws Exception {
        while (!turns.begin(this)) {
            if (holdIf(() -> turns.await(this))) {
                return Outcome.HANDED_OVER;
            }
        }
        Outcome outcome = Outcome.WAIT;
        try {
            outcome = workInTurn(worker);
            return outcome;
        } finally {
            if (outcome != Outcome.HANDED_OVER) {
                turns.end(this);
            }
        }
    }

    private Outcome workInTurn(Worker worker) throws Exception {
        try {
            Outcome outcome = pump(worker);
            if (outcome != Outcome.HANDED_OVER) {
                readingFails = false;
            }
            return outcome;
        } catch (IOException e) {
            return tryAgainLater(e);
        } catch (RuntimeException | Error e) {
            frames.keepRest();
            throw e;
        }
    }

    @Override
    protected void release() {
        drained.complete(null);
        turns.leave(this);
        try {
            settleLast();
            holder.closing(this);
        } finally {
            reader.close();
        }
    }

    private Outcome pump(Worker worker) throws IOException {
        settle(worker);
        Mode now = mode.get();
        while (now != Mode.PAUSED && !isClosing()) {
            if (refused != null && (now == Mode.DRAINING || System.nanoTime() - retryNanos < 0)) {
                return awaitRetry(now);
            }
            Frame frame = refused == null ? next(worker, now) : refused;
            if (frame == null) {
                frames.done(worker);
                return nothingLeft(now);
            }
            refused = null;
            delivered = frame;
            if (!outlet.deliver(frame, this)) {
                return Outcome.HANDED_OVER;
            }
            settle(worker);
            if (worker.shouldGiveWay() || turns.areAwaited()) {
                frames.keepRest();
                return Outcome.AGAIN;
            }
            now = mode.get();
        }
        frames.keepRest();
        return Outcome.WAIT;
    }

    /** Draws the consequence of what has become of the last frame. */
    private void settle(Worker worker) throws IOException {
        Frame last = delivered;
        if (last == null) {
            return;
        }
        delivered = null;
        switch (outlet.verdict()) {
            case DONE -> frames.done(worker);
            case AGAIN -> retryLater(last);
            // cut short by the end: it stays in the pipe
            case PENDING -> {}
        }
    }

    private void retryLater(Frame frame) {
        refused = frame;
        long delay = outlet.retryMillis();
        retryNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
        Future<?> unused = engine().scheduleLater(this, delay);
    }

    /** The last frame may have been dealt with just before the pump was closed. */
    private void settleLast() {
        if (delivered != null && outlet.verdict() == Verdict.DONE) {
            try (Worker memory = engine().memory()) {
                frames.done(memory);
            } catch (IOException e) {
                boolean unused = outlet.readingFailed(e);
            }
        }
    }

    /** Stop does not wait for a retry. */
    private Outcome awaitRetry(Mode now) {
        frames.keepRest();
        if (now == Mode.DRAINING) {
            drained();
        }
        return Outcome.WAIT;
    }

    /**
     * The next frame, or null. Whether null means that all is drained is for the mode to say that held <em>before</em> the
     * pipe was found empty; if the mode has changed since, the task has been signalled and will look again.
     */
    private Frame next(Worker worker, Mode now) throws IOException {
        while (true) {
            try {
                Frame frame = readNext(worker);
                boolean ranEmpty = frame == null && now == Mode.DRAINING && isDraining();
                return ranEmpty && endAtTarget ? frames.cutShort() : frame;
            } catch (FrameTooLongException | SessionStoreException e) {
                outlet.lost(e, this);
                frames.done(worker);
            }
        }
    }

    private Frame readNext(Worker worker) throws IOException {
        try {
            return frames.next(worker, allowance);
        } finally {
            if (reads) {
                reads = false;
                reading.unlock();
            }
        }
    }

    /** How many bytes may be read now; they are read before {@link #pause} returns. */
    private int allowance() {
        if (!reads) {
            reading.lock();
            reads = true;
        }
        return switch (mode.get()) {
            case PAUSED -> 0;
            case FLOWING -> Integer.MAX_VALUE;
            case DRAINING -> {
                long missing = target - intake.position();
                yield missing > 0 ? (int) Math.min(missing, Integer.MAX_VALUE) : frames.bytesWanted();
            }
        };
    }

    private Outcome nothingLeft(Mode now) throws IOException {
        frames.keepRest();
        if (now == Mode.FLOWING && frames.hasEnded()) {
            if (mode.compareAndSet(Mode.FLOWING, Mode.PAUSED)) {
                holder.ended(this);
            }
        } else if (now == Mode.FLOWING) {
            intake.arm();
        } else {
            drained();
        }
        return Outcome.WAIT;
    }

    private void drained() {
        mode.compareAndSet(Mode.DRAINING, Mode.PAUSED);
        drained.complete(null);
    }

    private Outcome tryAgainLater(IOException reason) {
        frames.keepRest();
        if (!readingFails) {
            readingFails = outlet.readingFailed(reason);
        }
        if (isDraining() && ++failuresWhileDraining >= MOST_FAILURES_WHILE_DRAINING) {
            drained();
        }
        if (!isPaused()) {
            Future<?> unused = engine().scheduleLater(this, RETRY_MILLIS);
        }
        return Outcome.WAIT;
    }
}
