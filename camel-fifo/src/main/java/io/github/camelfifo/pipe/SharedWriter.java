package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Writes all messages of this process to one path, in turn and to one descriptor, for its {@link PipeWriter}s. When
 * nothing waits and the pipe has room, the caller's thread writes its message with one write(2). The engine does
 * everything else: it finishes one message, hands the task on, and only then completes the message's exchange, so that
 * the user's code there delays no other message.
 *
 * <p>
 * When another FIFO comes to the path, the next frame goes there; a begun frame is finished in the old FIFO.
 *
 * <p>
 * Only the task's owner uses the fields, except {@link #arrivals}, {@link #followed} and {@link #leaving}.
 */
final class SharedWriter extends PipeTask implements FollowedPipe.User {

    private final String path;
    private final PipeOutlet outlet;
    private final PipeListener listener;
    private final Queue<WriteRequest> arrivals = new ConcurrentLinkedQueue<>();
    private final WriteQueue waiting;
    private WriteRequest current;
    /** The begun frame of a failed message, finished before the next one to keep the stream whole; null for none. */
    private Unfinished unfinished;

    private boolean readerMissed;
    /** Null while the path is not followed; set once. */
    private volatile FollowedPipe followed;
    /** Whether the open FIFO is followed; false when nothing is open. */
    private boolean follows;
    /** Whether the path no longer leads to the open FIFO. */
    private volatile boolean leaving;

    /** The rest of a begun frame, which may be empty; after it the message has to be ended in the pipe. */
    private record Unfinished(ByteBuffer rest, WriteRequest of) {}

    SharedWriter(PipeEngine engine, String path, Function<PipeTask, PipeOutlet> outlet, PipeListener listener) {
        super(engine);
        this.path = path;
        this.listener = listener;
        this.outlet = outlet.apply(this);
        this.waiting = new WriteQueue(new WriteTimeouts(path), new WakeUp(this));
    }

    String path() {
        return path;
    }

    /** What the pipe is like now, for any thread; null when none is open or the kernel does not tell. */
    PipeStatus status() {
        return outlet.status();
    }

    /** From now on the writer changes to each new FIFO at the path. Does nothing the second time. */
    synchronized void follow(Function<FollowedPipe.User, FollowedPipe> pipe) {
        if (followed == null) {
            followed = pipe.apply(this);
        }
    }

    /** When this returns, nobody looks at the path or makes a FIFO there from now on. For any thread. */
    void followNoLonger() {
        FollowedPipe following = followed;
        if (following != null) {
            following.close();
        }
    }

    @Override
    public boolean moveTo(Descriptor found) throws IOException {
        boolean moves = outlet.isOpenElsewhere(found.status().identity());
        if (moves) {
            leave();
        }
        return moves;
    }

    @Override
    public void leave() {
        leaving = true;
        schedule();
    }

    boolean write(WriteRequest request) {
        if (!arrivals.isEmpty() || !claim()) {
            arrivals.add(request);
            schedule();
            return false;
        }
        if (hasWork()) {
            arrivals.add(request);
            handOver(true);
            return false;
        }
        current = request;
        WriteRequest finished = step();
        handOver(finished != null && hasWork());
        if (finished == request) {
            request.ended();
            return true;
        }
        complete(finished);
        return false;
    }

    /** Fails all messages of one writer; does nothing and says false when another thread owns the task. */
    boolean withdraw(WriterState writer) {
        if (!claim()) {
            return false;
        }
        List<WriteRequest> failed = takeAll(request -> request.writer() == writer);
        handOver(true);
        failed.forEach(this::complete);
        return true;
    }

    /** For any thread. */
    void deadlinesChanged() {
        waiting.deadlinesChanged();
        schedule();
    }

    @Override
    protected Outcome work(Worker worker) {
        takeIn();
        if (isNextStreamed() && !worker.mayRunUserCode()) {
            handOverToUserWork();
            return Outcome.HANDED_OVER;
        }
        WriteRequest finished = step();
        if (finished == null) {
            return Outcome.WAIT;
        }
        handOver(hasWork());
        complete(finished);
        return Outcome.HANDED_OVER;
    }

    @Override
    protected boolean isBrief() {
        return true;
    }

    /** Whether the next step calls the user's code for bytes, which may take long. */
    private boolean isNextStreamed() {
        WriteRequest next = current == null ? waiting.peek() : current;
        return next != null && next.isStreamed();
    }

    @Override
    protected void release() {
        List<WriteRequest> failed = takeAll(request -> true);
        dropUnfinished("stopped in the middle of a frame");
        followNoLonger();
        outlet.close();
        failed.forEach(this::complete);
    }

    private List<WriteRequest> takeAll(Predicate<WriteRequest> which) {
        takeIn();
        List<WriteRequest> taken = waiting.removeIf(which);
        if (current != null && which.test(current)) {
            taken.add(0, giveUpCurrent());
        }
        taken.forEach(request -> request.failed(new WriterClosedException(path, request.bytesWritten())));
        return taken;
    }

    private boolean hasWork() {
        return current != null || unfinished != null || !waiting.isEmpty() || !arrivals.isEmpty();
    }

    private void complete(WriteRequest request) {
        if (request != null) {
            engine().userWork().carryOn(() -> {
                request.ended();
                request.completed();
            });
        }
    }

