package io.github.camelfifo.pipe;

import java.util.concurrent.TimeUnit;

/** Decides when a message's time is over and sets its result, for {@link WriteQueue}. Only the task's owner uses it. */
final class WriteTimeouts {

    private final String path;
    private Blocked blocked = Blocked.NO;
    private long lastProgressNanos;
    private long readerCameNanos;

    WriteTimeouts(String path) {
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

    /** The deadline by {@link Clock}, valid while the writer stays blocked for the same reason. */
    long deadline(WriteRequest request) {
        WritePolicy policy = request.policy();
        long arrival = request.arrivalNanos();
        long waiting = request.isBegun() ? Math.max(lastProgressNanos, arrival) : arrival;
        // time without a reader does not count as time without room
        long waitingForRoom = Math.max(waiting, readerCameNanos);
        return switch (blocked) {
            case NO -> Clock.NEVER;
            case NO_READER -> waits(request) ? after(waiting, readerTimeoutMillis(request)) : arrival;
            case NO_ROOM -> waits(request) ? after(waitingForRoom, policy.writeTimeoutMillis()) : arrival;
            case LOCKED, UNREAD, LAST_READER_STAYS -> after(waitingForRoom, policy.writeTimeoutMillis());
        };
    }

    /** Whether the request waits for a missing reader or for missing room. */
    private boolean waits(WriteRequest request) {
        WritePolicy policy = request.policy();
        return request.isBegun()
                || (blocked == Blocked.NO_READER
                        ? policy.noReader() == NoReader.WAIT
                        : policy.whenFull() == WhenFull.WAIT);
    }

    /** Sets the result of a request whose deadline is over. */
    WriteRequest expire(WriteRequest request) {
        boolean discards = switch (blocked) {
            case NO_READER -> request.policy().noReader() == NoReader.DISCARD;
            case NO_ROOM -> request.policy().whenFull() == WhenFull.DISCARD;
            default -> false;
        };
        return discards && !request.isBegun() ? request.discarded() : request.failed(expiry(request));
    }

    private UndeliveredException expiry(WriteRequest request) {
        WritePolicy policy = request.policy();
        long written = request.bytesWritten();
        boolean waited = waits(request);
        return switch (blocked) {
            case NO_READER ->
                waited && policy.readerTimeoutMillis() == 0
                        ? new WriterClosedException(path, written)
                        : new NoReaderException(path, waited ? policy.readerTimeoutMillis() : 0, written);
            case LOCKED -> new LockHeldException(path, policy.writeTimeoutMillis(), written);
            default -> new PipeFullException(path, waited ? policy.writeTimeoutMillis() : 0, written);
        };
    }

    /** A message that would wait for ever fails when the writer will stop soon. */
    private static long readerTimeoutMillis(WriteRequest request) {
        long millis = request.policy().readerTimeoutMillis();
        return millis == 0 && request.writer().isStopping() ? -1 : millis;
    }

    private static long after(long startNanos, long timeoutMillis) {
        return timeoutMillis == 0 ? Clock.NEVER : startNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }
}
