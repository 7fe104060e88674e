package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.PipeEngine;
import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.PipeStatus;
import io.github.camelfifo.pipe.PipeTask;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Moves the messages of one pipe to a handler, one at a time. The engine runs it; {@link Pumps} leads the pumps of a
 * consumer. It starts paused.
 *
 * <p>
 * A paused pump reads and delivers nothing: incoming bytes stay in the kernel, and bytes that were read stay here. A
 * flowing pump delivers everything. A draining pump delivers everything up to a target and the rest of a frame that the
 * target cuts, and then pauses. Any thread may change the mode; everything else belongs to the owner.
 */
final class FramePump extends PipeTask implements FrameInWork.Owner {

    private final PumpTarget target;
    private final PipeReader reader;
    private final Intake intake;
    private final Frames frames;
    private final Turns turns;
    private final PumpListener listener;
    private final FlowControl flow;
    private final Redelivery redelivery;
    private final Runnable schedule = this::schedule;
    private boolean readingFails;
    /** Null for a pump that has its turns like all others. */
    private Lead lead;
    /** The message that the handler has; null for none. */
    private FrameInWork inWork;

    /**
     * Takes over a FIFO that is open already.
     *
     * @param engine runs it
     * @param frames makes messages of the bytes
     * @param turns says when to deliver
     * @param listener hears of the end
     */
    FramePump(
            PipeEngine engine,
            PumpTarget target,
            PumpSource source,
            Frames frames,
            Turns turns,
            PumpListener listener) {
        super(engine);
        this.target = target;
        this.reader = new PipeReader(engine, this, source.end(), source.listener());
        this.intake = source.intake().apply(reader);
        this.frames = frames;
        this.turns = turns;
        this.listener = listener;
        this.flow = new FlowControl(intake);
        this.redelivery = new Redelivery(target.retryMillis());
        frames.from(intake, flow);
        turns.join(this);
    }

    /** Delivers everything from now on. */
    void flow() {
        flow.flow();
        if (claimIfWaiting()) {
            // Arms a thousand idle pipes sooner than a thousand turns of the workers, which would start more workers.
            handOver(!armIfNothingIsHeld());
        } else {
            schedule();
        }
    }

    /** Arms the idle pipe; false when a worker has to look, because messages may be held or the kernel refuses. */
    private boolean armIfNothingIsHeld() {
        if (frames.endsWithSession() || inWork != null || !frames.isBetweenFrames()) {
            return false;
        }
        try {
            intake.arm();
            return true;
        } catch (IOException e) {
            // the worker will have the same failure and reports it
            return false;
        }
    }

    /**
     * Begins no further message; does not wait for the message in work. Ends a {@link #drain} too. Bytes that come
     * after the return stay in the kernel.
     */
    void pause() {
        flow.pause();
    }

    /**
     * Says whether this session of writers is the last one: then the pump {@link PumpListener#ended} after it, or at
     * once when there is no writer.
     */
    void noMoreWriters(boolean none) {
        reader.noMoreWriters(none);
        frames.noMoreWriters(none);
        schedule();
    }

    /** Delivers what is in the pipe now before the other pumps deliver; to be called before it flows. */
    void lead() throws IOException {
        lead = new Lead(engine(), this, turns, end());
    }

    /** Takes nothing out of the pipe after the return, whatever ends later. */
    void forbidTaking() {
        intake.forbidTaking();
    }

    /** The position after the last byte that is in the pipe now. Everything before it can be delivered. */
    long end() throws IOException {
        return intake.end();
    }

    /** How many bytes in the pipe are not done. */
    long leftInPipe() throws IOException {
        return intake.end() - intake.released();
    }

    /**
     * Delivers everything up to a position of {@link #end()}, and then pauses.
     *
     * @param to the position; a frame that it cuts is delivered whole
     * @param end whether to deliver an unfinished frame too, if the pipe runs empty in its middle
     */
    CompletableFuture<Void> drain(long to, boolean end) {
        CompletableFuture<Void> done = flow.drain(to, end);
        if (claimIfWaiting()) {
            // finds a thousand idle pipes empty sooner than a thousand turns of the workers
            PumpMode now = flow.now();
            boolean nothingLeft = now.isDrain() && flow.isTargetReached(now) && frames.isBetweenFrames();
            if (nothingLeft) {
                restOfLead(now);
                flow.drained(now);
            }
            handOver(!nothingLeft);
        } else {
            schedule();
        }
        return done;
    }

    /** Delivers the bytes that were taken out of the pipe already, as {@link #drain}. */
    CompletableFuture<Void> drainRead() {
        return drain(intake.released(), false);
    }

    /** Closes the paused pump of a pipe that is empty and will have no more writers; does nothing to another. */
    void closeIfDeserted() throws IOException {
        if (!frames.endsWithSession() || flow.now() != PumpMode.PAUSED || !claimIfWaiting()) {
            return;
        }
        try (Worker memory = engine().memory()) {
            if (frames.isBetweenFrames() && reader.isDeserted(memory)) {
                frames.reachEnd();
                close();
            }
        } finally {
            handOver(false);
        }
    }

    /** What it does now. */
    PumpMode mode() {
        return flow.now();
    }

    PipeReader reader() {
        return reader;
    }

    /** What the pipe is like now, for any thread; null when it is closed. */
    PipeStatus status(long inode) {
        return reader.status(inode, intake::released);
    }

    Frames frames() {
        return frames;
    }

