package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.pump.Pumps;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ShutdownStrategy;

/** The time that Camel gives a consumer to stop; the consumer's stop uses it. */
public final class ShutdownTime {

    /** How long a stop waits for an exchange on another thread, which may itself have called the stop. */
    private static final long STUCK_MILLIS = 500;

    private final CamelContext context;

    /** Reads the time from the context's shutdown strategy. */
    public ShutdownTime(CamelContext context) {
        this.context = context;
    }

    /**
     * Whether the time is over.
     *
     * @param unasked whether Camel stops the consumer without a shutdown. Then an earlier shutdown of another route may
     *     have run out of time, which does not matter here.
     */
    public boolean isOver(boolean unasked) {
        boolean asked = !unasked || context.isStopping();
        return (asked && context.getShutdownStrategy().isTimeoutOccurred())
                || Thread.currentThread().isInterrupted();
    }

    /** The whole time. */
    private long millis() {
        ShutdownStrategy strategy = context.getShutdownStrategy();
        return strategy.getTimeUnit().toMillis(strategy.getTimeout());
    }

    /** Waits for the end of a drain while exchanges begin or a thread runs one. */
    public void awaitDrained(Pumps pumps, ExchangesInWork exchanges) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis());
        int seen = exchanges.begun() - 1;
        try {
            boolean goesOn = true;
            while (goesOn && !pumps.awaitDrained(STUCK_MILLIS)) {
                int begun = exchanges.begun();
                goesOn = (begun != seen || pumps.areRun()) && System.nanoTime() - end < 0;
                seen = begun;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until pumps are closed, and interrupts their threads when there is no time left.
     *
     * @param isOver whether there is none at all
     */
    public void awaitClosed(Pumps pumps, boolean isOver) {
        try {
            if (isOver || !pumps.awaitClosed(millis())) {
                pumps.interruptRunners();
            }
        } catch (InterruptedException e) {
            pumps.interruptRunners();
            Thread.currentThread().interrupt();
        }
    }
}