    /**
     * Writes until one request is done, well or not, and returns it; null when there is nothing to do, or when the task
     * waits for an event or a wake-up.
     */
    private WriteRequest step() {
        // leaves arrivals in their queue: this thread must not write a streamed one, see work
        try {
            Blocked blocked = leaving ? finishLastAndLeave() : finishLast();
            if (blocked == Blocked.NO && current == null) {
                current = waiting.poll();
            }
            if (blocked == Blocked.NO && current != null) {
                blocked = writeCurrent();
            }
            return blocked == Blocked.NO ? takeCurrent() : await(blocked);
        } catch (IOException | RuntimeException e) {
            return fail(e);
        }
    }

    private void takeIn() {
        for (WriteRequest request = arrivals.poll(); request != null; request = arrivals.poll()) {
            waiting.add(request);
        }
    }

    private WriteRequest takeCurrent() {
        WriteRequest taken = current;
        current = null;
        return taken;
    }

    /** Takes the current request out of work; keeps its begun frame, to finish it. */
    private WriteRequest giveUpCurrent() {
        boolean ends = current.isBegun() || outlet.isInSession();
        unfinished = ends ? new Unfinished(current.residue(), current) : null;
        return takeCurrent();
    }

    private WriteRequest fail(Exception reason) {
        if (current != null) {
            return giveUpCurrent().failed(reason);
        }
        // the rest of an earlier message cannot be written either, because the stream is broken already
        dropUnfinished(reason.getMessage());
        outlet.frameHasEnded();
        outlet.abandon();
        return step();
    }

    private Blocked finishLast() throws IOException {
        if (unfinished == null) {
            return Blocked.NO;
        }
        ByteBuffer rest = unfinished.rest;
        Blocked blocked = rest.hasRemaining() ? write(rest, unfinished.of, false) : Blocked.NO;
        if (blocked == Blocked.NO) {
            blocked = finish();
        }
        if (blocked == Blocked.NO) {
            unfinished = null;
        }
        return blocked;
    }

    private void dropUnfinished(String why) {
        if (unfinished != null && unfinished.rest.hasRemaining()) {
            listener.bytesLost(path, unfinished.rest.remaining(), why);
        }
        unfinished = null;
    }

    private Blocked finishLastAndLeave() throws IOException {
        Blocked blocked = finishLast();
        if (blocked == Blocked.NO_READER && unfinished.rest.hasRemaining()) {
            // no reader can open a FIFO that is no longer at its path
            dropUnfinished("the named pipe was replaced in the middle of a frame");
            blocked = Blocked.NO;
        }
        if (blocked == Blocked.NO && (current == null || current.isBetweenFrames())) {
            leaving = false;
            follows = false;
            outlet.close();
        }
        return blocked;
    }

    private Blocked writeCurrent() throws IOException {
        if (waiting.isBlocked()) {
            current.attemptBegins();
        }
        boolean goesOn = current.isStream();
        Blocked blocked = write(current.piece(), current, goesOn);
        while (blocked == Blocked.NO && current.nextPiece(path)) {
            waiting.progressed();
            if (isClosing() || current.writer().isClosed()) {
                throw new WriterClosedException(path, current.bytesWritten());
            }
            blocked = leaving ? finishLastAndLeave() : Blocked.NO;
            if (blocked == Blocked.NO) {
                blocked = write(current.piece(), current, goesOn);
            }
        }
        return blocked == Blocked.NO ? finish() : blocked;
    }

    private Blocked finish() throws IOException {
        outlet.frameHasEnded();
        return outlet.finish(waiting::progressed);
    }

    private Blocked write(ByteBuffer piece, WriteRequest of, boolean goesOn) throws IOException {
        int before = piece.position();
        Blocked blocked;
        try {
            blocked = outlet.write(piece, of.policy(), goesOn);
        } finally {
            if (piece.position() > before) {
                of.wrote(piece.position() - before);
            }
        }
        if (!follows && outlet.isOpen()) {
            followWhatIsOpen();
        }
        // a frame that is written at once does not read the clock
        if (piece.position() > before && (blocked != Blocked.NO || waiting.isBlocked())) {
            progressed();
        }
        return blocked;
    }

    private void followWhatIsOpen() throws IOException {
        FollowedPipe following = followed;
        follows = following != null;
        if (follows && !outlet.isAnonymous()) {
            following.follow();
        }
    }

    private void progressed() {
        waiting.progressed();
        if (readerMissed) {
            readerMissed = false;
            listener.readerCame(path);
        }
    }

    /** The request whose time is over; null for none, and then the task will run again. */
    private WriteRequest await(Blocked blocked) throws IOException {
        if (blocked == Blocked.NO_READER && !readerMissed) {
            readerMissed = true;
            listener.readerMissing(path, outlet.isOpen());
        }
        WriteRequest due = waiting.due(blocked, current);
        if (blocked == Blocked.NO_READER) {
            waiting.readerIsMissing();
            if (current != null && current != due) {
                boolean unused = current.missesReader();
            }
        }
        if (due == null && blocked == Blocked.NO_ROOM) {
            outlet.awaitRoom();
        }
        return due != null && due == current ? giveUpCurrent() : due;
    }
}
