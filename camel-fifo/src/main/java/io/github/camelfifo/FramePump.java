package io.github.camelfifo;

import io.github.camelfifo.FlowControl.Mode;
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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

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
         * A frame may come next. Asked before the pump finds out whether it is paused or closed: whoever does that sees that a
         * frame may be begun, or none is.
         *
         * @return false when it has to wait; the pump is scheduled when it has not any more
         */
        default boolean mayBegin() {
            return true;
        }

        /** Whether frames are taken on without running the user's code. */
        default boolean isBrief() {
            return false;
        }

        /** None has come, whether or not one might have begun. */
        default void beginsNone() {}

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

        /** What was delivered or lost last has left the pipe. */
        default void taken(FramePump pump) {}

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
        /** It is to be delivered again after {@link Outlet#retryMillis()}. */
        AGAIN,
        /** It is to be delivered when one is wanted. */
        UNWANTED
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

    /** After reading has failed. */
    static final long RETRY_MILLIS = 100;

    private final Outlet outlet;
    private final PipeReader reader;
    private final Intake intake;
    private final Frames frames;
    private final Turns turns;
    private final Holder holder;
    private final FlowControl flow;
    private boolean readingFails;
    /** With the outlet. */
    private Frame delivered;
    /** Whether the next one is not to be delivered before a time of System.nanoTime(). */
    private boolean retries;

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
        this.flow = new FlowControl(intake, frames);
        frames.from(intake);
        turns.join(this);
    }

    /** Delivers whatever comes from now on. */
    void flow() {
        flow.flow();
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
        if (frames.isLastSpell() || delivered != null || !frames.isBetweenFrames()) {
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
        flow.pause();
    }

    /**
     * Whether the present spell of writers is the last one, after which the pump has {@link Holder#ended}; it has at once,
     * when there is no writer.
     */
    void lastSpell(boolean last) {
        reader.lastSpell(last);
        frames.lastSpell(last);
        schedule();
    }

    boolean isPaused() {
        return flow.isPaused();
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
        CompletableFuture<Void> done = flow.drain(to, end);
        if (claimIfWaiting()) {
            // a thousand idle pipes are found empty here sooner than by a thousand turns of the workers
            Mode now = flow.now();
            boolean nothingLeft = now.isDrain() && flow.isTargetReached(now) && frames.isBetweenFrames();
            if (nothingLeft) {
                flow.drained(now);
            }
            handOver(!nothingLeft);
        } else {
            schedule();
        }
        return done;
    }

    /** Delivers what was taken out of the pipe already, as {@link #drain}. */
    CompletableFuture<Void> drainRead() {
        return drain(reader.position(), false);
    }

    boolean isDraining() {
        return flow.isDraining();
    }

    /** See {@link FlowControl#isDrainPending()}. */
    boolean isDrainPending() {
        return flow.isDrainPending();
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

    @Override
    protected boolean isBrief() {
        return outlet.isBrief();
    }

    private Outcome workInTurn(Worker worker) throws Exception {
        try {
            Outcome outcome = pump(worker);
            if (outcome == Outcome.WAIT) {
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
        turns.leave(this);
        try {
            settleLast();
            holder.closing(this);
        } finally {
            reader.close();
            // only now can nobody ask for another drain
            flow.pause();
        }
    }

    private Outcome pump(Worker worker) throws IOException {
        settle(worker);
        while (true) {
            Mode now = mayBegin();
            boolean begins = now != Mode.PAUSED && !awaitsRetry(now);
            Frame frame = begins ? nextToBegin(worker, now) : noneToBegin();
            if (frame == null) {
                return begins ? endsWith(worker, now) : stands(now);
            }
            delivered = frame;
            if (!outlet.deliver(frame, this)) {
                return Outcome.HANDED_OVER;
            }
            settle(worker);
            if (worker.shouldGiveWay() || turns.areAwaited()) {
                frames.keepRest();
                return Outcome.AGAIN;
            }
        }
    }

    private Mode mayBegin() {
        // one that is closed leaves the outlets of the next start alone
        boolean mayBegin = !isClosing() && outlet.mayBegin();
        Mode now = flow.now();
        return mayBegin && !isClosing() ? now : Mode.PAUSED;
    }

    private Frame nextToBegin(Worker worker, Mode now) throws IOException {
        retries = false;
        Frame frame = null;
        try {
            frame = next(worker, now);
            return frame;
        } finally {
            if (frame == null) {
                outlet.beginsNone();
            }
        }
    }

    private Frame noneToBegin() {
        outlet.beginsNone();
        return null;
    }

    /** Stop does not wait for a retry, which is left to the next start. */
    private boolean awaitsRetry(Mode now) {
        return retries && (now.isDrain() || System.nanoTime() - retryNanos < 0);
    }

    private Outcome endsWith(Worker worker, Mode now) throws IOException {
        frames.done(worker);
        return nothingLeft(now);
    }

    private Outcome stands(Mode now) {
        frames.keepRest();
        flow.drained(now);
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
            case DONE -> take(worker);
            case AGAIN -> retryLater(last, worker);
            case UNWANTED -> frames.putBack(last, worker);
            // cut short by the end: it stays in the pipe
            case PENDING -> {}
        }
    }

    private void take(Worker worker) throws IOException {
        try {
            frames.done(worker);
        } finally {
            // where that has failed, too: it was delivered, and will not be again
            outlet.taken(this);
        }
    }

    private void retryLater(Frame frame, Worker worker) throws IOException {
        frames.putBack(frame, worker);
        retries = true;
        long delay = outlet.retryMillis();
        retryNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
        Future<?> unused = engine().scheduleLater(this, delay);
    }

    /** The last frame may have been dealt with just before the pump was closed. */
    private void settleLast() {
        if (delivered != null) {
            try (Worker memory = engine().memory()) {
                settle(memory);
            } catch (IOException e) {
                boolean unused = outlet.readingFailed(e);
            }
        }
    }

    /**
     * The next frame, or null. Whether null means that all is drained is for the mode to say that held <em>before</em> the
     * pipe was found empty; if the mode has changed since, the task is signalled and will look again.
     */
    private Frame next(Worker worker, Mode now) throws IOException {
        while (true) {
            try {
                Frame frame = frames.next(worker, flow);
                boolean ranEmpty = frame == null && now.isDrain() && now == flow.now();
                return ranEmpty && now.endsAtTarget() ? frames.cutShort() : frame;
            } catch (FrameTooLongException | SessionStoreException e) {
                outlet.lost(e, this);
                take(worker);
            }
        }
    }

    private Outcome nothingLeft(Mode now) throws IOException {
        frames.keepRest();
        if (now != Mode.FLOWING) {
            flow.drained(now);
        } else if (!frames.hasEnded()) {
            intake.arm();
        } else if (flow.pauseIfFlowing()) {
            holder.ended(this);
        }
        return Outcome.WAIT;
    }

    private Outcome tryAgainLater(IOException reason) {
        frames.keepRest();
        if (!readingFails) {
            readingFails = outlet.readingFailed(reason);
        }
        Mode now = flow.now();
        if (now.isDrain() && now.hasFailedTooOften()) {
            flow.drained(now);
        }
        if (!isPaused()) {
            Future<?> unused = engine().scheduleLater(this, RETRY_MILLIS);
        }
        return Outcome.WAIT;
    }
}
