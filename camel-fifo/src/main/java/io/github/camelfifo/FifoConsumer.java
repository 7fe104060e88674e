package io.github.camelfifo;

import io.github.camelfifo.pipe.PipeReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
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

    private final FifoEndpoint endpoint;
    private final String path;
    /** The route with its answers written; null where none are wanted. */
    private final ReplyingProcessor replying;

    private volatile ConsumedPath consumed;
    /** That of the last start; its last exchange may still be in work. */
    private ConsumedPath lastConsumed;

    private final Object routeLock = new Object();
    /** Whether the route is to be stopped with the exchange in work. */
    private volatile boolean routeStopPending;

    /** So that a consumer that is suspended while its context starts does not flow after that. */
    private final Object suspensionLock = new Object();

    /** Whether what there is is delivered before the consumer is stopped. */
    private volatile boolean drainsToStop;
    /** Whether Camel takes the consumer for resumed since then, and would not start it should it give the stop up. */
    private volatile boolean resumedMeanwhile;

    private final ExchangeInWork exchangeInWork = new ExchangeInWork();
    /** Null before the first start. */
    private ContextStart contextStart;

    private volatile boolean contextStarted;

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
        drainsToStop = false;
        resumedMeanwhile = false;
        startRoute();
        if (consumed != null || goesOnWithLast()) {
            // Camel starts a consumer again whose stop it has given up, or that its own route has stopped
            flow();
        } else {
            contextStarted = false;
            endpoint.awaitStopped();
            consumed = open();
            LOG.info("Consuming from {}", path);
            contextStart = new ContextStart(this);
            endpoint.getCamelContext().addStartupListener(contextStart);
        }
    }

    /** Frames flow from now on, but not those of a consumer that was stopped or suspended before. */
    void contextHasStarted() {
        contextStarted = true;
        synchronized (suspensionLock) {
            if (isRunAllowed() && !isSuspendingOrSuspended()) {
                flow();
            }
        }
    }

    @Override
    protected void doSuspend() {
        ConsumedPath current = consumed;
        if (current != null) {
            synchronized (suspensionLock) {
                current.pumps().pause();
            }
        }
    }

    /** While it stops, a route policy may resume it because one of its last exchanges has ended; it stops all the same. */
    @Override
    protected void doResume() {
        resumedMeanwhile = drainsToStop;
        if (!resumedMeanwhile) {
            flow();
        }
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
        drainsToStop = true;
        CompletableFuture<Void> unused = current.drain(true, this::cannotTell);
        return true;
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
        try {
            drain(current);
        } catch (InterruptedException e) {
            // out of time: what was not delivered is accounted for when the pumps are closed
            drainsToStop = false;
            if (resumedMeanwhile) {
                flow();
            }
            Thread.currentThread().interrupt();
        }
    }

    private void drain(ConsumedPath current) throws InterruptedException {
        Pumps pumps = current.pumps();
        if (!pumps.areDraining()) {
            if (pumps.arePaused() && !pumps.haveTargets()) {
                // suspended by the user: what comes then stays where it is
                return;
            }
            resumedMeanwhile = false;
            drainsToStop = true;
            CompletableFuture<Void> unused =
                    current.drain(endpoint.getCamelContext().isStopping(), this::cannotTell);
        }
        pumps.awaitDrained();
    }

    @Override
    protected void doStop() throws Exception {
        if (contextStart != null) {
            contextStart.forget();
        }
        ConsumedPath current = consumed;
        consumed = null;
        if (current != null) {
            lastConsumed = current;
            endpoint.stopped(current.pumps());
            current.close();
            awaitClosed(current.pumps());
        }
        routeStopPending = true;
        // an exchange that is still in work has stopped us from inside, and stops the route when it is through
        if (!exchangeInWork.isThere() || isOutOfTime()) {
            stopRouteIfPending();
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

    private boolean isOutOfTime() {
        return endpoint.getCamelContext().getShutdownStrategy().isTimeoutOccurred()
                || Thread.currentThread().isInterrupted();
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
        String routeId = getRouteId();
        if (routeId == null) {
            return;
        }
        LOG.info("The last writer of {} has closed: stopping the route {}", path, routeId);
        Thread thread = new Thread(() -> stopRoute(routeId), "fifo stopOnEof " + routeId);
        thread.setDaemon(true);
        thread.start();
    }

    private void stopRoute(String routeId) {
        try {
            endpoint.getCamelContext().getRouteController().stopRoute(routeId);
        } catch (Exception e) {
            getExceptionHandler().handleException("Cannot stop the route " + routeId, e);
        }
    }

    private void flow() {
        ConsumedPath current = consumed;
        if (current != null && contextStarted) {
            current.pumps().flow();
            current.follow();
        }
    }

    private void cannotTell(IOException reason) {
        getExceptionHandler()
                .handleException("Cannot tell how much is in " + path + "; it is read until it is empty", reason);
    }

    /** Waits for the exchange in work, unless that one is who stops us, or there is no time left. */
    private void awaitClosed(Pumps closing) {
        if (closing.areRunByCurrentThread()) {
            return;
        }
        ShutdownStrategy strategy = endpoint.getCamelContext().getShutdownStrategy();
        try {
            boolean closed =
                    !isOutOfTime() && closing.awaitClosed(strategy.getTimeUnit().toMillis(strategy.getTimeout()));
            if (!closed) {
                closing.interruptRunners();
            }
        } catch (InterruptedException e) {
            closing.interruptRunners();
            Thread.currentThread().interrupt();
        }
    }
}
