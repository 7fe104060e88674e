package io.github.camelfifo;

import io.github.camelfifo.pipe.PipeReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.StartupListener;
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
public class FifoConsumer extends DefaultConsumer implements Suspendable, ShutdownAware, StartupListener {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);
    private static final long NO_TARGET = -1;

    private final FifoEndpoint endpoint;
    private final String path;
    /** The route with its answers written; null where none are wanted. */
    private final ReplyingProcessor replying;

    private volatile FramePump pump;
    /** The one of the last start; its last exchange may still be in work. */
    private FramePump lastPump;

    private final AtomicBoolean routeStopPending = new AtomicBoolean();
    private volatile boolean exchangeInWork;
    private volatile boolean contextStarted;
    private volatile long stopTarget = NO_TARGET;

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
    }

    @Override
    protected void doStart() throws Exception {
        routeStopPending.set(false);
        super.doStart();
        ServiceHelper.startService(replying);
        stopTarget = NO_TARGET;
        if (pump != null || goesOnWithLastPump()) {
            // Camel starts a consumer again whose stop it has given up, or that its own route has stopped
            flow();
        } else {
            contextStarted = false;
            endpoint.awaitStopped();
            pump = open();
            LOG.info("Consuming from {}", path);
            endpoint.getCamelContext().addStartupListener(this);
        }
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        if (alreadyStarted) {
            contextStarted = true;
            flow();
        }
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        contextStarted = true;
        if (isRunAllowed() && !isSuspendingOrSuspended()) {
            flow();
        }
    }

    @Override
    protected void doSuspend() {
        FramePump current = pump;
        if (current != null) {
            current.pause();
        }
    }

    @Override
    protected void doResume() {
        stopTarget = NO_TARGET;
        flow();
    }

    /** Takes the target; the context's stop waits until it is reached, {@link #getPendingExchangesSize()} tells. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        FramePump current = pump;
        if (current == null || current.isPaused()) {
            return false;
        }
        stopTarget = end(current);
        if (!endpoint.getCamelContext().isStopping()) {
            return false;
        }
        CompletableFuture<Void> unused = current.drain(stopTarget, true);
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        FramePump current = pump;
        return current != null && current.isDrainPending() ? 1 : 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        FramePump current = pump;
        if (suspendOnly || forced || current == null) {
            stopTarget = NO_TARGET;
            return;
        }
        try {
            drain(current);
        } catch (InterruptedException e) {
            // out of time: what was not delivered is accounted for when the pump is closed
            Thread.currentThread().interrupt();
        }
    }

    private void drain(FramePump current) throws InterruptedException {
        if (!current.isDraining()) {
            if (current.isPaused() && stopTarget == NO_TARGET) {
                // suspended by the user: what comes then stays where it is
                return;
            }
            long target = stopTarget == NO_TARGET ? end(current) : stopTarget;
            CompletableFuture<Void> unused =
                    current.drain(target, endpoint.getCamelContext().isStopping());
        }
        current.awaitDrained();
    }

    @Override
    protected void doStop() throws Exception {
        FramePump current = pump;
        pump = null;
        if (current != null) {
            lastPump = current;
            endpoint.stopped(current);
            current.pause();
            current.close();
            awaitClosed(current);
        }
        routeStopPending.set(true);
        // an exchange that is still in work has stopped us from inside, and stops the route when it is through
        if (!exchangeInWork || isOutOfTime()) {
            stopRouteIfPending();
        }
    }

    void exchangeBegins() {
        exchangeInWork = true;
    }

    void exchangeHasEnded() {
        exchangeInWork = false;
        if (routeStopPending.get()) {
            try {
                stopRouteIfPending();
            } catch (Exception e) {
                getExceptionHandler().handleException("Cannot stop the route of " + path, e);
            }
        }
    }

    private void stopRouteIfPending() throws Exception {
        if (routeStopPending.compareAndSet(true, false)) {
            ServiceHelper.stopService(replying);
            super.doStop();
        }
    }

    private boolean isOutOfTime() {
        return endpoint.getCamelContext().getShutdownStrategy().isTimeoutOccurred()
                || Thread.currentThread().isInterrupted();
    }

    private boolean goesOnWithLastPump() {
        if (lastPump != null && lastPump.cancelClose()) {
            pump = lastPump;
        }
        lastPump = null;
        return pump != null;
    }

    private FramePump open() throws IOException {
        ConsumedPipe pipe = new ConsumedPipe(endpoint);
        try {
            return pipe.pump(
                    new ExchangeOutlet(this, endpoint, route()),
                    () -> createExchange(false),
                    endpoint.getConfiguration().isStopOnEof());
        } catch (IOException | RuntimeException e) {
            pipe.close();
            throw e;
        }
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
        FramePump current = pump;
        if (current != null && contextStarted) {
            current.flow();
        }
    }

    private long end(FramePump current) {
        try {
            return current.end();
        } catch (IOException e) {
            getExceptionHandler().handleException("Cannot tell how much is in " + path, e);
            return 0;
        }
    }

    /** Waits for the exchange in work, unless that one is who stops us, or there is no time left. */
    private void awaitClosed(FramePump closing) {
        if (closing.isRunByCurrentThread()) {
            return;
        }
        ShutdownStrategy strategy = endpoint.getCamelContext().getShutdownStrategy();
        try {
            boolean closed =
                    !isOutOfTime() && closing.awaitClosed(strategy.getTimeUnit().toMillis(strategy.getTimeout()));
            if (!closed) {
                closing.interruptRunner();
            }
        } catch (InterruptedException e) {
            closing.interruptRunner();
            Thread.currentThread().interrupt();
        }
    }
}
