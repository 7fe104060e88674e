package io.github.camelfifo;

import io.github.camelfifo.Phase.Event;
import io.github.camelfifo.pipe.PipeReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.StatefulService;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a named pipe and routes its frames, one exchange at a time and in order.
 *
 * <p>
 * <b>Start</b> opens the FIFO and waits for nobody; frames flow once the context has fully started. <b>Suspend</b> stops
 * reading: what comes stays in the kernel, and writers wait when the pipe is full. <b>Stop</b> first delivers what was
 * there when it was called: Camel asks {@link #deferShutdown}, where the target is taken, and then
 * {@link #prepareShutdown}; when the context stops, the consumer goes on until its target meanwhile. {@link #doStop()}
 * then only closes, after the exchange in work. When writers come and go nothing is lost, see {@link PipeReader}.
 */
public class FifoConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);
    /** What the route inside a kamelet fails with while the route that uses the kamelet is stopped or suspended. */
    private static final String KAMELET_STOPPED =
            "org.apache.camel.component.kamelet.KameletConsumerNotAvailableException";

    /** So long an exchange that goes on elsewhere may take while a stop waits for it that may be its own doing. */
    private static final long STUCK_MILLIS = 500;

    private final FifoEndpoint endpoint;
    private final String path;
    /** The route with its answers written; null where none are wanted. */
    private final ReplyingProcessor replying;

    private final Wrapper wrapper = new Wrapper(this);
    private final ExchangeInWork exchangeInWork = new ExchangeInWork();

    private volatile ConsumedPath consumed;
    /** That of the last start; its last exchange may still be in work. */
    private ConsumedPath lastConsumed;

    private final Object routeLock = new Object();
    /** Whether the route is to be stopped with the exchange in work. */
    private volatile boolean routeStopPending;

    /** Guards the phase and what follows from it. */
    private final Object phaseLock = new Object();

    private Phase phase = Phase.STOPPED;
    /** Null before the first start. */
    private ContextStart contextStart;

    /**
     * A consumer that does nothing until it is started.
     *
     * @param endpoint  with checked options
     * @param processor the route
     */
    public FifoConsumer(FifoEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.path = endpoint.getAbsolutePath();
        this.replying = endpoint.options().replyPath() == null
                ? null
                : new ReplyingProcessor(getAsyncProcessor(), new FifoProducer(endpoint.replyEndpoint()));
        FifoHealthCheck healthCheck = new FifoHealthCheck(path, this::whyLost);
        healthCheck.setEnabled(endpoint.getComponent().isHealthCheckConsumerEnabled());
        setHealthCheck(healthCheck);
    }

    @Override
    protected void doStart() throws Exception {
        startRoute();
        if (consumed != null) {
            // Camel starts a consumer again whose stop it has given up
            change(Event.START);
        } else if (goesOnWithLast()) {
            // its own route has stopped it
            change(Event.START);
            change(Event.CONTEXT_STARTED);
        } else {
            endpoint.awaitStopped();
            consumed = open();
            LOG.info("Consuming from {}", path);
            change(Event.START);
            contextStart = new ContextStart(this);
            endpoint.getCamelContext().addStartupListener(contextStart);
        }
        wrapper.show(getHealthCheck());
        endpoint.getComponent().consumerStarted(this);
    }

    /** Frames flow from now on, but not those of a consumer that was stopped or suspended before. */
    void contextHasStarted() {
        change(Event.CONTEXT_STARTED);
    }

    @Override
    protected void doSuspend() {
        change(Event.SUSPEND);
    }

    /** While it stops, a route policy may resume it because one of its last exchanges has ended; it stops all the same. */
    @Override
    protected void doResume() {
        change(Event.RESUME);
    }

    /** Takes the target; the context's stop waits until it is reached, {@link #getPendingExchangesSize()} tells. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        ConsumedPath current = consumed;
        if (current == null || current.pumps().arePaused()) {
            return false;
        }
        current.pumps().takeTargets(this::cannotTell);
        if (!endpoint.getCamelContext().isStopping()) {
            return false;
        }
        drain(current, true);
        return true;
    }

    /**
     * The context is about to stop, and all its routes still take exchanges. Camel will not ask a consumer about its shutdown
     * that is not the consumer of a route itself, so it delivers what there is now.
     *
     * @return what waits for the end of that; null where there is nothing to wait for
     */
    Pumps drainIfWrapped() {
        ConsumedPath current = consumed;
        boolean wrapped = current != null && getRoute() == null;
        if (wrapped && isFlowing()) {
            drain(current, true);
        } else if (!wrapped || !isDraining()) {
            return null;
        }
        return current.pumps().areRunByCurrentThread() ? null : current.pumps();
    }

    /** There is no more time for that. */
    void giveUpIfWrapped() {
        ConsumedPath current = consumed;
        synchronized (phaseLock) {
            if (current != null && getRoute() == null && phase.isDrain()) {
                change(Event.GIVE_UP);
                current.pumps().pause();
            }
        }
    }

    @Override
    public int getPendingExchangesSize() {
        ConsumedPath current = consumed;
        return current != null && (current.pumps().areDrainsPending() || isExchangeAboutToEnter()) ? 1 : 0;
    }

    /**
     * Whether there is an exchange that Camel does not count, because it is on its way into the route; or out of it, where
     * it may be that very exchange that waits for Camel's shutdown. So each is told once, and Camel looks again.
     */
    private boolean isExchangeAboutToEnter() {
        return !isAnyKnownInRoute() && exchangeInWork.tellOnce();
    }

    private boolean isAnyKnownInRoute() {
        String routeId = getRouteId();
        return routeId != null
                && endpoint.getCamelContext().getInflightRepository().size(routeId) > 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        ConsumedPath current = consumed;
        if (current == null) {
            return;
        }
        if (suspendOnly || forced) {
            current.pumps().forgetTargets();
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            // a shutdown that Camel has given up goes on all the same, and may meet a consumer that was started again
            return;
        }
        Pumps pumps = current.pumps();
        if (pumps.arePaused() && !pumps.haveTargets()) {
            // suspended by the user: what comes then stays where it is
            return;
        }
        try {
            if (!pumps.areDraining()) {
                drain(current, endpoint.getCamelContext().isStopping());
            }
            pumps.awaitDrained();
        } catch (InterruptedException e) {
            // out of time: what was not delivered is accounted for when the pumps are closed
            change(Event.GIVE_UP);
            Thread.currentThread().interrupt();
        }
    }

    /** Delivers what there was when targets were taken, or what there is now, and nothing after that. */
    private void drain(ConsumedPath current, boolean end) {
        synchronized (phaseLock) {
            change(Event.DRAIN);
            CompletableFuture<Void> unused = current.drain(end, this::cannotTell);
        }
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.getComponent().consumerStopped(this);
        wrapper.hide(getHealthCheck());
        if (contextStart != null) {
            contextStart.forget();
        }
        ConsumedPath current = consumed;
        boolean unasked = isFlowing();
        boolean outOfTime = isOutOfTime(unasked);
        if (current != null && unasked && !outOfTime) {
            deliverWhatWasRead(current);
        }
        change(Event.STOP);
        consumed = null;
        if (current != null) {
            lastConsumed = current;
            endpoint.stopped(current.pumps());
            current.close();
            awaitClosed(current.pumps(), outOfTime);
        }
        routeStopPending = true;
        // an exchange that is still in work has stopped us from inside, and stops the route when it is through
        if (!exchangeInWork.isThere() || isOutOfTime(unasked)) {
            stopRouteIfPending();
        }
    }

    /**
     * For whoever stops a consumer without asking it about its shutdown before, as a cluster does that has lost the
     * leadership: another process may read the pipe by now, so nothing more is read but the rest of a frame.
     */
    private void deliverWhatWasRead(ConsumedPath current) {
        if (current.pumps().areRunByCurrentThread()) {
            return;
        }
        synchronized (phaseLock) {
            change(Event.DRAIN);
            CompletableFuture<Void> unused = current.drainRead();
        }
        try {
            awaitDrainedOrStuck(current.pumps());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An exchange that goes on elsewhere may be who stops us, and is not waited for if it does not get on. */
    private void awaitDrainedOrStuck(Pumps pumps) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(shutdownMillis());
        int seen = exchangeInWork.begun() - 1;
        boolean goesOn = true;
        while (goesOn && !pumps.awaitDrained(STUCK_MILLIS)) {
            int begun = exchangeInWork.begun();
            goesOn = (begun != seen || pumps.areRun()) && System.nanoTime() - end < 0;
            seen = begun;
        }
    }

    /** Whether the next one begins by this; when not, the pumps are scheduled once it may. */
    boolean exchangeMayBegin() {
        return exchangeInWork.mayBegin();
    }

    void exchangeHasEnded() {
        if (exchangeInWork.end()) {
            ConsumedPath current = consumed;
            if (current != null) {
                current.pumps().schedule();
            }
        }
        if (routeStopPending) {
            try {
                stopRouteIfPending();
            } catch (Exception e) {
                getExceptionHandler().handleException("Cannot stop the route of " + path, e);
            }
        }
    }

    /** Not while it is being stopped: a consumer may be started again before its last exchange has ended. */
    private void startRoute() throws Exception {
        synchronized (routeLock) {
            routeStopPending = false;
            super.doStart();
            ServiceHelper.startService(replying);
        }
    }

    private void stopRouteIfPending() throws Exception {
        synchronized (routeLock) {
            if (routeStopPending) {
                routeStopPending = false;
                ServiceHelper.stopService(replying);
                super.doStop();
            }
        }
    }

    private String whyLost() {
        ConsumedPath current = consumed;
        return current == null ? null : current.whyLost();
    }

    /**
     * Whether Camel's time for a stop is over.
     *
     * @param unasked whether this stop is nothing that Camel's shutdown has asked us about: that may have been out of time
     *     long ago, with another route
     */
    private boolean isOutOfTime(boolean unasked) {
        boolean asks = !unasked || endpoint.getCamelContext().isStopping();
        boolean timeout = endpoint.getCamelContext().getShutdownStrategy().isTimeoutOccurred();
        return (asks && timeout) || Thread.currentThread().isInterrupted();
    }

    private boolean goesOnWithLast() {
        if (lastConsumed != null && lastConsumed.cancelClose()) {
            consumed = lastConsumed;
        }
        lastConsumed = null;
        return consumed != null;
    }

    private ConsumedPath open() throws IOException {
        AtomicLong sequences = new AtomicLong();
        return new ConsumedPath(
                endpoint,
                () -> new ExchangeOutlet(this, endpoint, route(), sequences),
                endpoint.getConfiguration().isStopOnEof() ? this::stopRoute : null,
                () -> createExchange(false),
                Reading.of(endpoint));
    }

    private AsyncProcessor route() {
        return replying == null ? getAsyncProcessor() : replying;
    }

    /** Called by a worker, which the stop of the route would wait for. */
    void stopRoute() {
        String routeId = wrapper.routeId();
        if (routeId == null) {
            return;
        }
        LOG.info("The last writer of {} has closed: stopping the route {}", path, routeId);
        ExecutorServiceManager executors = endpoint.getCamelContext().getExecutorServiceManager();
        ExecutorService executor = executors.newSingleThreadExecutor(this, "fifo stopOnEof " + routeId);
        executor.execute(() -> stopRoute(routeId));
        // ends with that
        executors.shutdown(executor);
    }

    private void stopRoute(String routeId) {
        try {
            endpoint.getCamelContext().getRouteController().stopRoute(routeId);
        } catch (Exception e) {
            getExceptionHandler().handleException("Cannot stop the route " + routeId, e);
        }
    }

    /**
     * Whether the route has been stopped by somebody else, and so refuses what it gets, or a part of it has that it cannot do
     * without: what it got then was not processed.
     */
    boolean isRefusedBy(Exception failure) {
        boolean stopped = getProcessor() instanceof StatefulService route && !route.isRunAllowed();
        return (stopped && failure instanceof RejectedExecutionException)
                || failure.getClass().getName().equals(KAMELET_STOPPED);
    }

    private boolean isFlowing() {
        synchronized (phaseLock) {
            return phase == Phase.FLOWING;
        }
    }

    private boolean isDraining() {
        synchronized (phaseLock) {
            return phase.isDrain();
        }
    }

    private void change(Event event) {
        synchronized (phaseLock) {
            phase = phase.after(event);
            ConsumedPath current = consumed;
            if (current == null) {
                return;
            }
            if (phase == Phase.FLOWING) {
                current.pumps().flow();
                current.follow();
            } else if (phase == Phase.SUSPENDED && event == Event.SUSPEND) {
                current.pumps().pause();
            }
        }
    }

    private void cannotTell(IOException reason) {
        getExceptionHandler()
                .handleException("Cannot tell how much is in " + path + "; it is read until it is empty", reason);
    }

    /** Waits for the exchange in work, unless that one is who stops us, or there is no time left. */
    private void awaitClosed(Pumps closing, boolean outOfTime) {
        if (closing.areRunByCurrentThread()) {
            return;
        }
        try {
            boolean closed = !outOfTime && closing.awaitClosed(shutdownMillis());
            if (!closed) {
                closing.interruptRunners();
            }
        } catch (InterruptedException e) {
            closing.interruptRunners();
            Thread.currentThread().interrupt();
        }
    }

    private long shutdownMillis() {
        ShutdownStrategy strategy = endpoint.getCamelContext().getShutdownStrategy();
        return strategy.getTimeUnit().toMillis(strategy.getTimeout());
    }
}