    @Override
    protected boolean isBrief() {
        return target.handler().isBrief();
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
            outcome = deliverAll(worker);
            readingFails &= outcome != Outcome.WAIT;
            return outcome;
        } catch (IOException e) {
            tryAgainLater(e);
            return outcome;
        } catch (RuntimeException | Error e) {
            frames.keepRest();
            throw e;
        } finally {
            if (outcome != Outcome.HANDED_OVER) {
                turns.end(this);
            }
        }
    }

    private Outcome deliverAll(Worker worker) throws IOException {
        settle(worker);
        while (true) {
            // a closed pump leaves the gate alone: the gate belongs to the next start
            boolean begun = !isClosing() && target.gate().begin(schedule);
            PumpMode now = begun && !isClosing() ? flow.now() : PumpMode.PAUSED;
            boolean delivers = now != PumpMode.PAUSED && !redelivery.isAwaited(now);
            try {
                inWork = delivers ? next(worker, now) : null;
            } finally {
                if (begun && inWork == null) {
                    target.gate().end();
                }
            }
            if (inWork == null) {
                return rest(worker, now, delivers);
            }
            target.handler().deliver(inWork);
            if (!inWork.isEnded()) {
                takeDone(worker);
                if (holdIf(inWork::leave)) {
                    return Outcome.HANDED_OVER;
                }
            }
            settle(worker);
            if (lead != null) {
                lead.delivered(reader.position() - frames.bytesHeld());
            }
            if (worker.shouldGiveWay() || turns.areAwaited()) {
                takeDone(worker);
                frames.keepRest();
                return Outcome.AGAIN;
            }
        }
    }

    /**
     * The next message, or null. For the end of a drain, {@code now} counts, the mode from <em>before</em> the pipe was
     * found empty; when the mode has changed since, the task is signalled and looks again.
     */
    private FrameInWork next(Worker worker, PumpMode now) throws IOException {
        Verdict earlier = redelivery.begin();
        Message next = frames.next(worker);
        boolean ranEmpty = next == null && now.isDrain() && now == flow.now();
        if (ranEmpty && now.endsAtTarget()) {
            next = frames.cutShort();
        }
        if (next == null) {
            return null;
        }
        target.countUnusual(next, earlier);
        return new FrameInWork(this, target, next, earlier);
    }

    /** Delivers no message now, because the pipe is empty or for another reason. */
    private Outcome rest(Worker worker, PumpMode now, boolean ranEmpty) throws IOException {
        if (ranEmpty) {
            frames.done(worker);
        }
        frames.takeDone(worker);
        frames.keepRest();
        if (ranEmpty || now.isDrain()) {
            restOfLead(now);
        }
        if (!ranEmpty || now != PumpMode.FLOWING) {
            flow.drained(now);
        } else if (!frames.hasEnded()) {
            intake.arm();
        } else if (flow.pauseIfFlowing()) {
            listener.ended(this);
        }
        return Outcome.WAIT;
    }

    private void restOfLead(PumpMode now) {
        if (lead != null) {
            lead.rest(now);
        }
    }

    /**
     * Holds the pump while something else has to end first; meanwhile it delivers nothing.
     *
     * @param isPending asks for a {@link #resume()} at that end; false when it has ended already
     * @return whether the worker has to leave the pump
     */
    private boolean holdIf(BooleanSupplier isPending) {
        frames.keepRest();
        hold();
        return isPending.getAsBoolean() || !unhold();
    }

    /** Takes what is done before the worker leaves the pump. */
    private void takeDone(Worker worker) {
        try {
            frames.takeDone(worker);
        } catch (IOException e) {
            // the next read tries again, and reports it
        }
    }

    /** Acts on the verdict about the last message. */
    private void settle(Worker worker) throws IOException {
        FrameInWork last = inWork;
        if (last == null) {
            return;
        }
        inWork = null;
        redelivery.over();
        switch (last.verdict()) {
            case DONE -> take(last, worker);
            case AGAIN, REFUSED, UNWANTED -> putBack(last, worker);
            case CUT_SHORT -> {}
        }
    }

    private void take(FrameInWork last, Worker worker) throws IOException {
        try {
            frames.done(worker);
            if (last.isAwaited()) {
                frames.takeDone(worker);
            }
        } finally {
            // also after a failure: the message was delivered and does not come again
            last.taken();
        }
    }

    private void putBack(FrameInWork last, Worker worker) throws IOException {
        try {
            frames.putBack(last.message(), worker);
        } finally {
            // where that has failed, too: the message comes again
            long delay = redelivery.expect(last.verdict());
            if (delay > 0) {
                Future<?> unused = scheduleLater(delay);
            }
        }
    }

    private void tryAgainLater(IOException reason) {
        frames.keepRest();
        readingFails = target.readingFailed(reason, readingFails);
        if (lead != null) {
            lead.fail();
        }
        PumpMode now = flow.now();
        if (now.isDrain() && now.hasFailedTooOften()) {
            flow.drained(now);
        }
        if (flow.now() != PumpMode.PAUSED) {
            Future<?> unused = scheduleLater(PumpMode.RETRY_MILLIS);
        }
    }

    @Override
    protected void release() {
        turns.leave(this);
        try {
            settleLast();
            listener.closing(this);
        } finally {
            reader.close();
            // no other drain can begin after this point
            flow.pause();
        }
    }

    /** Acts on a last message that ended just before the pump was closed, and takes what is done. */
    private void settleLast() {
        try (Worker memory = engine().memory()) {
            settle(memory);
            frames.takeDone(memory);
        } catch (IOException e) {
            boolean unused = target.handler().readingFailed(e);
        }
    }
}
