package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A writing descriptor for one message at a time: closed after it, so that the reader sees end of file. A reader that ends
 * closes its end some time after it has seen end of file; a writer that opened in that gap would write for nobody, and one
 * that closes before its bytes are read might be joined with the next. So it is closed only when the pipe is empty, and
 * opened again only when a reading end has closed, or after a second, for readers that keep theirs.
 */
final class SessionOutlet extends PipeOutlet {

    private static final long LONGEST_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Between two looks; where it was longer, the machine stood still, and the rest was not the reader's to use. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PipeEngine engine;
    private final PipeTask task;
    private Descriptor closings;
    private Watch closingsWatch;
    private boolean readerHasClosed = true;
    /** How long the reader has had to close its end. */
    private long gapNanos;

    private long lastLookNanos;
    /** Whether a message has waited for that; until then nobody looks. */
    private boolean looks;

    private int unread;

    SessionOutlet(PipeEngine engine, PipeTask task, NamedPipe pipe, PipeListener listener, PipeUses uses) {
        super(engine, task, pipe, listener, uses);
        this.engine = engine;
        this.task = task;
    }

    @Override
    Blocked open(WritePolicy policy) throws IOException {
        readerHasClosed |= closings != null && posix().drain(closings);
        if (!readerHasClosed && !gapIsOver()) {
            return Blocked.LAST_READER_STAYS;
        }
        Blocked blocked = super.open(policy);
        if (blocked == Blocked.NO) {
            try {
                watchClosings();
            } catch (ErrnoException e) {
                // unwatched, nobody could tell when the next session may begin
                super.close();
                throw e;
            }
        }
        return blocked;
    }

    private boolean gapIsOver() {
        long now = Clock.nanos();
        long pause = now - lastLookNanos;
        gapNanos += looks ? Math.min(pause, LONGEST_PAUSE_NANOS) : pause;
        lastLookNanos = now;
        looks = true;
        return gapNanos >= LONGEST_GAP_NANOS;
    }

    @Override
    boolean isInSession() {
        return isOpen();
    }

    @Override
    Blocked finish(Runnable progressed) throws IOException {
        if (!isOpen()) {
            return Blocked.NO;
        }
        int before = unread;
        unread = posix().available(descriptor());
        if (unread > 0) {
            if (unread < before) {
                progressed.run();
            }
            return posix().hasReader(descriptor()) ? Blocked.UNREAD : Blocked.NO_READER;
        }
        // whoever closed before now had not waited for the end of file that comes now
        posix().drain(closings);
        endSession();
        awaitClosing();
        return Blocked.NO;
    }

    /** Ends the session, or the next one would be joined to it; that waits as long as for a reader who stays. */
    @Override
    void abandon() {
        endSession();
    }

    private void endSession() {
        readerHasClosed = false;
        gapNanos = 0;
        lastLookNanos = Clock.nanos();
        looks = false;
        super.close();
    }

    @Override
    void close() {
        super.close();
        if (closings != null) {
            engine.cancel(closingsWatch);
            closings.close();
            closings = null;
        }
    }

    /** Without the event the next message finds out somewhat later, by looking. */
    private void awaitClosing() {
        try {
            closingsWatch.arm(Epoll.IN);
        } catch (ErrnoException e) {
            engine.report(e);
        }
    }

    private void watchClosings() throws ErrnoException {
        if (closings == null) {
            closings = posix().inotify(descriptor().path());
            closingsWatch = engine.watch(task, closings);
        }
        // the same inode is watched once however often it is added
        posix().watchClosingOfReaders(closings, descriptor());
    }
}
