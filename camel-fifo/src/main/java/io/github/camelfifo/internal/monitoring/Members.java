package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.ConsumerState;
import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.Gauges;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import java.util.function.Supplier;

/** Shows the FIFOs in the folder of one consumer, for what reads them. Thread-safe. */
public final class Members {

    private final FifosInUse all;
    private final Object owner;
    private final EndpointStatistics statistics;
    private final Supplier<ConsumerState> state;

    /**
     * No FIFO yet.
     *
     * @param owner as in {@link FifosInUse#use}
     * @param statistics of the folder's endpoint
     * @param state of the consumer now
     */
    public Members(FifosInUse all, Object owner, EndpointStatistics statistics, Supplier<ConsumerState> state) {
        this.all = all;
        this.owner = owner;
        this.statistics = statistics;
        this.state = state;
    }

    /**
     * Shows a FIFO under a path. It may be called with the lock of what reads the folder held: so nothing here asks what the
     * FIFO is like, and no FIFO costs a look at the others.
     *
     * @return ends that
     */
    public Runnable show(ReaderStatistics fifo, String path) {
        Use use = all.use(owner, path, new Member(fifo), Role.MEMBER);
        use.begin();
        return use::end;
    }

    private final class Member implements FigureSource {

        private final ReaderStatistics fifo;

        Member(ReaderStatistics fifo) {
            this.fifo = fifo;
        }

        @Override
        public Counts counts() {
            return statistics.counts(fifo);
        }

        @Override
        public Counts total() {
            return fifo.total();
        }

        @Override
        public Gauges gauges() {
            return fifo.gauges();
        }

        @Override
        public Failure failure() {
            return fifo.failure();
        }

        @Override
        public ConsumerState state() {
            return state.get();
        }
    }
}
