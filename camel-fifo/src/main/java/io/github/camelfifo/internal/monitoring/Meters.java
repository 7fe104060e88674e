package io.github.camelfifo.internal.monitoring;

/** Shows FIFOs to a monitoring system. {@link FifosInUse} calls it. */
@FunctionalInterface
public interface Meters {

    /**
     * Shows the figures of a FIFO from now on.
     *
     * @return ends that; called once
     */
    Runnable show(FifoInUse fifo);
}
