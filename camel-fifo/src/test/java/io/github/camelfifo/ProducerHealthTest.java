package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.AnotherUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.health.ProducersHealthCheckRepository;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The producers of routes say whether they could write, to whoever asks Camel for its health. */
class ProducerHealthTest extends FifoTestSupport {

    private static final int MANY = 2_000;

    private final Received received = new Received();
    private Path out;

    @BeforeEach
    void switchOn() {
        out = folder.path("out");
        repository().setEnabled(true);
    }

    private ProducersHealthCheckRepository repository() {
        return repository(context);
    }

    private static ProducersHealthCheckRepository repository(CamelContext context) {
        return HealthCheckHelper.getHealthCheckRepository(context, "producers", ProducersHealthCheckRepository.class);
    }

    private List<HealthCheck> checks() {
        return repository().stream().toList();
    }

    private List<String> ids() {
        return checks().stream().map(HealthCheck::getId).toList();
    }

    /** Of the only check. */
    private HealthCheck.Result health() {
        assertThat(checks()).hasSize(1);
        return checks().get(0).call();
    }

    private void expectUp() {
        assertThat(health().getState()).as(health().getDetails().toString()).isEqualTo(HealthCheck.State.UP);
    }

    private void expectDown(String reason) {
        HealthCheck.Result health = health();
        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getMessage()).hasValue(reason);
        assertThat(health.getDetails()).containsEntry("reason", reason).containsEntry("path", out.toString());
    }

    private void startRoute(String... options) throws Exception {
        start(routes -> routes.from("direct:in").routeId("writer").to(uri(out, options)));
    }

    @Test
    void withoutAReaderItIsUpAndItSaysWhere() throws Exception {
        startRoute();

        expectUp();
        assertThat(health().getDetails())
                .containsEntry("path", out.toString())
                .containsEntry(HealthCheck.ENDPOINT_URI, "fifo://" + out)
                .doesNotContainKeys("reason", "replyTo");
        assertThat(ids()).containsExactly("producer:fifo://" + out);
        assertThat(HealthCheckHelper.invoke(context, "full"))
                .extracting(result -> result.getCheck().getId())
                .contains("producer:fifo://" + out);
    }

    @Test
    void aFullPipeIsUp() throws Exception {
        folder.fifo("out");
        reader(out);
        writer(out).fill();
        startRoute();

        expectUp();
    }

    @Test
    void itIsDownWhileThereIsNoFifoThatItMayNotMake() throws Exception {
        startRoute("autoCreate=false");
        expectDown("Named pipe does not exist: " + out);

        Files.writeString(out, "no FIFO");
        expectDown("Not a named pipe but a regular file: " + out);
        Files.delete(out);
        folder.fifo("out");
        expectUp();
    }

    @Test
    void itIsUpWhileTheFifoIsMissingThatTheNextMessageMakes() throws Exception {
        startRoute("checkInterval=0");
        Files.delete(out);

        expectUp();
        assertThat(out).doesNotExist();
        Files.createSymbolicLink(out, folder.path("nowhere"));
        expectDown("Not a named pipe but a symbolic link that leads nowhere: " + out);
    }

    @Test
    void itIsDownWhileItIsNotPermitted() throws Exception {
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        folder.fifo("out");
        startRoute("autoCreate=false");
        expectUp();

        AnotherUser.act(() -> expectDown("access failed: Permission denied (EACCES): " + out));
        Files.setAttribute(out, "unix:mode", 0622);
        AnotherUser.act(this::expectUp);
    }

    /** A reading end that it holds open needs the permission to read. */
    @Test
    void withHoldOpenItIsDownWhileItMayNotRead() throws Exception {
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        folder.fifo("out");
        Files.setAttribute(out, "unix:mode", 0622);
        startRoute("holdOpen=true");

        AnotherUser.act(() -> expectDown("access failed: Permission denied (EACCES): " + out));
        Files.setAttribute(out, "unix:mode", 0666);
        AnotherUser.act(this::expectUp);
    }

    @Test
    void itIsDownWhileItMayNotMakeTheFifo() throws Exception {
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        startRoute("checkInterval=0");
        Files.delete(out);

        AnotherUser.act(() -> expectDown("access failed: Permission denied (EACCES): " + folder.path()));
        Files.setAttribute(folder.path(), "unix:mode", 0777);
        AnotherUser.act(this::expectUp);
    }

    @Test
    void itIsDownWhenItIsStrictAndSomebodyElseHasPutTheFifoThere() throws Exception {
        AnotherUser.give(folder.fifo("out"));
        startRoute("strict=true", "autoCreate=false");

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage())
                .hasValueSatisfying(message -> assertThat(message).contains("user nobody", out.toString()));
    }

    /** A reader would see the end of a session. */
    @Test
    void noReaderNoticesThatItLooks() throws Exception {
        startRoute();
        Posix posix = Posix.system();
        try (Descriptor found = posix.openPath(out.toString());
                Descriptor reader = posix.reopenForReading(found)) {
            expectUp();

            assertThat(posix.isHungUp(reader)).isFalse();
        }
    }

    @Test
    void aRequestNeedsBothFifos() throws Exception {
        Path answers = folder.fifo("answers");
        folder.fifo("out");
        startRoute("autoCreate=false", "replyTo=" + answers);
        expectUp();
        assertThat(health().getDetails()).containsEntry("replyTo", answers.toString());

        Files.delete(answers);
        expectDown("Named pipe does not exist: " + answers);
        folder.fifo("answers");
        expectUp();
        Files.delete(out);
        expectDown("Named pipe does not exist: " + out);
    }

    @Test
    void aConsumerThatAnswersHasOneForItsAnswers() throws Exception {
        Path requests = folder.fifo("requests");
        folder.fifo("out");
        start(routes ->
                routes.from(uri(requests, "autoCreate=false", "replyTo=" + out)).process(received));
        expectUp();

        Files.delete(out);

        expectDown("Named pipe does not exist: " + out);
        assertThat(ids()).singleElement().asString().endsWith("#replyTo");
    }

    @Test
    void anEndpointHasOneHoweverManyProducersItHas() throws Exception {
        start(routes -> {
            routes.from("direct:a").routeId("a").to(uri(out)).to(uri(out));
            routes.from("direct:b").routeId("b").to(uri(out));
            routes.from("direct:c").routeId("c").to(uri(out, "autoCreate=false"));
        });
        assertThat(ids())
                .containsExactlyInAnyOrder("producer:fifo://" + out, "producer:fifo://" + out + "?autoCreate=false");

        context.getRouteController().stopRoute("a");
        context.getRouteController().stopRoute("c");
        assertThat(ids()).containsExactly("producer:fifo://" + out);
        context.getRouteController().stopRoute("b");
        assertThat(checks()).isEmpty();
        context.getRouteController().startRoute("a");
        assertThat(ids()).containsExactly("producer:fifo://" + out);
    }

    @Test
    void everyCharacterOfAPathIsAllowed() throws Exception {
        out = folder.path("in & #1 {x} 100%25");
        startRoute("delimiter=RAW(+)", "framing=DELIMITED");

        expectUp();
        assertThat(health().getDetails())
                .containsEntry("path", folder.path("in & #1 {x} 100%").toString());
    }

    @Test
    void aSuspendedRouteKeepsItAndARemovedOneLeavesNone() throws Exception {
        startRoute();

        context.getRouteController().suspendRoute("writer");
        expectUp();
        context.getRouteController().stopRoute("writer");
        assertThat(checks()).isEmpty();
        context.getRouteController().startRoute("writer");
        expectUp();
        context.getRouteController().stopRoute("writer");
        context.removeRoute("writer");
        assertThat(checks()).isEmpty();
    }

    @Test
    void aRouteThatIsAddedLaterHasIt() throws Exception {
        context.start();

        routes(routes -> routes.from("direct:in").to(uri(out)));

        expectUp();
    }

    @Test
    void aSynchronousProducerHasIt() throws Exception {
        startRoute("synchronous=true");

        expectUp();
        context.getRouteController().stopRoute("writer");
        assertThat(checks()).isEmpty();
    }

    @Test
    void aProducerThatStartsLaterHasItFromThenOn() throws Exception {
        startRoute("lazyStartProducer=true", "noReader=DISCARD");
        assertThat(checks()).isEmpty();

        context.createProducerTemplate().sendBody("direct:in", "line");

        expectUp();
        context.getRouteController().stopRoute("writer");
        assertThat(checks()).isEmpty();
    }

    @Test
    void aProducerThatCannotStartLeavesNone() throws Exception {
        Files.writeString(out, "no FIFO");
        routes(routes -> routes.from("direct:in").to(uri(out)));

        assertThatThrownBy(context::start).hasStackTraceContaining("Not a named pipe");

        assertThat(checks()).isEmpty();
    }

    @Test
    void whatIsMadeForAMessageHasNone() throws Exception {
        AtomicReference<List<String>> most = new AtomicReference<>(List.of());
        start(routes -> {
            routes.from("direct:cached").toD("fifo:" + folder.path() + "/${body}?noReader=DISCARD&autoCreate=false");
            routes.from("direct:uncached")
                    .toD()
                    .uri("fifo:" + folder.path() + "/${body}?noReader=DISCARD&autoCreate=false")
                    .cacheSize(-1)
                    .process(exchange -> most.set(ids()));
        });
        folder.fifo("line");
        routes(routes -> routes.from("direct:list")
                .recipientList()
                .simple("fifo:" + folder.path() + "/${body}?noReader=DISCARD&permissions=600")
                .process(exchange -> most.set(ids())));
        ProducerTemplate template = context.createProducerTemplate();

        template.sendBody("direct:cached", "line");
        template.sendBody("direct:uncached", "line");
        template.sendBody("direct:list", "line");
        template.sendBody(uri(folder.path("line"), "noReader=DISCARD"), "line");

        assertThat(most.get()).isEmpty();
        assertThat(checks()).isEmpty();
    }

    @Test
    void aRouteHasOneForAUriThatATemplateHasUsedBefore() throws Exception {
        String uri = uri(folder.fifo("out"), "noReader=DISCARD");
        context.start();
        context.createProducerTemplate().sendBody(uri, "line");
        assertThat(checks()).isEmpty();

        routes(routes -> routes.from("direct:later").to(uri));

        assertThat(checks()).hasSize(1);
    }

    /** More than Camel keeps in its caches. */
    @Test
    void twoThousandUrisOfOneRouteLeaveNone() throws Exception {
        folder.fifo("out");
        start(routes -> routes.from("direct:in")
                .toD("fifo:" + out + "?noReader=DISCARD&checkInterval=0&readerTimeout=${body}"));
        ProducerTemplate template = context.createProducerTemplate();

        for (int i = 0; i < MANY; i++) {
            template.sendBody("direct:in", i);
        }

        assertThat(checks()).isEmpty();
    }

    @Test
    void noneIsLeftWhenTheContextStops() throws Exception {
        ProducersHealthCheckRepository repository = repository();
        startRoute("replyTo=" + folder.path("answers"));
        assertThat(repository.stream()).hasSize(1);

        context.stop();

        assertThat(repository.stream()).isEmpty();
    }

    @Test
    void camelShowsItOnlyWhenProducersAreSwitchedOnAndTheComponentDoesNotSwitchItOff() throws Exception {
        assertThat(shown()).isEmpty();
        assertThat(shown("camel.health.producers-enabled=true"))
                .singleElement()
                .satisfies(result -> assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN));
        assertThat(shown(
                        "camel.health.producers-enabled=true",
                        "camel.component.fifo.health-check-producer-enabled=false"))
                .singleElement()
                .satisfies(result -> assertThat(result.getState()).isEqualTo(HealthCheck.State.UNKNOWN))
                .satisfies(result -> assertThat(result.getMessage()).hasValue("Disabled"));
        assertThat(shown("camel.health.enabled=false")).isEmpty();
    }

    /** What an application with these properties shows of its producer without a FIFO. */
    private List<HealthCheck.Result> shown(String... properties) throws Exception {
        Main main = new Main();
        for (String property : properties) {
            String[] parts = property.split("=", 2);
            main.addInitialProperty(parts[0], parts[1]);
        }
        main.addInitialProperty("camel.health.exposure-level", "full");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri(out, "autoCreate=false"));
            }
        });
        try {
            main.start();
            return HealthCheckHelper.invoke(main.getCamelContext(), "full").stream()
                    .filter(result -> result.getCheck().getId().startsWith("producer:"))
                    .toList();
        } finally {
            main.stop();
        }
    }
}
