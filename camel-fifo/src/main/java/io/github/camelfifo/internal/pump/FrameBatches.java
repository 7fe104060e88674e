package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes messages that are lists of the frames that are there now, up to a number; {@link Frames} takes them. A marked
 * frame is a separate list, and a list never spans two sessions: a frame that ends a list in this way is held back for
 * the next list.
 */
final class FrameBatches implements Messages {

    /**
     * The beginning of the next list.
     *
     * @param frame null when it was lost
     * @param failure why it was lost, or null
     * @param start the position where it begins and the frame before it ends
     */
    private record HeldBack(Frame frame, IOException failure, long session, long start) {}

    private final FrameStream stream;
    private final int maxSize;
    private int frameCount;
    private long session;
    private long start;
    /** Null for none. */
    private HeldBack heldBack;

    FrameBatches(FrameStream stream, int maxSize) {
        this.stream = stream;
        this.maxSize = maxSize;
    }

    @Override
    public Message next(Worker worker) throws IOException {
        start = heldBack == null ? stream.undecoded() : heldBack.start();
        Frame first = first(worker);
        if (first == null) {
            return null;
        }
        // room for as many as last time: lists seldom have to grow
        List<Object> bodies = new ArrayList<>(Math.max(frameCount, 1));
        Frame frame = first;
        while (frame != null) {
            bodies.add(frame.body());
            boolean full = bodies.size() == maxSize || frame.isMarked();
            frame = full ? null : another(worker);
        }
        frameCount = bodies.size();
        return message(new Frame(bodies, first.mark()));
    }

    @Override
    public Message cutShort() throws IOException {
        Frame last = stream.lastFrame();
        session = stream.session();
        frameCount = 1;
        return last == null ? null : message(new Frame(List.of(last.body()), last.mark()));
    }

    private Message message(Frame frame) {
        return new Message(frame, null, frameCount, session, stream.malformedFrames());
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        return heldBack == null ? stream.end() : heldBack.start();
    }

    @Override
    public long bytes(Frame last) {
        return ((List<?>) last.body())
                .stream().mapToLong(FrameBatches::lengthOf).sum();
    }

    @Override
    public long session() {
        return session;
    }

    @Override
    public boolean isEmpty() {
        return heldBack == null && stream.isEmpty();
    }

    @Override
    public boolean hasEnded() {
        return heldBack == null && stream.hasEnded();
    }

    @Override
    public long bytesHeld() {
        boolean holdsFrame = heldBack != null && heldBack.frame() != null;
        return stream.bytesHeld() + (holdsFrame ? lengthOf(heldBack.frame().body()) : 0);
    }

    @Override
    public void restart(ReaderStatistics statistics) {
        stream.restart(statistics);
        session = stream.session();
        if (heldBack != null) {
            heldBack = new HeldBack(heldBack.frame(), heldBack.failure(), session, heldBack.start());
        }
    }

    @Override
    public void leaveThePipe() {
        if (heldBack != null) {
            boolean inMemory = heldBack.start() < stream.released();
            heldBack = inMemory
                    ? new HeldBack(
                            heldBack.frame(), heldBack.failure(), heldBack.session(), FramePositions.NOT_IN_THE_PIPE)
                    : null;
        }
        stream.leaveThePipe();
    }

    @Override
    public void discard() {
        heldBack = null;
        stream.discard();
    }

    private Frame first(Worker worker) throws IOException {
        HeldBack first = heldBack;
        if (first == null) {
            Frame frame = stream.nextFrame(worker, false);
            session = stream.session();
            return frame;
        }
        heldBack = null;
        session = first.session();
        if (first.failure() != null) {
            throw first.failure();
        }
        return first.frame();
    }

    /** One more frame for the list; null when none fits. */
    private Frame another(Worker worker) {
        Frame frame = null;
        IOException failure = null;
        try {
            frame = stream.nextFrame(worker, true);
        } catch (IOException e) {
            failure = e;
        }
        boolean goesWithIt = failure == null && (frame == null || (!frame.isMarked() && stream.session() == session));
        if (goesWithIt) {
            return frame;
        }
        heldBack = new HeldBack(frame, failure, stream.session(), stream.searchStart());
        return null;
    }

    private static int lengthOf(Object body) {
        return body instanceof byte[] bytes ? bytes.length : body.toString().length();
    }
}
