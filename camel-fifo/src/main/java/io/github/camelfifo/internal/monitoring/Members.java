package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The uses that one consumer makes of the FIFOs in its folder. What reads them calls it for each that comes, goes or is renamed,
 * with its own lock held: so nothing here asks what a FIFO is like, and no FIFO costs a look at the others. Thread-safe.
 */
public final class Members {

    private final FifosInUse all;
    private final Object owner;
    private final EndpointStatistics statistics;
    private final Supplier<String> state;
    private final Map<ReaderStatistics, Use> uses = new ConcurrentHashMap<>();

    /**
     * No FIFO yet.
     *
     * @param owner as in {@link FifosInUse#use}
     * @param statistics of the folder's endpoint
     * @param state of the consumer now
     */
    public Members(FifosInUse all, Object owner, EndpointStatistics statistics, Supplier<String> state) {
        this.all = all;
        this.owner = owner;
        this.statistics = statistics;
        this.state = state;
    }

    /** A FIFO is read, or is at another path. */
    public void shown(ReaderStatistics fifo, String path) {
        FigureSource source =
                FigureSource.of(() -> statistics.figures(fifo, state.get()), () -> statistics.counted(fifo), List::of);
        Use use = all.use(owner, path, source, Role.MEMBER);
        use.begin();
        Use before = uses.put(fifo, use);
        if (before != null) {
            before.end();
        }
    }

    /** A FIFO is read no longer. */
    public void hidden(ReaderStatistics fifo) {
        Use use = uses.remove(fifo);
        if (use != null) {
            use.end();
        }
    }
}
