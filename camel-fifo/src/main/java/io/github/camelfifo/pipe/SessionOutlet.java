package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Inotify;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The writing descriptor of a {@link SharedWriter} whose messages are sessions: it is opened for each message and
 * closed after it, so that the reader sees end of file. A reader closes its end some time after end of file; bytes that
 * come in this gap would be lost. And unread bytes of a session would join the next session. So this closes the
 * descriptor only when the pipe is empty, and opens it again only when a reader has closed its end, or after a second,
 * for readers that keep theirs open.
 */
final class SessionOutlet extends PipeOutlet {

    private static final long LONGEST_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The most time that counts between two looks; in a longer time, machine and reader stood still. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Tells when a reader closes its end; null before the first session. */
    private Inotify closings;

    private Watch closingsWatch;
    private boolean readerHasClosed = true;
    /** How long the reader of the last session has had time to close its end. */
    private long gapNanos;

    private long lastLookNanos;
    /** Whether a message waits for the gap's end; without one, nobody looks. */
    private boolean looks;
    /** Bytes in the pipe at the last try to end a message. */
    private int unread;

    SessionOutlet(PipeEngine engine, PipeTask task, NamedPipe pipe, PipeListener listener, PipeUses uses) {
        super(engine, task, pipe, listener, uses);
    }

    @Override
    Blocked open(WritePolicy policy) throws IOException {
        readerHasClosed |= closings != null && closings.drain();
        if (!readerHasClosed && !gapIsOver()) {
            return Blocked.LAST_READER_STAYS;
        }
        Blocked blocked = super.open(policy);
        if (blocked == Blocked.NO) {
            try {
                watchClosings();
            } catch (ErrnoException e) {
                // without the watch, the start of the next session is unknown
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
        unread = engine.posix().available(descriptor());
        if (unread > 0) {
            if (unread < before) {
                progressed.run();
            }
            return engine.posix().hasReader(descriptor()) ? Blocked.UNREAD : Blocked.NO_READER;
        }
        // a reader that closed before did not wait for this session's end of file
        closings.drain();
        endSession();
        awaitClosing();
        return Blocked.NO;
    }

    /** Ends the session, or the next one would join it; the next one waits for the gap's end as always. */
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

    /** Watches for the gap's end; when the kernel refuses, the next message looks for it. */
    private void awaitClosing() {
        try {
            closingsWatch.arm(Epoll.IN);
        } catch (ErrnoException e) {
            engine.report(e);
        }
    }

    private void watchClosings() throws ErrnoException {
        if (closings == null) {
            closings = engine.posix().inotify(descriptor().path());
            closingsWatch = engine.watch(task, closings.descriptor());
        }
        // watching the same inode again changes nothing, inotify_add_watch(2)
        closings.watchClosingOfReaders(descriptor());
    }
}
