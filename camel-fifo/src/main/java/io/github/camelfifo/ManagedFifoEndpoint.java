package io.github.camelfifo;

import io.github.camelfifo.internal.monitoring.FigureSource;
import io.github.camelfifo.internal.statistics.ConsumerState;
import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.FigureTable;
import io.github.camelfifo.internal.statistics.Gauges;
import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.List;
import javax.management.openmbean.TabularData;
import org.apache.camel.Component;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.support.DefaultEndpoint;

/**
 * What JMX shows of an endpoint: its figures, over all starts of its consumers and producers. Counters begin at zero when
 * the endpoint is made, and when somebody resets them.
 */
public abstract class ManagedFifoEndpoint extends DefaultEndpoint {

    /** Not the endpoint itself: two of them are equal when their URIs are. */
    private final FigureSource figureSource = new FigureSource() {

        @Override
        public Counts counts() {
            return statistics().counts();
        }

        @Override
        public Counts total() {
            return statistics().total();
        }

        @Override
        public Gauges gauges() {
            return ManagedFifoEndpoint.this.gauges();
        }

        @Override
        public Failure failure() {
            return statistics().lastFailure();
        }

        @Override
        public ConsumerState state() {
            return ManagedFifoEndpoint.this.state();
        }

        @Override
        public List<PipeFigures> pipes() {
            return pipeFigures();
        }
    };

    ManagedFifoEndpoint(String uri, Component component) {
        super(uri, component);
    }

    /** For those who show the FIFO by its path. */
    final FigureSource figureSource() {
        return figureSource;
    }

    /** Counts what the endpoint's consumers and producers do. */
    abstract EndpointStatistics statistics();

    /** What its consumer does; without one, whether anybody uses it. */
    abstract ConsumerState state();

    /** Whether its consumer reads all FIFOs of a folder. */
    abstract boolean isFolder();

    /** What happened so far; for a folder the sum over its FIFOs, also those that are closed. */
    final PipeFigures figures() {
        return new PipeFigures(
                getAbsolutePath(),
                null,
                state(),
                statistics().counts(),
                gauges(),
                statistics().lastFailure());
    }

    /** What happened to each FIFO of a folder that is open now; outside of a folder only {@link #figures()}. */
    final List<PipeFigures> pipeFigures() {
        return isFolder() ? statistics().each(state()) : List.of(figures());
    }

    private Gauges gauges() {
        return isFolder() ? statistics().sumOfGauges() : statistics().gauges();
    }

    /** Sets all counters to zero, those of each FIFO in a folder too, and forgets the last error. */
    @ManagedOperation(description = "Sets all counters to zero and forgets the last error")
    public void resetStatistics() {
        statistics().reset();
    }

    /**
     * {@return what the endpoint's consumer does: {@code flowing}, {@code suspended}, {@code standby} (another consumer
     * reads, with {@code exclusive}), {@code lost} (there is no FIFO at the path) or {@code stopped}; without a
     * consumer, {@code flowing} while the endpoint is polled or a producer is started}
     */
    @ManagedAttribute(
            description = "What the consumer does: flowing, suspended, standby, lost or stopped; without a consumer,"
                    + " flowing while the endpoint is polled or a producer is started")
    public String getConsumerState() {
        return state().text();
    }

    /** {@return the absolute path of the FIFO, as in logs, errors and the header; {@code ..} stays in it} */
    @ManagedAttribute(description = "The absolute path of the FIFO, or of the folder")
    public abstract String getAbsolutePath();

    /** {@return the inode of the FIFO that is open; -1 when none is open, and for a folder} */
    @ManagedAttribute(description = "The inode of the FIFO that is open; -1 when none is open, and for a folder")
    public long getInode() {
        return gauges().inode();
    }

    /** {@return the number of bytes that were taken out of the pipe, to be delivered or skipped} */
    @ManagedAttribute(description = "Bytes that were taken out of the pipe, to be delivered or skipped")
    public long getBytesIn() {
        return statistics().counts().bytesIn();
    }

    /** {@return the number of frames that were delivered, each once however often it is routed again} */
    @ManagedAttribute(description = "Frames that were delivered, each once however often it is routed again")
    public long getFramesIn() {
        return statistics().counts().framesIn();
    }

    /** {@return the number of bytes that producers wrote, with delimiters and length fields} */
    @ManagedAttribute(description = "Bytes that producers wrote, with delimiters and length fields")
    public long getBytesOut() {
        return statistics().counts().bytesOut();
    }

    /** {@return the number of frames that producers wrote} */
    @ManagedAttribute(description = "Frames that producers wrote")
    public long getFramesOut() {
        return statistics().counts().framesOut();
    }

    /** {@return the number of sessions of writers that were read, each from its first byte until the last writer closes} */
    @ManagedAttribute(description = "Sessions of writers, each from its first byte until the last writer closes")
    public long getSessions() {
        return statistics().counts().sessions();
    }

    /**
     * {@return the number of messages that producers threw away because of {@code noReader=DISCARD} or
     * {@code whenFull=DISCARD}}
     */
    @ManagedAttribute(description = "Messages thrown away because nobody reads, or because the pipe is full")
    public long getDiscardedMessages() {
        return statistics().counts().discarded();
    }

    /** {@return the number of frames longer than {@code maxFrameLength} that were refused, truncated or split} */
    @ManagedAttribute(description = "Frames longer than maxFrameLength that were refused, truncated or split")
    public long getOversizedFrames() {
        return statistics().counts().oversized();
    }

    /** {@return the number of frames in which U+FFFD replaced malformed text} */
    @ManagedAttribute(description = "Frames in which malformed text was replaced")
    public long getMalformedFrames() {
        return statistics().counts().malformed();
    }

    /** {@return the number of deliveries that were repeated because the exchange before had failed} */
    @ManagedAttribute(description = "Deliveries that were repeated because the exchange before had failed")
    public long getRedeliveredFrames() {
        return statistics().counts().redelivered();
    }

    /** {@return the number of producers' messages that had to wait until somebody reads} */
    @ManagedAttribute(description = "Messages of producers that had to wait until somebody reads")
    public long getReaderWaits() {
        return statistics().counts().readerWaits();
    }

    /** {@return how many bytes are in the pipe and not done; -1 when no FIFO is open} */
    @ManagedAttribute(description = "Bytes that are in the pipe now and not done; -1 when no FIFO is open")
    public long getBytesWaiting() {
        return gauges().bytesWaiting();
    }

    /** {@return how many bytes the pipe can hold; -1 when no FIFO is open} */
    @ManagedAttribute(description = "Bytes that the pipe can hold; -1 when no FIFO is open")
    public long getCapacity() {
        return gauges().capacity();
    }

    /** {@return when something failed last, as in {@code 2026-11-29T12:00:00.123Z}; null when nothing did} */
    @ManagedAttribute(description = "When something failed last, as in ISO 8601; null when nothing did")
    public String getLastErrorTime() {
        return statistics().lastFailure().time();
    }

    /** {@return what failed last: reading, a frame, an exchange, a write, or the path was lost; null when nothing did} */
    @ManagedAttribute(
            description = "What failed last: reading, a frame, an exchange, a write, or the path was lost; null when"
                    + " nothing did")
    public String getLastError() {
        return statistics().lastFailure().text();
    }

    /** {@return the FIFOs that are open, a row for each with all its figures; outside of a folder one row at most} */
    @ManagedAttribute(description = "The FIFOs of a folder that are open now, with the figures of each")
    public TabularData getPipes() {
        return FigureTable.of(pipeFigures());
    }
}
