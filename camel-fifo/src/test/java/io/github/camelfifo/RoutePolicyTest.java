package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.throttling.ThrottlingInflightRoutePolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopped or suspended from inside its own route, the consumer neither hangs nor loses a line. */
class RoutePolicyTest extends FifoTestSupport {

    private static final int LINES = 2_000;

    private final Received received = new Received();
    private final AtomicInteger interventions = new AtomicInteger();
    private Path fifo;
    private PipeEnd holder;
    private PipeEnd writer;

    @BeforeEach
    void makeFifo() throws Exception {
        fifo = folder.fifo("in");
        holder = reader(fifo);
        writer = writer(fifo);
    }

    /** What the policies do with the consumer, every hundredth time. */
    private enum Intervention {
        SUSPEND,
        STOP
    }

    private abstract class EveryHundredth extends RoutePolicySupport {

        private final Intervention intervention;
        private int exchanges;

        EveryHundredth(Intervention intervention) {
            this.intervention = intervention;
        }

        void count(Route route) {
            if (++exchanges % 100 == 0) {
                interventions.incrementAndGet();
                intervene(route.getConsumer());
            }
        }

        private void intervene(Consumer consumer) {
            try {
                if (intervention == Intervention.SUSPEND) {
                    suspendOrStopConsumer(consumer);
                } else {
                    stopConsumer(consumer);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class OnBegin extends EveryHundredth {

        OnBegin(Intervention intervention) {
            super(intervention);
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            count(route);
        }
    }

    private final class OnDone extends EveryHundredth {

        OnDone(Intervention intervention) {
            super(intervention);
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            count(route);
        }
    }

    private void startWith(RoutePolicySupport policy) throws Exception {
        start(routes -> routes.from(uri(fifo)).routeId("in").routePolicy(policy).process(received));
        writer.write(Received.lines(LINES));
    }

    private void resumeUntilAllIsThere() {
        FifoConsumer consumer = (FifoConsumer) context.getRoute("in").getConsumer();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    if (consumer.isSuspended()) {
                        consumer.resume();
                    } else if (consumer.isStopped()) {
                        consumer.start();
                    }
                    return received.count() >= LINES;
                });
        received.assertNumbers(LINES);
    }

    @Test
    void aPolicyThatSuspendsWhenAnExchangeBeginsLosesNothing() throws Exception {
        startWith(new OnBegin(Intervention.SUSPEND));
        resumeUntilAllIsThere();
        assertThat(interventions).hasValue(LINES / 100);
    }

    @Test
    void aPolicyThatSuspendsWhenAnExchangeIsDoneLosesNothing() throws Exception {
        startWith(new OnDone(Intervention.SUSPEND));
        resumeUntilAllIsThere();
    }

    @Test
    void aPolicyThatStopsTheConsumerWhenAnExchangeBeginsLosesNothing() throws Exception {
        startWith(new OnBegin(Intervention.STOP));
        resumeUntilAllIsThere();
    }

    @Test
    void aPolicyThatStopsTheConsumerWhenAnExchangeIsDoneLosesNothing() throws Exception {
        startWith(new OnDone(Intervention.STOP));
        resumeUntilAllIsThere();
    }

    @Test
    void aSuspendedConsumerReadsNoFurtherFrame() throws Exception {
        startWith(new OnBegin(Intervention.SUSPEND));
        received.awaitCount(100);

        received.assertNothingMore(100);
    }

    /** It counts the exchanges of the whole context, and suspends when there are too many elsewhere. */
    @Test
    void aPolicyOfCamelsThatSuspendsBecauseOfOtherRoutesLosesNothing() throws Exception {
        ThrottlingInflightRoutePolicy throttling = new ThrottlingInflightRoutePolicy();
        throttling.setMaxInflightExchanges(2);
        throttling.setScope(ThrottlingInflightRoutePolicy.ThrottlingScope.Context);
        AtomicBoolean busy = new AtomicBoolean(true);
        ExecutorService others = Executors.newFixedThreadPool(4);
        closing(others::shutdownNow);
        closing(() -> busy.set(false));
        start(routes -> {
            routes.from(uri(fifo)).routeId("in").routePolicy(throttling).process(received);
            routes.from("direct:elsewhere").process(exchange -> StopTest.takes(2));
        });
        var template = context.createProducerTemplate();
        for (int i = 0; i < 4; i++) {
            others.execute(() -> {
                while (busy.get()) {
                    template.sendBody("direct:elsewhere", "other");
                }
            });
        }

        writer.write(Received.lines(LINES));

        resumeUntilAllIsThere();
        busy.set(false);
        others.shutdown();
        assertThat(others.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theRouteStopsItselfThroughTheControlBus() throws Exception {
        start(routes -> routes.from(uri(fifo))
                .routeId("in")
                .process(received)
                .filter(routes.body().isEqualTo("500"))
                .to("controlbus:route?routeId=in&action=stop&async=true"));
        writer.write(Received.lines(1_000));

        awaitStatus(ServiceStatus.Stopped);
        int count = received.count();
        assertThat(count).isGreaterThanOrEqualTo(500);
        received.assertNumbers(count);
        received.assertNothingMore(count);

        context.getRouteController().startRoute("in");
        received.awaitNumbers(1_000);
        assertThat(holder.unread()).isZero();
    }

    @Test
    void theRouteSuspendsItselfThroughTheControlBus() throws Exception {
        start(routes -> routes.from(uri(fifo))
                .routeId("in")
                .process(received)
                .filter(routes.body().isEqualTo("500"))
                .to("controlbus:route?routeId=in&action=suspend&async=true"));
        writer.write(Received.lines(1_000));

        awaitStatus(ServiceStatus.Suspended);
        int count = received.count();
        received.assertNothingMore(count);

        context.getRouteController().resumeRoute("in");
        received.awaitNumbers(1_000);
    }

    @Test
    void theRouteStopsItsContextOnAThreadOfItsOwn() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        closing(other::shutdownNow);
        start(routes -> routes.from(uri(fifo))
                .routeId("in")
                .process(received)
                .filter(routes.body().isEqualTo("10"))
                .process(exchange -> other.execute(context::stop)));
        writer.write(Received.lines(1_000));

        await().atMost(Duration.ofSeconds(20)).until(context::isStopped);
        received.assertNumbers(1_000);
    }

    /** Camel waits for it as for any other exchange, unless it does not count it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRouteThatItsPolicySuspendsWaitsForNoExchangeThatWaitsForThat(boolean begins) throws Exception {
        CompletableFuture<Long> suspension = new CompletableFuture<>();
        startWith(new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route route, Exchange exchange) {
                suspendOnce(route, begins);
            }

            @Override
            public void onExchangeDone(Route route, Exchange exchange) {
                suspendOnce(route, !begins);
            }

            private void suspendOnce(Route route, boolean now) {
                if (now && !suspension.isDone()) {
                    try {
                        suspension.complete(millis(() -> suspendRoute(route)));
                    } catch (Exception e) {
                        suspension.completeExceptionally(e);
                    }
                }
            }
        });

        assertThat(suspension.get(50, TimeUnit.SECONDS)).isLessThan(15_000);
        received.awaitCount(1);
        received.assertNothingMore(1);
        assertThat(context.getRouteController().getRouteStatus("in")).isEqualTo(ServiceStatus.Suspended);
    }

    /** Camel waits for the exchange, which waits for Camel, until the time is up; what was read is given up then. */
    @Test
    void aRouteThatStopsItsContextAndWaitsForItHangsNoLongerThanCamelAllowsAndLeavesNothing() throws Exception {
        LogCapture log = new LogCapture();
        context.getShutdownStrategy().setTimeout(1);
        start(routes -> routes.from(uri(fifo))
                .routeId("in")
                .process(received)
                .filter(routes.body().isEqualTo("10"))
                .process(exchange -> context.stop()));
        writer.write(Received.lines(12));

        await().atMost(Duration.ofSeconds(20)).until(context::isStopped);

        await().untilAsserted(() -> assertThat(log.lines("WARN", "6 bytes", fifo.toString()))
                .as("the last two lines")
                .hasSize(1));
        received.assertNumbers(10);
    }

    private void awaitStatus(ServiceStatus status) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> context.getRouteController().getRouteStatus("in") == status);
    }
}
