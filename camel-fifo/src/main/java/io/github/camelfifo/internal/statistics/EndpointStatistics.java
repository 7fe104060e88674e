package io.github.camelfifo.internal.statistics;

import io.github.camelfifo.pipe.PipeStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The one place that knows what happened to the FIFOs of an endpoint, over all starts of its consumers and producers:
 * JMX, meters and the dev console ask it. {@link ReaderStatistics} and {@link WriterStatistics} count for it.
 * Thread-safe; it calls nobody while it holds its lock.
 */
public final class EndpointStatistics {

    /** The readers that are open, the last one first; linked, because an idle endpoint has one. Guarded by this. */
    private ReaderStatistics readers;
    /** The counts of readers that are closed, since the last reset. Guarded by this. */
    private Counts ended = Counts.NONE;
    /** Null before the first producer. Guarded by this. */
    private WriterStatistics writers;
    /** What resets have taken away. Guarded by this. */
    private Counts forgotten = Counts.NONE;

    private volatile Failure lastFailure = Failure.NONE;

    /** A reader and its counts, without the lock. */
    private record Row(OpenPipe pipe, Counts counts, Failure failure) {}

    /** For all producers of the endpoint. */
    public synchronized WriterStatistics writers() {
        if (writers == null) {
            writers = new WriterStatistics(this);
        }
        return writers;
    }

    /** All that the endpoint has ever counted, whatever was reset: it only grows. Asks nobody. */
    public synchronized Counts total() {
        return forgotten.plus(counts());
    }

    /** What failed last; forgotten by a reset. */
    public Failure lastFailure() {
        return lastFailure;
    }

    /** Something failed that belongs to no single FIFO. For any thread. */
    public void failed(String text) {
        failed(Failure.now(text));
    }

    void failed(Failure failure) {
        lastFailure = failure;
    }

    /** Whether a reader is open or a producer started. */
    public synchronized boolean isInUse() {
        return readers != null || (writers != null && !writers.pipes().isEmpty());
    }

    /** What the FIFO of the endpoint is like, whatever FIFO is at the path. */
    public Gauges gauges() {
        PipeStatus found = null;
        for (OpenPipe pipe : pipes()) {
            found = found == null ? pipe.status() : found;
        }
        return Gauges.of(found);
    }

    /** What all FIFOs of a folder are like together. */
    public Gauges sumOfGauges() {
        Gauges gauges = Gauges.UNKNOWN;
        for (OpenPipe pipe : pipes()) {
            gauges = gauges.plus(pipe.status());
        }
        return gauges;
    }

    /**
     * The figures of each FIFO of a folder that is open now.
     *
     * @param state of the consumer
     */
    public List<PipeFigures> each(ConsumerState state) {
        List<PipeFigures> each = new ArrayList<>();
        for (Row row : rows()) {
            PipeStatus status = row.pipe().status();
            if (status != null) {
                OpenPipe pipe = row.pipe();
                each.add(new PipeFigures(
                        pipe.path(), pipe.fileName(), state, row.counts(), Gauges.of(status), row.failure()));
            }
        }
        return each;
    }

    /** What one FIFO of a folder has counted since the last reset: asks nobody, so it is cheap. */
    public synchronized Counts counts(ReaderStatistics reader) {
        return reader.fresh();
    }

    /**
     * Begins again at zero and forgets the last failure. What others count meanwhile is counted either before or after
     * this, and once.
     *
     * @return the counts up to now
     */
    public synchronized Counts reset() {
        Counts all = ended;
        ended = Counts.NONE;
        for (ReaderStatistics reader = readers; reader != null; reader = reader.next()) {
            Counts fresh = reader.fresh();
            reader.reset(fresh);
            all = all.plus(fresh);
        }
        if (writers != null) {
            Counts fresh = writers.fresh();
            writers.reset(fresh);
            all = all.plus(fresh);
        }
        lastFailure = Failure.NONE;
        forgotten = forgotten.plus(all);
        return all;
    }

    synchronized void add(ReaderStatistics reader) {
        if (readers != null) {
            readers.previous(reader);
        }
        reader.next(readers);
        readers = reader;
    }

    /** Keeps the counts of a reader that is added no longer; false when it was not added. Looks at no other reader. */
    synchronized boolean remove(ReaderStatistics reader) {
        boolean added = reader == readers || reader.previous() != null;
        if (added) {
            unlink(reader);
            Counts fresh = reader.fresh();
            reader.reset(fresh);
            ended = ended.plus(fresh);
        }
        return added;
    }

    private void unlink(ReaderStatistics removed) {
        ReaderStatistics before = removed.previous();
        ReaderStatistics after = removed.next();
        if (before == null) {
            readers = after;
        } else {
            before.next(after);
        }
        if (after != null) {
            after.previous(before);
        }
        removed.next(null);
        removed.previous(null);
    }

    /** All that the endpoint has counted: asks nobody, so it is cheap. */
    public synchronized Counts counts() {
        Counts all = ended;
        for (ReaderStatistics reader = readers; reader != null; reader = reader.next()) {
            all = all.plus(reader.fresh());
        }
        return writers == null ? all : all.plus(writers.fresh());
    }

    private synchronized List<OpenPipe> pipes() {
        List<OpenPipe> pipes = new ArrayList<>();
        for (ReaderStatistics reader = readers; reader != null; reader = reader.next()) {
            if (reader.pipe() != null) {
                pipes.add(reader.pipe());
            }
        }
        if (writers != null) {
            pipes.addAll(writers.pipes());
        }
        return pipes;
    }

    private synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (ReaderStatistics reader = readers; reader != null; reader = reader.next()) {
            if (reader.pipe() != null) {
                rows.add(new Row(reader.pipe(), reader.fresh(), reader.failure()));
            }
        }
        return rows;
    }
}
