package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.master.MasterComponent;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumers that are stopped by somebody else than Camel's shutdown. */
class WrappedConsumerTest extends FifoTestSupport {

    private static final int LINES = 1_000;

    private final Received received = new Received();
    private final LogCapture log = new LogCapture();

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void theContextsStopProcessesAllThatAMasterHasInItsPipe(Acknowledge acknowledge) throws Exception {
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(folder.path("locks").toString());
        cluster.setAcquireLockDelay(10, TimeUnit.MILLISECONDS);
        cluster.setAcquireLockInterval(100, TimeUnit.MILLISECONDS);
        context.addService(cluster);
        Path fifo = startMaster(uri(folder.fifo("in"), "acknowledge=" + acknowledge));
        awaitWriter(fifo).write(Received.lines(LINES));
        received.awaitCount(1);

        context.stop();

        received.assertNumbers(LINES);
        assertThat(log.lines("WARN", fifo + " and not processed are lost")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void whatAStoppedMastersRouteRefusesIsThereForItsNextStart(Acknowledge acknowledge) throws Exception {
        context.addService(new ToggledCluster());
        Path fifo = startMaster(uri(folder.fifo("in"), "acknowledge=" + acknowledge));
        PipeEnd holder = reader(fifo);
        awaitWriter(fifo).write(Received.lines(LINES));
        received.awaitCount(10);

        context.getRouteController().stopRoute("master");
        int before = received.count();
        assertThat(before).isLessThan(LINES);
        if (acknowledge == Acknowledge.ON_COMPLETION) {
            assertThat(holder.unread()).isPositive();
        }
        context.getRouteController().startRoute("master");

        await().until(() -> received.count() >= LINES);
        received.assertNumbers(LINES);
    }

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void whoLosesTheLeadershipDeliversWhatItHasRead(Acknowledge acknowledge) throws Exception {
        ToggledCluster cluster = new ToggledCluster();
        context.addService(cluster);
        Path fifo = startMaster(uri(folder.fifo("in"), "acknowledge=" + acknowledge));
        PipeEnd holder = reader(fifo);
        PipeEnd writer = awaitWriter(fifo);
        writer.write(Received.lines(100));
        received.awaitCount(10);

        cluster.lead(false);
        int before = received.count();
        if (acknowledge == Acknowledge.ON_RECEIPT) {
            // all of it: one read takes it
            assertThat(before).isEqualTo(100);
            assertThat(holder.unread()).isZero();
        }
        writer.write("101\n");
        received.assertNothingMore(before);
        cluster.lead(true);

        await().until(() -> received.count() >= 101);
        received.assertNumbers(101);
    }

    @Test
    void stopOnEofStopsTheMastersRoute() throws Exception {
        context.addService(new ToggledCluster());
        Path fifo = startMaster(uri(folder.fifo("in"), "stopOnEof=true"));
        try (PipeEnd writer = awaitWriter(fifo)) {
            writer.write("1\n2\n");
        }

        await().until(() -> context.getRouteController().getRouteStatus("master") == ServiceStatus.Stopped);
        received.assertNumbers(2);
    }

    @Test
    void theMastersHealthIsOurs() throws Exception {
        context.addService(new ToggledCluster());
        Path fifo = startMaster(uri(folder.fifo("in"), "autoCreate=false&checkInterval=100"));
        PipeEnd unused = awaitWriter(fifo);
        await().untilAsserted(() -> assertThat(check("master").getState()).isEqualTo(HealthCheck.State.UP));
        await().untilAsserted(() -> assertThat(check("master").getDetails()).containsEntry("path", fifo.toString()));

        Files.delete(fifo);

        await().untilAsserted(() -> assertThat(check("master").getState()).isEqualTo(HealthCheck.State.DOWN));
        assertThat(check("master").getDetails()).containsKey("reason");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLostWhileTheRouteThatUsesAKameletIsAway(boolean suspend) throws Exception {
        Path fifo = folder.fifo("in");
        context.getComponent("kamelet", KameletComponent.class).setTimeout(300);
        routes(routes -> {
            routes.routeTemplate("lines")
                    .templateParameter("path")
                    .from("fifo:{{path}}")
                    .to("kamelet:sink");
            routes.from("kamelet:lines?path=" + fifo).routeId("outer").process(received);
        });
        context.start();
        PipeEnd writer = awaitWriter(fifo);
        writer.write(Received.lines(100));
        received.awaitCount(100);

        if (suspend) {
            context.getRouteController().suspendRoute("outer");
        } else {
            context.getRouteController().stopRoute("outer");
        }
        writer.write("101\n102\n103\n");
        await().until(() -> !log.lines("WARN", "refuses messages from " + fifo).isEmpty());
        if (suspend) {
            context.getRouteController().resumeRoute("outer");
        } else {
            context.getRouteController().startRoute("outer");
        }

        received.awaitCount(103);
        received.assertNumbers(103);
    }

    @Test
    void aConsumerWithoutARouteDeliversWhatItHasReadBeforeItIsStopped() throws Exception {
        Path fifo = folder.fifo("in");
        context.start();
        Consumer consumer = endpointOf(fifo).createConsumer(exchange -> {
            received.process(exchange);
            workFor2Millis();
        });
        consumer.start();
        PipeEnd writer = awaitWriter(fifo);
        writer.write(Received.lines(200));
        received.awaitCount(1);

        consumer.stop();

        received.assertNumbers(200);
    }

    /** Each consumer is one that some wrapper has made for one time that it leads. */
    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void whatIsRefusedAgainAndAgainIsKept(Acknowledge acknowledge) throws Exception {
        FifoEndpoint endpoint =
                context.getEndpoint(uri(folder.fifo("in"), "acknowledge=" + acknowledge), FifoEndpoint.class);
        context.start();
        PipeEnd holder = reader(folder.path("in"));
        write(folder.path("in"), Received.lines(50) + "unended");
        for (int i = 0; i < 3; i++) {
            StoppedRoute stopped = new StoppedRoute();
            Consumer refused = endpoint.createConsumer(stopped);
            refused.start();
            stopped.stop();
            await().until(() -> stopped.refused.get() > 0);
            refused.stop();
        }
        Consumer last = endpoint.createConsumer(received);
        last.start();

        await().until(() -> received.lines().contains("unended"));
        last.stop();
        assertThat(received.lines()).hasSize(51).startsWith("1", "2").contains("50");
        assertThat(received.lines().subList(0, 50)).containsExactlyElementsOf(Received.numbers(50));
        assertThat(holder.unread()).isZero();
    }

    @Test
    void theTimeThatAnotherRouteHadForItsStopIsNotThisOnes() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        closing(gate::countDown);
        start(routes -> routes.from("seda:other").routeId("other").process(exchange -> gate.await()));
        context.createProducerTemplate().sendBody("seda:other", "stuck");
        context.getRouteController().stopRoute("other", 1, TimeUnit.SECONDS);
        assertThat(context.getShutdownStrategy().isTimeoutOccurred()).isTrue();
        Path fifo = folder.fifo("in");
        Consumer consumer = endpointOf(fifo).createConsumer(exchange -> {
            workFor2Millis();
            received.process(exchange);
        });
        consumer.start();
        awaitWriter(fifo).write(Received.lines(200));
        received.awaitCount(1);

        consumer.stop();

        received.assertNumbers(200);
    }

    private Path startMaster(String uri) throws Exception {
        context.getComponent("master", MasterComponent.class);
        start(routes -> routes.from("master:x:" + uri)
                .routeId("master")
                .process(exchange -> workFor2Millis())
                // the last one: what the stopping route refuses half-way is not counted
                .process(received));
        return Path.of(uri.substring("fifo:".length()).replaceAll("\\?.*", ""));
    }

    private HealthCheck.Result check(String routeId) {
        ConsumersHealthCheckRepository consumers = new ConsumersHealthCheckRepository();
        consumers.setCamelContext(context);
        return consumers.stream()
                .filter(check -> check.getId().equals("consumer:" + routeId))
                .findFirst()
                .orElseThrow()
                .call();
    }

    private FifoEndpoint endpointOf(Path fifo) {
        return context.getEndpoint(uri(fifo), FifoEndpoint.class);
    }

    private static void workFor2Millis() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** A route that was stopped before its consumer. */
    private static final class StoppedRoute extends ServiceSupport implements Processor {

        private final AtomicInteger refused = new AtomicInteger();

        @Override
        public void process(Exchange exchange) throws InterruptedException {
            while (isRunAllowed()) {
                Thread.onSpinWait();
            }
            refused.incrementAndGet();
            throw new RejectedExecutionException("stopped");
        }
    }
}
