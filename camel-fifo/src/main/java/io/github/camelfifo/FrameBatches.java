package io.github.camelfifo;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A message is a list of the frames that are there now, up to a number. A marked frame is a list of its own, and a list never
 * spans two sessions: what ends one in this way is held back for the next call.
 */
final class FrameBatches implements Frames {

    private final FrameStream stream;
    private final int maxSize;
    private int frameCount;
    private long session;
    /** One of these is set, or none. */
    private Frame heldBack;

    private IOException failureHeldBack;
    private long sessionHeldBack;
    /** Where the frame before it ends. */
    private long endHeldBack;
    /** Where the last message begins. */
    private long begin;
    /** The next message once more; null for none. */
    private Frame putBack;
    /** Whether the bytes of that have been taken out of the pipe. */
    private boolean putBackInMemory;
    /** Whether the last message was one that had been put back. */
    private boolean again;

    FrameBatches(FrameStream stream, int maxSize) {
        this.stream = stream;
        this.maxSize = maxSize;
    }

    @Override
    public void from(Intake intake) {
        stream.from(intake);
    }

    @Override
    public Frame next(Worker worker, Permit permit) throws IOException {
        again = putBack != null;
        if (again) {
            Frame next = putBack;
            putBack = null;
            return next;
        }
        begin = isHoldingBack() ? endHeldBack : stream.undecoded();
        Frame frame = first(worker, permit);
        if (frame == null) {
            return null;
        }
        // as many as last time: where lines come fast they come so for long
        List<Object> bodies = new ArrayList<>(Math.max(frameCount, 1));
        Frame first = frame;
        while (frame != null) {
            bodies.add(frame.body());
            boolean full = bodies.size() == maxSize || frame.isMarked();
            frame = full ? null : another(worker, permit);
        }
        frameCount = bodies.size();
        return new Frame(bodies, first.mark());
    }

    @Override
    public Frame cutShort() throws IOException {
        Frame last = stream.cutShort();
        session = stream.session();
        frameCount = 1;
        return last == null ? null : new Frame(List.of(last.body()), last.mark());
    }

    @Override
    public void done(Worker worker) throws IOException {
        stream.release(doneUpTo(), worker);
    }

    @Override
    public void putBack(Frame last, Worker worker) throws IOException {
        putBack = last;
        if (!again) {
            putBackInMemory = begin < stream.released();
            if (putBackInMemory) {
                stream.release(doneUpTo(), worker);
            }
        }
    }

    private long doneUpTo() {
        return isHoldingBack() ? endHeldBack : stream.end();
    }

    @Override
    public int frameCount() {
        return frameCount;
    }

    @Override
    public long session() {
        return session;
    }

    @Override
    public void lastSpell(boolean last) {
        stream.lastSpell(last);
    }

    @Override
    public boolean isLastSpell() {
        return stream.isLastSpell();
    }

    @Override
    public boolean hasEnded() {
        return stream.hasEnded() && !isHoldingBack();
    }

    @Override
    public long malformedFrames() {
        return stream.malformedFrames();
    }

    @Override
    public int bytesWanted() {
        return stream.bytesWanted();
    }

    @Override
    public boolean isBetweenFrames() {
        return putBack == null && !isHoldingBack() && stream.isBetweenFrames();
    }

    @Override
    public long bytesHeld() {
        long putBackBytes = 0;
        if (putBack != null) {
            putBackBytes = ((List<?>) putBack.body())
                    .stream().mapToLong(FrameBatches::lengthOf).sum();
        }
        return putBackBytes + stream.bytesHeld() + (heldBack == null ? 0 : lengthOf(heldBack.body()));
    }

    @Override
    public void restart(AtomicLong sessions) {
        stream.restart(sessions);
        session = stream.session();
        sessionHeldBack = session;
    }

    @Override
    public void keepRest() {
        stream.keepRest();
    }

    @Override
    public void leaveThePipe() {
        if (!putBackInMemory) {
            putBack = null;
        }
        if (isHoldingBack() && endHeldBack >= stream.released()) {
            heldBack = null;
            failureHeldBack = null;
        }
        endHeldBack = FrameStream.NOT_IN_THE_PIPE;
        stream.leaveThePipe();
    }

    @Override
    public void discard() {
        putBack = null;
        heldBack = null;
        failureHeldBack = null;
        stream.discard();
    }

    private boolean isHoldingBack() {
        return heldBack != null || failureHeldBack != null;
    }

    private Frame first(Worker worker, Permit permit) throws IOException {
        if (failureHeldBack != null) {
            IOException failure = failureHeldBack;
            failureHeldBack = null;
            session = sessionHeldBack;
            throw failure;
        }
        Frame frame = heldBack;
        if (frame == null) {
            frame = stream.next(worker, permit);
            session = stream.session();
        } else {
            heldBack = null;
            session = sessionHeldBack;
        }
        return frame;
    }

    /** One more frame for the list; null when there is none that goes with it. */
    private Frame another(Worker worker, Permit permit) {
        Frame frame;
        try {
            frame = stream.next(worker, permit);
        } catch (IOException e) {
            failureHeldBack = e;
            endHeldBack = stream.start();
            sessionHeldBack = stream.session();
            return null;
        }
        boolean goesWithIt = frame == null || (!frame.isMarked() && stream.session() == session);
        if (goesWithIt) {
            return frame;
        }
        heldBack = frame;
        endHeldBack = stream.start();
        sessionHeldBack = stream.session();
        return null;
    }

    private static int lengthOf(Object body) {
        return body instanceof byte[] bytes ? bytes.length : body.toString().length();
    }
}
