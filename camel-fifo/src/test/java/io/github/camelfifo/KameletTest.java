package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.frame.EmbeddedDelimiterException;
import io.github.camelfifo.pipe.NoReaderException;
import io.github.camelfifo.testing.Catalog;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Soon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kamelets in their users' routes. See KameletStopTest for stops, and KameletFilesTest for the files. */
class KameletTest extends FifoTestSupport {

    private final Received received = new Received();

    private static String kamelet(String name, Path path, String... options) {
        return "kamelet:" + name + "?path=" + path + (options.length == 0 ? "" : "&" + String.join("&", options));
    }

    /** The endpoint that a kamelet has made. */
    private FifoEndpoint endpoint() {
        return (FifoEndpoint) context.getEndpoints().stream()
                .filter(FifoEndpoint.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private String option(String name) {
        return String.valueOf(FifoEndpoint.OPTIONS.getOptionValue(endpoint(), name, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void mainRunsThemInRoutesOfJavaAndYaml(String language) throws Exception {
        Path in = folder.path("in");
        Path out = folder.path("out");
        Main main = new Main();
        if ("yaml".equals(language)) {
            Path routes = folder.path("routes.yaml");
            Files.writeString(routes, """
                    - route:
                        from:
                          uri: kamelet:fifo-source
                          parameters:
                            path: %s
                          steps:
                            - setBody:
                                simple: "got ${body}"
                            - to:
                                uri: kamelet:fifo-sink
                                parameters:
                                  path: %s
                    """.formatted(in, out));
            main.configure().withRoutesIncludePattern("file:" + routes);
        } else {
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from(kamelet("fifo-source", in))
                            .setBody(simple("got ${body}"))
                            .to(kamelet("fifo-sink", out));
                }
            });
        }
        main.start();
        closing(main::stop);
        ShellProcess reader = sh("cat \"$1\"", out);

        sh("printf 'one\\ntwo\\n' > \"$1\"", in).await();

        Soon.await().untilAsserted(() -> assertThat(reader.output()).isEqualTo("got one\ngot two\n"));
    }

    @Test
    void aFolderSourceReadsEveryPipeOfTheFolderAndThoseThatCome() throws Exception {
        Path first = folder.fifo("first.fifo");
        Path other = folder.fifo("other.tmp");
        start(routes -> routes.from(kamelet("fifo-folder-source", folder.path(), "exclude=*.tmp"))
                .setBody(routes.simple("${header.CamelFifoName}: ${body}"))
                .process(received));

        sh("echo one > \"$1\"", first).await();
        received.awaitLines("first.fifo: one");
        sh("mkfifo \"$1\" && echo two > \"$1\"", folder.path("second")).await();
        received.awaitCount(2);

        assertThat(received.lines()).containsExactly("first.fifo: one", "second: two");
        assertThatThrownBy(() -> PipeEnd.writing(other)).as("nobody reads it").isNotNull();
    }

    @Test
    void aFolderSourceTakesAPattern() throws Exception {
        Path in = folder.fifo("a&b.fifo");
        Path other = folder.fifo("c.fifo");
        start(routes -> routes.from(kamelet("fifo-folder-source", folder.path(), "include=RAW({a&b,d+}.*)"))
                .process(received));

        write(in, "line\n");

        received.awaitLines("line");
        assertThatThrownBy(() -> PipeEnd.writing(other)).as("nobody reads it").isNotNull();
    }

    /** Each line is one way to use it; together they set every property of every kamelet. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fifo-source|framing=DELIMITED&delimiter=;&charset=ISO-8859-1&maxFrameLength=2k&bodyType=BYTES"
                        + "&oversizedFrame=SPLIT&skipEmptyFrames=true&maxBatchSize=7&retryDelay=5s"
                        + "&permissions=rw-rw----&holdOpen=true&deleteOnStop=true&chunkSize=3k",
                "fifo-source|framing=FIXED&frameLength=64&acknowledge=ON_RECEIPT&onFailure=SKIP",
                "fifo-source|framing=LENGTH_PREFIXED&lengthFieldSize=2&exclusive=true&autoCreate=false",
                "fifo-source|framing=SESSION&acknowledge=ON_RECEIPT&onFailure=SKIP",
                "fifo-folder-source|framing=DELIMITED&delimiter=;&charset=ISO-8859-1&maxFrameLength=2k&bodyType=BYTES"
                        + "&oversizedFrame=SPLIT&skipEmptyFrames=true&maxBatchSize=7&retryDelay=5s"
                        + "&holdOpen=true&chunkSize=3k&include=*.fifo&exclude=*.tmp",
                "fifo-folder-source|framing=FIXED&frameLength=64&acknowledge=ON_RECEIPT&onFailure=SKIP",
                "fifo-folder-source|framing=LENGTH_PREFIXED&lengthFieldSize=2&autoCreate=false",
                "fifo-sink|framing=DELIMITED&delimiter=;&charset=ISO-8859-1&maxFrameLength=2k&embeddedDelimiter=FAIL"
                        + "&whenFull=FAIL&writeTimeout=5s&atomicity=LOCK&permissions=rw-rw----&holdOpen=true"
                        + "&deleteOnStop=true",
                "fifo-sink|framing=FIXED&frameLength=64&noReader=FAIL&readerTimeout=5s",
                "fifo-sink|framing=LENGTH_PREFIXED&lengthFieldSize=2&autoCreate=false"
            })
    void everyPropertyReachesTheComponent(String name, String options) throws Exception {
        Path path = "fifo-folder-source".equals(name) ? folder.path() : folder.fifo("fifo");
        routes(routes -> {
            if ("fifo-sink".equals(name)) {
                routes.from("direct:a").to(kamelet(name, path, options));
            } else {
                routes.from(kamelet(name, path, options)).process(received);
            }
        });
        context.start();

        for (String option : options.split("&", -1)) {
            String[] parts = option.split("=", 2);
            String expected = "5s".equals(parts[1]) ? "5000" : parts[1];
            assertThat(option(parts[0])).as(parts[0]).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thatEveryPropertyReachesTheComponentIsTestedForAll(KameletOptions kamelet) throws Exception {
        CsvSource uses = Arrays.stream(KameletTest.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("everyPropertyReachesTheComponent"))
                .findFirst()
                .orElseThrow()
                .getAnnotation(CsvSource.class);
        List<String> tested = new ArrayList<>(List.of("path"));
        for (String use : uses.value()) {
            String[] parts = use.split("\\|", 2);
            if (parts[0].equals(kamelet.kamelet())) {
                Arrays.stream(parts[1].split("&", -1))
                        .map(option -> option.split("=", 2)[0])
                        .forEach(tested::add);
            }
        }

        assertThat(kamelet.properties(Catalog.model()))
                .extracting(KameletOptions.Property::name)
                .isSubsetOf(tested);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {"|#|", "\\x26\\x2B\\x25#&+%", "\\r\\n#\\r\\n"})
    void aDelimiterMayBeAnything(String option, String delimiter) throws Exception {
        Path fifo = folder.path("in");
        start(routes -> routes.from(kamelet("fifo-source", fifo, "framing=DELIMITED&delimiter=" + option))
                .process(received));

        sh(
                        "printf \"$2\" > \"$1\"",
                        fifo,
                        "a%sb%s".formatted(delimiter, delimiter).replace("%", "%%"))
                .await();

        received.awaitLines("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b#{c}", "ä€"})
    void aPathMayHaveUnusualCharacters(String name) throws Exception {
        Path fifo = folder.path(name);
        start(routes -> routes.from(kamelet("fifo-source", fifo)).process(received));
        write(fifo, "line\n");

        received.awaitLines("line");
        assertThat(received.frame(0).path()).isEqualTo(fifo.toString());
    }

    @Test
    void aMessageLeavesThePipeWhenTheRouteHasProcessedIt() throws Exception {
        Path fifo = folder.fifo("in");
        CountDownLatch gate = new CountDownLatch(1);
        closing(gate::countDown);
        start(routes ->
                routes.from(kamelet("fifo-source", fifo)).process(received).process(exchange -> gate.await()));
        PipeEnd holder = reader(fifo);
        write(fifo, "one\n");

        received.awaitLines("one");
        assertThat(holder.unread()).isEqualTo(4);
        gate.countDown();
        holder.awaitEmpty();
    }

    @Test
    void aMessageThatFailsComesAgain() throws Exception {
        Path fifo = folder.path("in");
        AtomicInteger failures = new AtomicInteger(2);
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from(kamelet("fifo-source", fifo, "retryDelay=10"))
                    .setBody(routes.simple("${body} ${header.CamelFifoRedelivered}"))
                    .process(received)
                    .process(exchange -> failIfAbove0(failures));
        });
        write(fifo, "one\ntwo\n");

        received.awaitLines("one ", "one true", "one true", "two ");
    }

    @Test
    void aFailureThatTheRouteHandlesIsDone() throws Exception {
        Path fifo = folder.path("in");
        AtomicInteger failures = new AtomicInteger(1);
        Received handled = new Received();
        start(routes -> {
            routes.onException(IllegalStateException.class).handled(true).process(handled);
            routes.from(kamelet("fifo-source", fifo, "retryDelay=10"))
                    .process(received)
                    .process(exchange -> failIfAbove0(failures));
        });
        write(fifo, "one\ntwo\n");

        received.awaitLines("one", "two");
        handled.awaitLines("one");
    }

    /** What splits messages up has error handlers of its own, which it leaves out in doTry. */
    @ParameterizedTest
    @ValueSource(strings = {"multicast", "recipientList", "routingSlip", "seda"})
    void aDeadLetterChannelGetsWhatFailsInOneOfSeveralBranches(String eip) throws Exception {
        Path fifo = folder.fifo("in");
        Received dead = new Received();
        start(routes -> {
            routes.errorHandler(routes.deadLetterChannel("direct:dead"));
            routes.from("direct:dead").process(dead);
            routes.from("direct:good").process(received);
            routes.from("direct:bad").errorHandler(routes.noErrorHandler()).process(exchange -> {
                throw new IllegalStateException("on purpose");
            });
            RouteDefinition route = routes.from(kamelet("fifo-source", fifo, "retryDelay=10"));
            switch (eip) {
                case "multicast" -> route.multicast().to("direct:good", "direct:bad");
                case "recipientList" -> route.recipientList().constant("direct:good,direct:bad");
                case "routingSlip" -> route.routingSlip().constant("direct:good,direct:bad");
                default -> {
                    route.to("seda:later");
                    routes.from("seda:later").multicast().to("direct:good", "direct:bad");
                }
            }
        });
        PipeEnd holder = reader(fifo);

        write(fifo, "one\ntwo\n");

        dead.awaitLines("one", "two");
        assertThat(received.lines()).containsExactly("one", "two");
        holder.awaitEmpty();
    }

    private static void failIfAbove0(AtomicInteger failures) {
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("asked for");
        }
    }

    @Test
    void onReceiptAloneIsRefusedWithTheOptionThatItDoesNotGoWith() throws Exception {
        Path fifo = folder.fifo("in");

        assertThatThrownBy(() -> start(routes -> routes.from(kamelet("fifo-source", fifo, "acknowledge=ON_RECEIPT"))
                        .process(received)))
                .hasStackTraceContaining("onFailure=RETRY does not go with acknowledge=ON_RECEIPT")
                .hasStackTraceContaining("(fifo:" + fifo + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo-source", "fifo-folder-source", "fifo-sink"})
    void withoutItsPathAKameletDoesNotStart(String name) {
        String uri = "kamelet:" + name;

        assertThatThrownBy(() -> start(routes -> {
                    if (name.endsWith("sink")) {
                        routes.from("direct:a").to(uri);
                    } else {
                        routes.from(uri).process(received);
                    }
                }))
                .hasStackTraceContaining(
                        "Route template " + name + " the following mandatory parameters must be provided: path");
    }

    @Test
    void whatAKameletOffersIsItsOwnAndTheRestIsTheComponents() throws Exception {
        FifoConfiguration configuration = new FifoConfiguration();
        configuration.setStrict(true);
        configuration.setPermissions("rw-r-----");
        context.getComponent("fifo", FifoComponent.class).setConfiguration(configuration);
        start(routes -> routes.from(kamelet("fifo-source", folder.path("in"))).process(received));

        assertThat(option("strict")).isEqualTo("true");
        assertThat(option("permissions")).isEqualTo("rw-------");
    }

    @Test
    void propertiesOfTheApplicationSetAKamelet() throws Exception {
        Path fifo = folder.path("in");
        context.getPropertiesComponent().addInitialProperty("camel.kamelet.fifo-source.path", fifo.toString());
        context.getPropertiesComponent().addInitialProperty("camel.kamelet.fifo-source.maxBatchSize", "3");
        start(routes -> routes.from("kamelet:fifo-source").process(received));

        assertThat(endpoint().getPath()).isEqualTo(fifo.toString());
        assertThat(option("maxBatchSize")).isEqualTo("3");
    }

    @Test
    void camelLooksElsewhereForAPropertyWithoutADefault() throws Exception {
        context.getPropertiesComponent().addInitialProperty("frameLength", "64");
        start(routes -> routes.from(kamelet("fifo-source", folder.path("in"), "framing=FIXED"))
                .process(received));

        assertThat(option("frameLength")).isEqualTo("64");
    }

    @Test
    void aSinkWritesALineForEachMessage() throws Exception {
        Path fifo = folder.path("out");
        start(routes -> routes.from("direct:a").to(kamelet("fifo-sink", fifo)));
        ShellProcess reader = sh("head -n 2 \"$1\"", fifo);

        template().sendBody("direct:a", "one");
        template().sendBody("direct:a", "two");

        assertThat(reader.await()).isEqualTo("one\ntwo\n");
    }

    @Test
    void aSinkLeavesTheBodyOfARequestAsItIs() throws Exception {
        Path fifo = folder.fifo("out");
        start(routes -> routes.from("direct:a").to(kamelet("fifo-sink", fifo)));
        PipeEnd reader = reader(fifo);

        Exchange answer = template()
                .send(
                        "direct:a",
                        ExchangePattern.InOut,
                        exchange -> exchange.getIn().setBody("three apples"));

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo("three apples");
        reader.expect("three apples\n");
    }

    @ParameterizedTest
    @EnumSource
    void aSinksFailureIsTheCallers(ExchangePattern pattern) throws Exception {
        Path fifo = folder.fifo("out");
        start(routes -> routes.from("direct:a").to(kamelet("fifo-sink", fifo, "noReader=FAIL")));

        Exchange failed = template()
                .send("direct:a", pattern, exchange -> exchange.getIn().setBody("line"));

        assertThat(failed.getException()).isInstanceOf(NoReaderException.class).hasMessageContaining(fifo.toString());
    }

    @Test
    void aSinksFailureIsForTheOnExceptionOfItsRoute() throws Exception {
        Path fifo = folder.fifo("out");
        start(routes -> {
            routes.onException(EmbeddedDelimiterException.class).handled(true).process(received);
            routes.from("direct:a").to(kamelet("fifo-sink", fifo, "embeddedDelimiter=FAIL"));
        });
        PipeEnd reader = reader(fifo);

        template().sendBody("direct:a", "start\nstop");
        template().sendBody("direct:a", "start");

        received.awaitLines("start\nstop");
        reader.expect("start\n");
    }

    @Test
    void aDeadLetterChannelGetsWhatASinkCouldNotWrite() throws Exception {
        Path fifo = folder.fifo("out");
        start(routes -> {
            routes.errorHandler(routes.deadLetterChannel("direct:dead"));
            routes.from("direct:dead").process(received);
            routes.from("direct:a").to(kamelet("fifo-sink", fifo, "noReader=FAIL"));
        });

        template().sendBody("direct:a", "line");

        received.awaitLines("line");
    }

    @Test
    void aSinkIsTriedAgainAsOftenAsTheErrorHandlerOfItsRouteSays() throws Exception {
        Path fifo = folder.fifo("out");
        start(routes -> {
            routes.errorHandler(routes.defaultErrorHandler()
                    .maximumRedeliveries(2)
                    .redeliveryDelay(1)
                    .onRedelivery(received));
            routes.from("direct:a").to(kamelet("fifo-sink", fifo, "noReader=FAIL"));
        });

        Exchange failed =
                template().send("direct:a", exchange -> exchange.getIn().setBody("line"));

        assertThat(failed.getException()).isInstanceOf(NoReaderException.class);
        received.awaitLines("line", "line");
    }

    private ProducerTemplate template() {
        return context.createProducerTemplate();
    }
}
