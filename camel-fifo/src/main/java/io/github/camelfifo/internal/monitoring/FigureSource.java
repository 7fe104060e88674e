package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.List;
import java.util.function.Supplier;

/**
 * One place that counts: an endpoint, or one FIFO of a folder. {@link FifosInUse} asks it, on any thread. Two of them are the
 * same only if they are one object.
 */
public final class FigureSource {

    private final Supplier<PipeFigures> figures;
    private final Supplier<PipeFigures> counted;
    private final Supplier<List<PipeFigures>> pipes;

    private FigureSource(
            Supplier<PipeFigures> figures, Supplier<PipeFigures> counted, Supplier<List<PipeFigures>> pipes) {
        this.figures = figures;
        this.counted = counted;
        this.pipes = pipes;
    }

    /**
     * A source of its own.
     *
     * @param figures gives those of this moment
     * @param counted gives the same without state, inode and gauges; it takes no lock but that of what counts
     * @param pipes gives those of each FIFO that is open now; asked only of a folder
     */
    public static FigureSource of(
            Supplier<PipeFigures> figures, Supplier<PipeFigures> counted, Supplier<List<PipeFigures>> pipes) {
        return new FigureSource(figures, counted, pipes);
    }

    PipeFigures figures() {
        return figures.get();
    }

    PipeFigures counted() {
        return counted.get();
    }

    List<PipeFigures> pipes() {
        return pipes.get();
    }
}
