package io.github.camelfifo.pipe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A frame that counts how often it is reported to be done. */
final class TestRequest extends WriteRequest {

    /** Longer than any test waits for it to be done. */
    private static final long LONG_MILLIS = 600_000;

    private final AtomicInteger completions = new AtomicInteger();
    private volatile Thread completedBy;
    private volatile Runnable whenCompleted = () -> {};

    TestRequest(byte[] frame, WritePolicy policy) {
        super(ByteBuffer.wrap(frame), policy);
    }

    TestRequest(String frame, WritePolicy policy) {
        this(frame.getBytes(StandardCharsets.ISO_8859_1), policy);
    }

    /** Waits for long. */
    TestRequest(String frame) {
        this(frame, patient());
    }

    static WritePolicy patient() {
        return waiting(LONG_MILLIS, LONG_MILLIS);
    }

    static WritePolicy waiting(long readerTimeoutMillis, long writeTimeoutMillis) {
        return policy(NoReader.WAIT, readerTimeoutMillis, writeTimeoutMillis);
    }

    static WritePolicy policy(NoReader noReader, long readerTimeoutMillis, long writeTimeoutMillis) {
        return new WritePolicy(noReader, readerTimeoutMillis, WhenFull.WAIT, writeTimeoutMillis, false, false);
    }

    static WritePolicy impatient(NoReader noReader) {
        return policy(noReader, LONG_MILLIS, LONG_MILLIS);
    }

    /** Has something done as part of the completion. */
    TestRequest whenCompleted(Runnable action) {
        whenCompleted = action;
        return this;
    }

    /** Sends it, and gives how often it was reported to be done by then. */
    boolean sendTo(PipeWriter writer) {
        boolean done = writer.write(this);
        if (done) {
            completedBy = Thread.currentThread();
            completions.incrementAndGet();
        }
        return done;
    }

    boolean isDone() {
        return completions.get() > 0;
    }

    /** How often it was reported to be done, in whatever way. */
    int completions() {
        return completions.get();
    }

    Thread completedBy() {
        return completedBy;
    }

    @Override
    protected void completed() {
        completedBy = Thread.currentThread();
        completions.incrementAndGet();
        whenCompleted.run();
    }
}
