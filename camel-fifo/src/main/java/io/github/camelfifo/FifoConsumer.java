package io.github.camelfifo;

import io.github.camelfifo.internal.consumer.ConsumerRoute;
import io.github.camelfifo.internal.consumer.ContextStart;
import io.github.camelfifo.internal.consumer.ExchangesInWork;
import io.github.camelfifo.internal.consumer.FolderReceivers;
import io.github.camelfifo.internal.consumer.FrameExchanges;
import io.github.camelfifo.internal.consumer.FrameRouter;
import io.github.camelfifo.internal.consumer.Phase;
import io.github.camelfifo.internal.consumer.Phase.Event;
import io.github.camelfifo.internal.consumer.ReplyingProcessor;
import io.github.camelfifo.internal.consumer.ShutdownTime;
import io.github.camelfifo.internal.monitoring.Role;
import io.github.camelfifo.internal.monitoring.Use;
import io.github.camelfifo.internal.options.ConsumerOptions;
import io.github.camelfifo.internal.pump.Consumed;
import io.github.camelfifo.internal.pump.ConsumedFolder;
import io.github.camelfifo.internal.pump.ConsumedPath;
import io.github.camelfifo.internal.pump.ExclusivePath;
import io.github.camelfifo.internal.pump.Pumps;
import io.github.camelfifo.internal.pump.Reading;
import io.github.camelfifo.internal.statistics.ConsumerState;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.PipeReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a named pipe and routes its frames, one exchange at a time and in order. Camel starts, suspends and stops it;
 * its {@link Phase} says what it does now.
 *
 * <p>
 * <b>Start</b> opens the FIFO and does not wait for a writer; frames flow once the context has fully started.
 * <b>Suspend</b> stops reading: incoming bytes stay in the kernel, and writers wait when the pipe is full. <b>Stop</b>
 * first delivers the bytes that are in the pipe when it is called: Camel calls {@link #deferShutdown}, which notes
 * their end as the target, and then {@link #prepareShutdown}. When the context stops, the consumer reads on to its
 * target in the meantime. {@link #doStop()} then only closes, after the exchange in work. When writers come and go
 * nothing is lost, see {@link PipeReader}.
 */
public class FifoConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(FifoConsumer.class);

    private final FifoEndpoint endpoint;
    private final String path;
    /** The route, and after it the writing of answers; null without {@code replyTo}. */
    private final ReplyingProcessor replying;

    private final ConsumerRoute route = new ConsumerRoute(this);
    private final ShutdownTime shutdownTime;
    private final ExchangesInWork exchangesInWork = new ExchangesInWork();
    private final Runnable stopRoute = this::stopRouteAfterExchange;

    private final Use use;
    private volatile Consumed consumed;
    /** The path of the last start; its last exchange may still be in work. */
    private Consumed lastConsumed;

    /** Guards the phase and the actions that it causes. */
    private final Object phaseLock = new Object();

    private Phase phase = Phase.STOPPED;
    /** Null before the first start. */
    private ContextStart contextStart;

    /**
     * A consumer that does nothing until it is started.
     *
     * @param endpoint with checked options
     * @param processor the route
     */
    public FifoConsumer(FifoEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.path = endpoint.getAbsolutePath();
        this.shutdownTime = new ShutdownTime(endpoint.getCamelContext());
        this.replying = endpoint.options().forReplies() == null
                ? null
                : new ReplyingProcessor(getAsyncProcessor(), new FifoProducer(endpoint.replyEndpoint()));
        this.use = endpoint.use(endpoint.options().consuming().names() == null ? Role.CONSUMER : Role.FOLDER);
        FifoHealthCheck healthCheck = new FifoHealthCheck(path, () -> consumed);
        healthCheck.setEnabled(endpoint.getComponent().isHealthCheckConsumerEnabled());
        setHealthCheck(healthCheck);
    }

    @Override
    protected void doStart() throws Exception {
        startRoute();
        if (consumed != null) {
            // Camel starts a consumer again after it gave up the stop
            begin();
        } else if (goesOnWithLast()) {
            // this consumer's own route has stopped it
            begin();
            change(Event.CONTEXT_STARTED);
        } else {
            endpoint.awaitStopped();
            endpoint.validate();
            consumed = open();
            LOG.info("Consuming from {}", path);
            begin();
            contextStart = new ContextStart(() -> change(Event.CONTEXT_STARTED));
            endpoint.getCamelContext().addStartupListener(contextStart);
        }
        endpoint.consumedBy(this);
        route.show(getHealthCheck());
        endpoint.getComponent().consumerStarted(this);
    }

    /** Meters must not miss the first frames. */
    private void begin() {
        use.begin();
        change(Event.START);
    }

    @Override
    protected void doSuspend() {
        change(Event.SUSPEND);
    }

    /** A route policy may resume a stopping consumer when one of its last exchanges ends; the consumer still stops. */
    @Override
    protected void doResume() {
        change(Event.RESUME);
    }

    /** Notes the target. The context's stop waits until {@link #getPendingExchangesSize()} says that it is reached. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        Consumed current = consumed;
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
     * Delivers the bytes that are there now, if another consumer wraps this one: then Camel does not ask this one about
     * the shutdown. The component calls it when the context is about to stop and all its routes still take exchanges.
     *
     * @return the pumps, to wait for the end of the delivery; null when there is nothing to wait for
     */
    Pumps drainIfWrapped() {
        Consumed current = consumed;
        boolean wrapped = current != null && getRoute() == null;
        if (wrapped && phase() == Phase.FLOWING) {
            drain(current, true);
        } else if (!wrapped || !phase().isDrain()) {
            return null;
        }
        return current.pumps().areRunByCurrentThread() ? null : current.pumps();
    }

    /** Ends {@link #drainIfWrapped} early, because there is no time left. */
    void giveUpIfWrapped() {
        Consumed current = consumed;
        synchronized (phaseLock) {
            if (current != null && getRoute() == null && phase.isDrain()) {
                change(Event.GIVE_UP);
                current.pause();
            }
        }
    }

    /**
     * 1 while a drain has bytes to deliver, or while an exchange enters or leaves the route, where Camel does not count
     * it. An exchange that leaves the route may itself wait for Camel's shutdown. So this reports each exchange once,
     * and Camel looks again.
     */
    @Override
    public int getPendingExchangesSize() {
        Consumed current = consumed;
        boolean pending = current != null
                && (current.pumps().areDrainsPending()
                        || (route.inflightExchanges() == 0 && exchangesInWork.tellOnce()));
        return pending ? 1 : 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        Consumed current = consumed;
        if (current == null) {
            return;
        }
        if (suspendOnly || forced) {
            current.pumps().forgetTargets();
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            // Camel's shutdown goes on after its time is over, and may find a consumer that was started again
            return;
        }
        Pumps pumps = current.pumps();
        if (pumps.arePaused() && !pumps.haveTargets()) {
            // suspended by the user: leave incoming bytes in the kernel
            return;
        }
        try {
            if (!pumps.areDraining()) {
                drain(current, endpoint.getCamelContext().isStopping());
            }
            pumps.awaitDrained();
        } catch (InterruptedException e) {
            // out of time: the pumps account for undelivered bytes when they close
            change(Event.GIVE_UP);
            Thread.currentThread().interrupt();
        }
    }

    /** Delivers the bytes up to the targets, or without targets those that are there now, and nothing after that. */
    private void drain(Consumed current, boolean end) {
        synchronized (phaseLock) {
            change(Event.DRAIN);
            CompletableFuture<Void> unused = current.drain(end, this::cannotTell);
        }
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.getComponent().consumerStopped(this);
        route.hide(getHealthCheck());
        if (contextStart != null) {
            contextStart.forget();
        }
        Consumed current = consumed;
        boolean unasked = phase() == Phase.FLOWING;
        boolean outOfTime = shutdownTime.isOver(unasked);
        if (current != null && unasked && !outOfTime) {
            deliverWhatWasRead(current);
        }
        change(Event.STOP);
        consumed = null;
        if (current != null) {
            lastConsumed = current;
            endpoint.stopped(current.pumps());
            current.close();
            if (!current.pumps().areRunByCurrentThread()) {
                shutdownTime.awaitClosed(current.pumps(), outOfTime);
                current.stopTaking();
            }
        }
        use.end();
        // an exchange that is still in work may have called this stop
        if (shutdownTime.isOver(unasked) || !exchangesInWork.putOff(stopRoute)) {
            stopRoute();
        }
    }

    /**
     * Delivers only bytes that were read already. For a stop without a shutdown before it: a cluster stops a consumer
     * in this way after it lost the leadership, and another process may read the pipe by now.
     */
    private void deliverWhatWasRead(Consumed current) {
        if (current.pumps().areRunByCurrentThread()) {
            return;
        }
        synchronized (phaseLock) {
            change(Event.DRAIN);
            CompletableFuture<Void> unused = current.drainRead();
        }
        shutdownTime.awaitDrained(current.pumps(), exchangesInWork);
    }

    private void startRoute() throws Exception {
        exchangesInWork.forget();
        super.doStart();
        ServiceHelper.startService(replying);
    }

    private void stopRoute() throws Exception {
        ServiceHelper.stopService(replying);
        super.doStop();
    }

    private void stopRouteAfterExchange() {
        try {
            stopRoute();
        } catch (Exception e) {
            getExceptionHandler().handleException("Cannot stop the route of " + path, e);
        }
    }

    /** What it does now. */
    ConsumerState state() {
        Phase now = phase();
        Consumed current = consumed;
        if (now == Phase.STOPPED || current == null) {
            return ConsumerState.STOPPED;
        }
        if (current.whyLost() != null) {
            return ConsumerState.LOST;
        }
        if (now == Phase.SUSPENDED || now == Phase.AWAITING_SUSPENDED) {
            return ConsumerState.SUSPENDED;
        }
        return current.standsBy() ? ConsumerState.STANDBY : ConsumerState.FLOWING;
    }

    private boolean goesOnWithLast() {
        if (lastConsumed != null && lastConsumed.cancelClose()) {
            consumed = lastConsumed;
        }
        lastConsumed = null;
        return consumed != null;
    }

    private Consumed open() throws IOException {
        ConsumerOptions options = endpoint.options().consuming();
        if (options.names() != null) {
            return openFolder(options);
        }
        return options.exclusive()
                ? new ExclusivePath(
                        endpoint.getComponent().pipes(), reading(), this::openPath, options.lockFile(), route::describe)
                : openPath();
    }

    private Reading reading() {
        return endpoint.reading(() -> createExchange(false));
    }

    private ConsumedPath openPath() throws IOException {
        ReaderStatistics statistics = new ReaderStatistics(endpoint.statistics());
        AsyncProcessor processor = replying == null ? getAsyncProcessor() : replying;
        FrameExchanges exchanges = endpoint.frameExchanges();
        ConsumerOptions options = endpoint.options().consuming();
        return new ConsumedPath(
                endpoint.getComponent().pipes(),
                endpoint.getComponent().carriedOver(),
                reading(),
                statistics,
                () -> new FrameRouter(this, processor, exchanges, statistics, options.retries()),
                exchangesInWork.gate(),
                options.stopOnEof() ? () -> route.stop(path) : null);
    }

    private ConsumedFolder openFolder(ConsumerOptions options) throws IOException {
        FifoComponent component = endpoint.getComponent();
        FolderReceivers receivers = new FolderReceivers(
                exchangesInWork,
                endpoint.statistics(),
                endpoint.members(),
                (name, statistics) -> new FrameRouter(
                        this, getAsyncProcessor(), endpoint.frameExchanges(name), statistics, options.retries()));
        return new ConsumedFolder(component.pipes(), component.carriedOver(), reading(), options.names(), receivers);
    }

    private Phase phase() {
        synchronized (phaseLock) {
            return phase;
        }
    }

    private void change(Event event) {
        synchronized (phaseLock) {
            phase = phase.after(event);
            Consumed current = consumed;
            if (current == null) {
                return;
            }
            if (phase == Phase.FLOWING) {
                current.flow();
            } else if (phase == Phase.SUSPENDED && event == Event.SUSPEND) {
                current.pause();
            }
        }
    }

    private void cannotTell(IOException reason) {
        getExceptionHandler()
                .handleException(
                        "Cannot find out how many bytes are in " + path + "; it is read until it is empty", reason);
    }
}
