package io.github.camelfifo.pipe;

import java.util.concurrent.TimeUnit;

/** When a frame's time is over, and what becomes of it then. Confined to the writer's owner. */
final class Patience {

    /** Why the frame at the head of the queue cannot go on. */
    enum Blocked {
        NO,
        NO_ROOM,
        NO_READER
    }

    private final String path;
    private Blocked blocked = Blocked.NO;
    private long lastProgressNanos;
    private long readerCameNanos;

    Patience(String path) {
        this.path = path;
    }

    Blocked blocked() {
        return blocked;
    }

    void blocked(Blocked why) {
        if (blocked == Blocked.NO_READER && why != Blocked.NO_READER) {
            readerCameNanos = Clock.nanos();
        }
        blocked = why;
    }

    void progressed() {
        blocked(Blocked.NO);
        lastProgressNanos = Clock.nanos();
    }

    /** On {@link Clock}; as long as the writer is blocked as it is now. */
    long deadline(WriteRequest request) {
        WritePolicy policy = request.policy();
        long arrival = request.arrivalNanos();
        long waiting = request.isBegun() ? lastProgressNanos : arrival;
        return switch (blocked) {
            case NO -> Clock.NEVER;
            // who has waited long for a reader has not waited for room meanwhile
            case NO_ROOM -> after(Math.max(waiting, readerCameNanos), policy.writeTimeoutMillis());
            case NO_READER ->
                request.isBegun() || policy.noReader() == NoReader.WAIT
                        ? after(waiting, readerTimeoutMillis(request))
                        : arrival;
        };
    }

    /** Sets the result of a request whose deadline is over. */
    WriteRequest expire(WriteRequest request) {
        WritePolicy policy = request.policy();
        int written = request.bytesWritten();
        if (blocked == Blocked.NO_ROOM) {
            return request.failed(new PipeFullException(path, policy.writeTimeoutMillis(), written));
        }
        if (request.isBegun() || policy.noReader() == NoReader.WAIT) {
            boolean endless = policy.readerTimeoutMillis() == 0;
            return request.failed(
                    endless
                            ? new WriterClosedException(path, written)
                            : new NoReaderException(path, policy.readerTimeoutMillis(), written));
        }
        return policy.noReader() == NoReader.DISCARD
                ? request.discarded()
                : request.failed(new NoReaderException(path, 0, written));
    }

    /** Who would wait for ever waits only until the writer is about to stop. */
    private static long readerTimeoutMillis(WriteRequest request) {
        long millis = request.policy().readerTimeoutMillis();
        return millis == 0 && request.writer().isStopping() ? -1 : millis;
    }

    private static long after(long startNanos, long timeoutMillis) {
        return timeoutMillis == 0 ? Clock.NEVER : startNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }
}
