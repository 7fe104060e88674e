package io.github.camelfifo.pipe;

import io.github.camelfifo.pipe.Patience.Blocked;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * The one writing descriptor that all writers to a path in this process share. The fast path belongs to the caller's
 * thread: nothing in the queue, room in the pipe, one write(2). Everything else is the engine's: it writes one frame,
 * hands the task on, and only then completes the frame's exchange, so that what follows an exchange delays nobody.
 *
 * <p>
 * Fields are the owner's but for {@link #arrivals}.
 */
final class SharedWriter extends PipeTask {

    private final NamedPipe pipe;
    private final WriterListener listener;
    private final Queue<WriteRequest> arrivals = new ConcurrentLinkedQueue<>();
    private final WaitingRoom waiting;
    private WriteRequest current;
    /** The rest of a frame whose message has failed; it goes first, so that the stream is not torn. */
    private ByteBuffer residue;

    private Descriptor descriptor;
    private Watch watch;
    private boolean readerMissed;

    SharedWriter(PipeEngine engine, NamedPipe pipe, WriterListener listener) {
        super(engine);
        this.pipe = pipe;
        this.listener = listener;
        this.waiting = new WaitingRoom(new Patience(pipe.path()), new WakeUp(engine, this));
    }

    String path() {
        return pipe.path();
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
            request.writer().requestEnded();
            return true;
        }
        complete(finished);
        return false;
    }

    /** Fails all frames of one writer; false when another thread owns the task just now. */
    boolean withdraw(PipeWriter writer) {
        if (!claim()) {
            return false;
        }
        List<WriteRequest> failed = takeAll(request -> request.writer() == writer);
        handOver(true);
        failed.forEach(this::complete);
        return true;
    }

    void lookThroughWaiting() {
        waiting.lookThrough();
        schedule();
    }

    @Override
    protected Outcome work(Worker worker) {
        WriteRequest finished = step();
        if (finished == null) {
            return Outcome.WAIT;
        }
        handOver(hasWork());
        complete(finished);
        return Outcome.HANDED_OVER;
    }

    @Override
    protected void release() {
        List<WriteRequest> failed = takeAll(request -> true);
        closeDescriptor();
        failed.forEach(this::complete);
    }

    private List<WriteRequest> takeAll(Predicate<WriteRequest> which) {
        takeIn();
        List<WriteRequest> taken = waiting.removeIf(which);
        if (current != null && which.test(current)) {
            taken.add(0, giveUpCurrent());
        }
        taken.forEach(request -> request.failed(new WriterClosedException(path(), request.bytesWritten())));
        return taken;
    }

    private boolean hasWork() {
        return current != null || residue != null || !waiting.isEmpty() || !arrivals.isEmpty();
    }

    private void complete(WriteRequest request) {
        if (request != null) {
            request.writer().requestEnded();
            try {
                request.completed();
            } catch (Throwable e) {
                engine().report(e);
            }
        }
    }

    /**
     * Writes until one request is done, well or not, and gives that one back; null when there is nothing to do, or
     * nothing can be done until an event or a wake-up that has been asked for.
     */
    private WriteRequest step() {
        takeIn();
        while (true) {
            if (residue == null && current == null) {
                current = waiting.poll();
            }
            ByteBuffer bytes = residue != null ? residue : current != null ? current.bytes() : null;
            if (bytes == null) {
                return null;
            }
            try {
                Blocked blocked = write(bytes);
                if (blocked != Blocked.NO) {
                    return await(blocked);
                }
            } catch (IOException | RuntimeException e) {
                return fail(e);
            }
            if (residue == null) {
                return takeCurrent();
            }
            residue = null;
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

    /** Takes the current request out of work; the rest of its frame stays to be written if it was begun. */
    private WriteRequest giveUpCurrent() {
        if (current.isBegun()) {
            // a view of its own: what the failed request says of its bytes must not change any more
            residue = current.bytes().duplicate();
        }
        return takeCurrent();
    }

    private WriteRequest fail(Exception reason) {
        if (residue == null) {
            return giveUpCurrent().failed(reason);
        }
        // The rest of a frame whose message has failed before cannot be written either: nothing is left to keep whole.
        listener.bytesLost(path(), residue.remaining(), reason.getMessage());
        residue = null;
        return step();
    }

    private Blocked write(ByteBuffer bytes) throws IOException {
        if (descriptor == null && !open()) {
            return Blocked.NO_READER;
        }
        int before = bytes.remaining();
        Blocked blocked = writeOn(bytes);
        // the usual frame goes through at once and needs no clock
        if (bytes.remaining() < before && (blocked != Blocked.NO || waiting.isBlocked())) {
            progressed();
        }
        return blocked;
    }

    private Blocked writeOn(ByteBuffer bytes) throws ErrnoException {
        try {
            while (bytes.hasRemaining()) {
                if (engine().posix().write(descriptor, bytes) == Posix.WOULD_BLOCK) {
                    return Blocked.NO_ROOM;
                }
            }
            return Blocked.NO;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EPIPE) {
                return Blocked.NO_READER;
            }
            throw e;
        }
    }

    private void progressed() {
        waiting.progressed();
        if (readerMissed) {
            readerMissed = false;
            listener.readerCame(path());
        }
    }

    private boolean open() throws IOException {
        Descriptor opened = pipe.openForWriting();
        if (opened == null) {
            return false;
        }
        descriptor = opened;
        watch = engine().watch(this, opened);
        return true;
    }

    /** The request whose time is over, if any; otherwise sees to it that the task is run again. */
    private WriteRequest await(Blocked blocked) throws IOException {
        if (blocked == Blocked.NO_READER && !readerMissed) {
            readerMissed = true;
            listener.readerMissing(path(), descriptor != null);
        }
        WriteRequest due = waiting.due(blocked, current);
        if (due == null) {
            if (blocked == Blocked.NO_ROOM) {
                watch.arm(Epoll.OUT);
            }
            return null;
        }
        return due == current ? giveUpCurrent() : due;
    }

    private void closeDescriptor() {
        if (residue != null) {
            listener.bytesLost(path(), residue.remaining(), "stopped in the middle of a frame");
            residue = null;
        }
        if (descriptor == null) {
            return;
        }
        try {
            int unread = engine().posix().available(descriptor);
            if (unread > 0 && !engine().posix().hasReader(descriptor)) {
                listener.bytesLost(path(), unread, "nobody has read them");
            }
        } catch (ErrnoException e) {
            engine().report(e);
        }
        engine().cancel(watch);
        descriptor.close();
    }
}
