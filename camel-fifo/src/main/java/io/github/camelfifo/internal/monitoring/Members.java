package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.PipeFigures;
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
        Use use = all.use(owner, path, new Member(fifo), Role.MEMBER);
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

    private final class Member implements FigureSource {

        private final ReaderStatistics fifo;

        Member(ReaderStatistics fifo) {
            this.fifo = fifo;
        }

        @Override
        public PipeFigures figures() {
            return statistics.figures(fifo, state.get());
        }

        @Override
        public Counts counts() {
            return statistics.counts(fifo);
        }

        @Override
        public Failure failure() {
            return fifo.failure();
        }

        @Override
        public String state() {
            return state.get();
        }

        @Override
        public List<PipeFigures> pipes() {
            return List.of();
        }
    }
}
