package io.github.camelfifo.internal.statistics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what all producers of an endpoint write. Any thread counts, once for each write and each message, and any may
 * read. The endpoint has none before its first producer.
 */
public final class WriterStatistics {

    private final EndpointStatistics endpoint;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong discarded = new AtomicLong();
    private final AtomicLong readerWaits = new AtomicLong();
    /** Of producers that are started. */
    private final List<OpenPipe> pipes = new CopyOnWriteArrayList<>();
    /** What had been counted at the last reset; guarded by the endpoint's statistics. */
    private Counts base = Counts.NONE;

    WriterStatistics(EndpointStatistics endpoint) {
        this.endpoint = endpoint;
    }

    /** A producer is started. */
    public void opened(OpenPipe pipe) {
        pipes.add(pipe);
    }

    /** A producer is stopped. */
    public void closed(OpenPipe pipe) {
        pipes.remove(pipe);
    }

    /** Bytes are in the pipe. */
    public void wrote(long count) {
        bytes.addAndGet(count);
    }

    /** Frames are whole in the pipe. */
    public void finished(long frameCount) {
        frames.addAndGet(frameCount);
    }

    /** A message was thrown away. */
    public void discarded() {
        discarded.incrementAndGet();
    }

    /** A message has to wait for a reader. */
    public void waitsForReader() {
        readerWaits.incrementAndGet();
    }

    /** A message could not be written. */
    public void failed(Throwable reason) {
        endpoint.failed(Failure.now(Failure.text(reason)));
    }

    List<OpenPipe> pipes() {
        return pipes;
    }

    /** What was counted since the last reset. */
    Counts fresh() {
        return new Counts(0, 0, bytes.get(), frames.get(), 0, discarded.get(), 0, 0, 0, readerWaits.get()).minus(base);
    }

    void reset(Counts counted) {
        base = base.plus(counted);
    }
}
