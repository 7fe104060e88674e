package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.testing.JavaCommand;
import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.Soon;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which meters are there, for how long, and what they count. */
class MetersTest extends FifoTestSupport {

    /** The state and the time of the last error are no figures. */
    private static final int METERS_OF_A_PATH = Figure.values().length + 2;

    private static final int PATHS = Integer.getInteger("fifo.test.paths", 300);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Received received = new Received();

    private void measure() {
        context.getRegistry().bind("meters", registry);
    }

    private static List<Meter> all(MeterRegistry registry) {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("camel.fifo."))
                .toList();
    }

    private List<Meter> of(Path path) {
        return all(registry).stream()
                .filter(meter -> path.toString().equals(meter.getId().getTag("path")))
                .toList();
    }

    private double counted(Path path, String name) {
        FunctionCounter counter =
                registry.find(name).tag("path", path.toString()).functionCounter();
        return counter == null ? Double.NaN : counter.count();
    }

    private double gauge(Path path, String name) {
        Gauge gauge = registry.find(name).tag("path", path.toString()).gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    private String discarding(Path fifo, String... more) {
        return uri(fifo, "noReader=DISCARD" + String.join("", more));
    }

    @Test
    void eachFigureOfAConsumerIsAMeterWithItsPathAndItsContext() throws Exception {
        measure();
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).process(received));

        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH).allSatisfy(meter -> {
            assertThat(meter.getId().getTags())
                    .containsExactlyInAnyOrder(
                            Tag.of("camelContext", context.getName()), Tag.of("path", fifo.toString()));
            assertThat(meter.getId().getDescription()).isNotBlank();
        });
        Set<String> names =
                of(fifo).stream().map(meter -> meter.getId().getName()).collect(Collectors.toSet());
        assertThat(names).hasSize(METERS_OF_A_PATH).contains("camel.fifo.bytes.in", "camel.fifo.state");
        context.stop();
        assertThat(all(registry)).isEmpty();
    }

    @Test
    void countersAreCountersAndTheRestAreGauges() throws Exception {
        measure();
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).process(received));

        for (Figure figure : Figure.values()) {
            Meter.Type type = figure.isCounter() ? Meter.Type.COUNTER : Meter.Type.GAUGE;
            assertThat(of(fifo))
                    .filteredOn(
                            meter -> figure.description().equals(meter.getId().getDescription()))
                    .singleElement()
                    .satisfies(meter -> assertThat(meter.getId().getType()).isEqualTo(type))
                    .satisfies(meter -> assertThat(
                                    meter.getId().getName() + meter.getId().getBaseUnit())
                            .contains(figure.unit()));
        }
    }

    @Test
    void metersOfAProducerCountAndGoWhenItStops() throws Exception {
        measure();
        Path fifo = folder.fifo("out");
        start(routes -> routes.from("direct:a").routeId("out").to(discarding(fifo)));
        ProducerTemplate template = context.createProducerTemplate();

        template.sendBody("direct:a", "one");
        template.sendBody("direct:a", "two");

        assertThat(counted(fifo, "camel.fifo.discarded")).isEqualTo(2);
        context.getRouteController().stopRoute("out");
        assertThat(all(registry)).isEmpty();
        context.getRouteController().startRoute("out");
        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
    }

    @Test
    void metersOfAPolledFifoGoWhenTheContextStops() throws Exception {
        measure();
        Path fifo = folder.fifo("in");
        context.start();
        try (ConsumerTemplate template = context.createConsumerTemplate()) {
            assertThat(template.receiveBodyNoWait(uri(fifo))).isNull();
            writer(fifo).write("one\ntwo\n");

            assertThat(template.receiveBody(uri(fifo), String.class)).isEqualTo("one");

            assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
            assertThat(gauge(fifo, "camel.fifo.state")).isEqualTo(1);
            assertThat(counted(fifo, "camel.fifo.frames.in")).isEqualTo(1);
        }
        context.stop();
        assertThat(all(registry)).isEmpty();
    }

    @Test
    void theStateIsANumber() throws Exception {
        measure();
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "autoCreate=false", "checkInterval=20"))
                .routeId("in")
                .process(received));
        assertThat(gauge(fifo, "camel.fifo.state")).isEqualTo(1);

        context.getRouteController().suspendRoute("in");
        assertThat(gauge(fifo, "camel.fifo.state")).isEqualTo(2);

        context.getRouteController().resumeRoute("in");
        Files.delete(fifo);
        Soon.await().until(() -> gauge(fifo, "camel.fifo.state") == 4);
    }

    @Test
    void aConsumerThatStandsByIsInState3() throws Exception {
        measure();
        Path fifo = folder.fifo("in");
        start(routes -> {
            routes.from(uri(fifo, "exclusive=true", "lockFile=" + folder.path("lock")))
                    .process(received);
        });
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            other.getRegistry().bind("meters", registry);
            RouteBuilder.addRoutes(
                    other,
                    routes -> routes.from(uri(fifo, "exclusive=true", "lockFile=" + folder.path("lock")))
                            .process(received));
            other.start();

            Soon.await()
                    .until(() -> registry.find("camel.fifo.state")
                                    .tag("camelContext", other.getName())
                                    .gauge()
                                    .value()
                            == 3);
        }
        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
    }

    @Test
    void twoEndpointsOfOnePathAddUpAndDoNotTakeEachOthersMetersAway() throws Exception {
        measure();
        Path fifo = folder.fifo("out");
        start(routes -> {
            routes.from("direct:a").routeId("a").to(discarding(fifo));
            routes.from("direct:b").routeId("b").to(discarding(fifo, "&charset=ISO-8859-1"));
        });
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody("direct:a", "one");
        template.sendBody("direct:b", "two");
        template.sendBody("direct:b", "three");
        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
        assertThat(counted(fifo, "camel.fifo.discarded")).isEqualTo(3);

        context.getRouteController().stopRoute("b");
        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
        assertThat(counted(fifo, "camel.fifo.discarded")).isEqualTo(3);

        context.getRouteController().startRoute("b");
        template.sendBody("direct:b", "four");
        assertThat(counted(fifo, "camel.fifo.discarded")).isEqualTo(4);

        context.getRouteController().stopRoute("a");
        assertThat(counted(fifo, "camel.fifo.discarded")).isEqualTo(4);
    }

    @Test
    void twoComponentsOfOneContextAddUpToo() throws Exception {
        measure();
        context.addComponent("pipe", new FifoComponent());
        Path fifo = folder.fifo("out");
        start(routes -> {
            routes.from("direct:a").to(discarding(fifo));
            routes.from("direct:b").routeId("b").to("pipe:" + fifo + "?noReader=DISCARD");
        });
        context.createProducerTemplate().sendBody("direct:a", "one");
        context.createProducerTemplate().sendBody("direct:b", "two");

        context.getRouteController().stopRoute("b");
        context.removeComponent("pipe");

        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
        assertThat(counted(fifo, "camel.fifo.discarded")).isEqualTo(2);
    }

    @Test
    void thePathsOfToDLeaveOnlyTheMetersOfThoseThatCamelKeeps() throws Exception {
        measure();
        context.disableJMX();
        int kept = 10;
        start(routes -> routes.from("direct:a").toD(discarding(folder.path("${body}")), kept));
        ProducerTemplate template = context.createProducerTemplate();

        for (int i = 0; i < PATHS; i++) {
            template.sendBody("direct:a", "fifo" + i);
        }

        // Camel may stop what it has dropped a little later
        Soon.await().until(() -> all(registry).size() <= kept * METERS_OF_A_PATH);
        assertThat(of(folder.path("fifo" + (PATHS - 1)))).hasSize(METERS_OF_A_PATH);
        context.stop();
        assertThat(all(registry)).isEmpty();
    }

    /** Camel makes an endpoint and a producer for each message, and drops both. */
    @Test
    void producersThatCamelDoesNotKeepHaveNone() throws Exception {
        measure();
        List<Meter> added = new CopyOnWriteArrayList<>();
        registry.config().onMeterAdded(added::add);
        start(routes -> routes.from("direct:a")
                .toD()
                .uri(discarding(folder.path("${body}")))
                .cacheSize(-1));

        context.createProducerTemplate().sendBody("direct:a", "fifo");

        assertThat(folder.path("fifo")).exists();
        assertThat(added).isEmpty();
    }

    @Test
    void aProducerOfAnEndpointThatARouteIsGivenHasThem() throws Exception {
        measure();
        FifoComponent component = context.getComponent("fifo", FifoComponent.class);
        Path fifo = folder.fifo("out");
        FifoEndpoint endpoint = new FifoEndpoint("fifo:" + fifo, component, fifo.toString(), new FifoConfiguration());
        endpoint.setCamelContext(context);
        start(routes -> routes.from("direct:a").to(endpoint));

        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
    }

    @Test
    void aCounterGoesOnWhenTheFiguresAreReset() throws Exception {
        measure();
        Path fifo = folder.fifo("out");
        start(routes -> routes.from("direct:a").to(discarding(fifo)));
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody("direct:a", "one");

        context.getEndpoint(discarding(fifo), FifoEndpoint.class).resetStatistics();

        assertThat(counted(fifo, "camel.fifo.discarded")).isEqualTo(1);
        template.sendBody("direct:a", "two");
        assertThat(counted(fifo, "camel.fifo.discarded")).isEqualTo(2);
    }

    @Test
    void eachFifoOfAFolderHasMetersForAsLongAsItIsThere() throws Exception {
        measure();
        Path many = Files.createDirectory(folder.path("many"));
        Path a = folder.fifo("many/a.fifo");
        start(routes ->
                routes.from(uri(many, "include=*.fifo", "checkInterval=20")).process(received));
        Soon.await().until(() -> of(a).size() == METERS_OF_A_PATH);
        write(a, "one\ntwo\n");
        received.awaitLines("one", "two");
        assertThat(counted(a, "camel.fifo.frames.in")).isEqualTo(2);
        assertThat(gauge(a, "camel.fifo.state")).isEqualTo(1);

        Path b = folder.fifo("many/b.fifo");
        Soon.await().until(() -> of(b).size() == METERS_OF_A_PATH);
        assertThat(counted(b, "camel.fifo.frames.in")).isZero();
        Files.delete(a);
        Soon.await().until(() -> of(a).isEmpty());

        assertThat(of(b)).hasSize(METERS_OF_A_PATH);
        context.stop();
        assertThat(all(registry)).isEmpty();
    }

    @Test
    void ofTheFolderItselfOnlyTheStateIsAMeter() throws Exception {
        measure();
        Path many = Files.createDirectory(folder.path("many"));
        folder.fifo("many/a.fifo");

        start(routes -> routes.from(uri(many, "include=*.fifo")).process(received));

        assertThat(of(many)).extracting(meter -> meter.getId().getName()).containsExactly("camel.fifo.state");
    }

    @Test
    void theMetersOfAFifoThatIsRenamedHaveItsNewName() throws Exception {
        measure();
        Path many = Files.createDirectory(folder.path("many"));
        Path before = folder.fifo("many/a.fifo");
        start(routes ->
                routes.from(uri(many, "include=*.fifo", "checkInterval=20")).process(received));
        write(before, "one\n");
        received.awaitLines("one");

        Path after = Files.move(before, folder.path("many/b.fifo"));

        Soon.await()
                .until(() -> of(after).size() == METERS_OF_A_PATH && of(before).isEmpty());
        assertThat(counted(after, "camel.fifo.frames.in")).isZero();
        write(after, "two\n");
        Soon.await().until(() -> counted(after, "camel.fifo.frames.in") == 1);
    }

    @Test
    void aProducerAndAFolderThatUseOneFifoAddUp() throws Exception {
        measure();
        Path many = Files.createDirectory(folder.path("many"));
        Path fifo = folder.fifo("many/a.fifo");
        start(routes -> {
            routes.from(uri(many, "include=*.fifo")).routeId("in").process(received);
            routes.from("direct:a").routeId("out").to(uri(fifo));
        });
        context.createProducerTemplate().sendBody("direct:a", "line");
        received.awaitLines("line");
        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
        assertThat(counted(fifo, "camel.fifo.bytes.out")).isEqualTo(5);
        assertThat(counted(fifo, "camel.fifo.bytes.in")).isEqualTo(5);

        context.getRouteController().stopRoute("in");

        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
        assertThat(counted(fifo, "camel.fifo.bytes.in")).isEqualTo(5);
    }

    @Test
    void requestsAndAnswersCountForTheFifoOfTheRequests() throws Exception {
        measure();
        Path requests = folder.fifo("requests");
        Path answers = folder.fifo("answers");
        String uri = uri(requests, "replyTo=" + answers);
        start(routes -> {
            routes.from(uri).transform().simple("${body}!");
            routes.from("direct:a").routeId("out").to(uri);
        });

        assertThat(context.createProducerTemplate().requestBody("direct:a", "hey", String.class))
                .isEqualTo("hey!");

        assertThat(of(requests)).hasSize(METERS_OF_A_PATH);
        assertThat(of(answers)).isEmpty();
        context.getRouteController().stopRoute("out");
        assertThat(of(requests)).hasSize(METERS_OF_A_PATH);
        context.stop();
        assertThat(all(registry)).isEmpty();
    }

    @Test
    void camelsOwnBeanIsTakenWhereThereAreSeveralRegistries() throws Exception {
        context.getRegistry().bind("another", new SimpleMeterRegistry());
        context.getRegistry().bind("metricsRegistry", registry);
        Path fifo = folder.fifo("in");

        start(routes -> routes.from(uri(fifo)).process(received));

        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
    }

    @Test
    void ofSeveralRegistriesTheOneThatIsMadeOfThemIsTaken() throws Exception {
        context.getRegistry().bind("one", registry);
        context.getRegistry().bind("all", new CompositeMeterRegistry().add(registry));
        Path fifo = folder.fifo("in");

        start(routes -> routes.from(uri(fifo)).process(received));

        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
        context.stop();
        assertThat(all(registry)).isEmpty();
    }

    @Test
    void aRegistryThatIsBoundAfterTheConsumersStartIsFound() throws Exception {
        Path fifo = folder.fifo("in");
        context.addRoutePolicyFactory((camelContext, routeId, route) -> new RoutePolicySupport() {
            @Override
            public void onStart(Route started) {
                measure();
            }
        });

        start(routes -> routes.from(uri(fifo)).process(received));

        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
    }

    /** Camel makes another component, except where the first one is a bean of an application that goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRegistryThatIsBoundLateIsAlsoFoundWhenTheContextStartsAgain(boolean sameComponent) throws Exception {
        AtomicBoolean again = new AtomicBoolean();
        Path fifo = folder.fifo("in");
        context.addRoutePolicyFactory((camelContext, routeId, route) -> new RoutePolicySupport() {
            @Override
            public void onStart(Route started) {
                if (again.get()) {
                    measure();
                }
            }
        });
        start(routes -> routes.from(uri(fifo)).process(received));
        FifoComponent first = context.getComponent("fifo", FifoComponent.class);
        context.stop();
        if (sameComponent) {
            context.addComponent("fifo", first);
        }

        again.set(true);
        context.start();

        assertThat(of(fifo)).hasSize(METERS_OF_A_PATH);
    }

    @Test
    void aRegistryThatRefusesMetersDoesNotKeepAConsumerFromStarting() throws Exception {
        LogCapture log = new LogCapture();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("camel.fifo.capacity")) {
                    throw new IllegalStateException("refused");
                }
                return id;
            }
        });
        measure();
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).process(received));

        write(fifo, "line\n");

        received.awaitLines("line");
        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
        context.stop();
        assertThat(all(registry)).isEmpty();
    }

    @Test
    void theTimeOfTheLastErrorIsInTheRegistrysUnit() throws Exception {
        measure();
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).process(received));

        assertThat(registry.get("camel.fifo.last.error").timeGauge().value(TimeUnit.SECONDS))
                .isZero();
    }

    @Test
    void withoutMicrometerOnTheClassPathAllElseWorks() throws Exception {
        Path fifo = folder.fifo("in");
        Path jar = Path.of(URI.create(MeterRegistry.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));

        try (JavaProcess java =
                JavaCommand.of(WithoutMicrometer.class).without(jar).start(fifo)) {
            assertThat(java.awaitExit(Duration.ofSeconds(60))).as(java.output()).isZero();
            assertThat(java.output()).contains("got line", "console shows " + fifo);
        }
    }
}
