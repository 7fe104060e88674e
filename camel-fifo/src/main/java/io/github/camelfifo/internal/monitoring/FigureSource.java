package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.List;

/**
 * One place that counts: an endpoint, or one FIFO of a folder. {@link FifosInUse} asks it, on any thread. Two of them are the
 * same only if they are one object.
 */
public interface FigureSource {

    /** All figures of this moment. */
    PipeFigures figures();

    /** What is counted; takes no lock but that of what counts. */
    Counts counts();

    /** What failed last; takes no lock. */
    Failure failure();

    /** The state alone, as in {@link #figures}. */
    String state();

    /** The figures of each FIFO that is open now; asked only of a folder. */
    List<PipeFigures> pipes();
}
