package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.ConsumerState;
import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.Gauges;
import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.List;

/**
 * One place that counts: an endpoint, or one FIFO of a folder. {@link FifosInUse} asks it, on any thread. Two of them are the
 * same only if they are one object.
 */
public interface FigureSource {

    /** What was counted since the last reset; takes no lock but that of what counts. */
    Counts counts();

    /** What was ever counted: it only grows, also over a reset. Takes no other lock than {@link #counts}. */
    Counts total();

    /** What the FIFO is like now; asks the kernel. */
    Gauges gauges();

    /** What failed last; takes no lock. */
    Failure failure();

    /** What the consumer does. */
    ConsumerState state();

    /** The figures of each FIFO that is open now; asked only of a folder. */
    default List<PipeFigures> pipes() {
        return List.of();
    }
}
