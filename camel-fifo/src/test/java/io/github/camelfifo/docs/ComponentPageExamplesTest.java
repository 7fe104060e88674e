package io.github.camelfifo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Snippets;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.processor.PredicateValidationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the component page and the README show does what they say, with real pipes and shells. */
@ExtendWith(LeakCheck.class)
class ComponentPageExamplesTest {

    private static final Snippets PAGE = Snippets.ofComponentPage();

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private CamelContext context;

    @BeforeEach
    void startContext() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    @Test
    void everyExampleOfThePageHasATest() {
        Set<String> names = PAGE.all().stream().map(Snippets.Snippet::name).collect(Collectors.toSet());

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "orders",
                        "options",
                        "component",
                        "parallel",
                        "handed-over",
                        "once",
                        "batches",
                        "records",
                        "many",
                        "undelivered",
                        "too-long",
                        "checked",
                        "lines",
                        "delimited",
                        "fixed",
                        "length-prefixed",
                        "chunks",
                        "session",
                        PrintedTestsTest.ROUTE,
                        PrintedTestsTest.SHARED,
                        "test-with-pipes",
                        "test-without-pipes",
                        "test-with-mocks");
    }

    @ParameterizedTest
    @CsvSource({
        "lines, lines, one\\ntwo\\nthree\\n, one two three",
        "delimited, delimited, one||two||three||, one two three",
        "fixed, fixed, applepearslemon, apple pears lemon",
        "length-prefixed, prefixed, \\0\\3one\\0\\3two\\0\\5three, one two three",
        "chunks, chunks, one, one",
        "session, session, one, one"
    })
    void eachFramingIsShownByItsBytes(String example, String pipe, String bytes, String messages) throws Exception {
        load(example, "java");
        MockEndpoint got = instead("log:got");
        got.expectedBodiesReceived((Object[]) messages.split(" ", -1));

        shell("printf '" + bytes + "' > " + pipe);

        got.assertIsSatisfied();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml", "xml"})
    void ordersAreAnsweredInAnyLanguage(String language) throws Exception {
        load("orders", language);

        try (ShellProcess shell = ShellProcess.sh(PAGE.get("orders", "bash").in(folder.path()) + "\nwait")) {
            await().untilAsserted(() -> assertThat(shell.output()).isEqualTo("accepted: three apples\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml", "xml"})
    void optionsAreTakenInAnyLanguage(String language) throws Exception {
        load("options", language);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path("orders"))))
                .isEqualTo("rw-rw----");
        assertThat(context.getEndpoints().stream().map(Object::toString).toList())
                .anyMatch(uri -> uri.contains("maxFrameLength=64k"))
                .anyMatch(uri -> uri.contains("noReader=DISCARD") && uri.contains("writeTimeout=5s"));
        shell("echo 'nobody reads this' > orders");
        try (ShellProcess reader = ShellProcess.sh("cat \"$1\"", folder.path("answers"))) {
            await("the reader has opened the pipe").untilAsserted(() -> {
                shell("echo 'is anybody there' > orders");
                assertThat(reader.output()).contains("is anybody there\n");
            });
            shell("printf 'whole\\nnot ended' > orders");
            await().untilAsserted(() -> assertThat(reader.output()).endsWith("\nwhole\n"));
            context.stop();
            assertThat(reader.await()).doesNotContain("not ended");
        }
    }

    @Test
    void theRouteOfTheReadmeDoesWhatItSays() throws Exception {
        Snippets.Snippet route = Snippets.ofReadme().get("readme", "java");
        new SnippetLoader(context, folder.path()).load(route);
        String commands = route.in(folder.path())
                .lines()
                .filter(line -> line.startsWith("//   "))
                .map(line -> line.substring("//   ".length()))
                .collect(Collectors.joining("\n"));

        try (ShellProcess shell = ShellProcess.sh(commands + "\nwait")) {
            await().untilAsserted(() -> assertThat(shell.output()).isEqualTo("accepted: order: three apples\n"));
        }
    }

    @Test
    void theComponentIsConfiguredByProperties() throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(PAGE.get("component", "properties").code()));
        Main main = new Main();
        main.setInitialProperties(properties);
        main.start();
        try {
            FifoComponent component = main.getCamelContext().getComponent("fifo", FifoComponent.class);
            assertThat(component.getWorkerThreads()).isEqualTo(16);
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aHeaderIsCheckedBeforeItBecomesAPath(String language) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(PAGE.get("checked", "properties").in(folder.path())));
        context.getComponent("fifo", FifoComponent.class)
                .setBaseDirectory(properties.getProperty("camel.component.fifo.base-directory"));
        load("checked", language);
        Files.createDirectories(folder.path("users"));
        folder.fifo("users/bob");
        ProducerTemplate template = context.createProducerTemplate();

        try (ShellProcess reader = ShellProcess.sh("head -n 1 \"$1\"", folder.path("users/bob"))) {
            template.sendBodyAndHeader("direct:notify", "hello", "user", "bob");
            assertThat(reader.await()).isEqualTo("hello\n");
        }
        for (String user : new String[] {
            "../orders", "/orders", "bob?autoCreate=true", "bob&strict=false", "bob\n", "bob/x", "..", "", "Bob", "b%62"
        }) {
            assertThatThrownBy(() -> template.sendBodyAndHeader("direct:notify", "hello", "user", user))
                    .as(user)
                    .hasRootCauseInstanceOf(PredicateValidationException.class);
        }
        assertThatThrownBy(() -> template.sendBody("direct:notify", "hello"))
                .hasRootCauseInstanceOf(PredicateValidationException.class);
        assertThatThrownBy(() -> template.sendBodyAndHeader("direct:notify", "hello", "user", "nobody"))
                .hasStackTraceContaining("Named pipe does not exist");
    }

    @Test
    void byWayOfSedaSeveralMessagesAreWorkedOnAtOnce() throws Exception {
        load("parallel", "java");
        CountDownLatch allAtWork = new CountDownLatch(4);
        instead("log:worked", exchange -> {
            allAtWork.countDown();
            assertThat(allAtWork.await(30, TimeUnit.SECONDS)).isTrue();
        });

        shell("seq 4 > orders");

        assertThat(allAtWork.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aMessageStaysInThePipeUntilItIsProcessedBehindTheQueue() throws Exception {
        load("handed-over", "java");
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        instead("log:worked", exchange -> {
            atWork.countDown();
            gate.await();
        });
        Posix posix = Posix.system();

        try (Descriptor path = posix.openPath(folder.path("orders").toString());
                Descriptor pipe = posix.reopenForReading(path)) {
            shell("echo 'three apples' > orders");
            assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(posix.available(pipe)).isEqualTo("three apples\n".length());
            gate.countDown();
            await().untilAsserted(() -> assertThat(posix.available(pipe)).isZero());
        }
    }

    @Test
    void anOrderThatComesTwiceIsWorkedOnOnce() throws Exception {
        load("once", "java");
        MockEndpoint worked = instead("log:worked");
        worked.expectedBodiesReceived("17 apples", "18 pears", "19 apples");

        shell("printf '17 apples\\n18 pears\\n17 apples\\n19 apples\\n' > orders");

        worked.assertIsSatisfied();
        await().untilAsserted(() -> assertThat(folder.path("seen")).hasContent("17\n18\n19"));
    }

    @Test
    void threadsDoNotChangeThatMessagesAreWorkedOnOneByOne() throws Exception {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger mostAtWork = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("fifo:" + folder.path("orders"))
                        .threads(4)
                        .process(exchange -> mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max))
                        .to("log:worked?level=DEBUG")
                        .process(exchange -> atWork.decrementAndGet())
                        .to("mock:worked");
            }
        });
        MockEndpoint worked = context.getEndpoint("mock:worked", MockEndpoint.class);
        worked.expectedMessageCount(1000);

        shell("seq 1000 > orders");

        worked.assertIsSatisfied();
        assertThat(mostAtWork).hasValue(1);
    }

    @Test
    void batchesAreFilledOrSentAfterAWhile() throws Exception {
        load("batches", "java");
        MockEndpoint batch = instead("log:batch");
        long begin = System.nanoTime();

        shell("seq 110 > orders");

        await().atMost(Duration.ofSeconds(60)).until(() -> elements(batch).size() == 110);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        assertThat(elements(batch))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 110).mapToObj(String::valueOf).toList());
        assertThat(batch.getExchanges())
                .as("a full one, and one after each pause of a second")
                .hasSizeBetween(2, (int) seconds + 2)
                .extracting(exchange -> exchange.getIn().getBody(List.class).size())
                .allMatch(size -> size <= 100);
    }

    private static List<Object> elements(MockEndpoint batches) {
        List<Object> elements = new ArrayList<>();
        batches.getExchanges()
                .forEach(each -> elements.addAll((List<?>) each.getIn().getBody()));
        return elements;
    }

    @Test
    void anEmptyLineEndsARecord() throws Exception {
        load("records", "java");
        MockEndpoint record = instead("log:record");
        record.expectedBodiesReceived("a\nb\n", "c\n");

        shell("printf 'a\\nb\\n\\nc\\n\\n' > orders");

        record.assertIsSatisfied();
    }

    @Test
    void aTemplateMakesARouteForEachPipe() throws Exception {
        load("many", "yaml");

        assertThat(context.getRoutes()).extracting("id").containsExactlyInAnyOrder("apples", "pears");
        shell("echo 1 > apples; echo 2 > pears");
    }

    @Test
    void aMessageThatNobodyReadsIsKeptInAFile() throws Exception {
        Snippets.Snippet quick = PAGE.get("undelivered", "java");
        assertThat(quick.code()).contains("readerTimeout=10s");
        new SnippetLoader(context, folder.path())
                .load(new Snippets.Snippet("undelivered", "java", quick.code().replace("10s", "10")));

        context.createProducerTemplate().sendBody("direct:answers", "an answer");

        try (Stream<Path> files = Files.list(folder.path("undelivered"))) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent("an answer"));
        }
    }

    @Test
    void theRouteIsToldOfALineThatIsTooLong() throws Exception {
        load("too-long", "java");
        MockEndpoint got = instead("log:got");
        got.expectedBodiesReceived("short", "again");

        shell("{ echo short; head -c 5000 /dev/zero | tr '\\0' x; echo; echo again; } > orders");

        got.assertIsSatisfied();
    }

    private void load(String name, String language) throws Exception {
        new SnippetLoader(context, folder.path()).load(PAGE.get(name, language));
    }

    /** A mock in the place of an endpoint that routes send to. */
    private MockEndpoint instead(String uri) throws Exception {
        MockEndpoint mock = context.getEndpoint("mock:instead", MockEndpoint.class);
        Producer toMock = mock.createProducer();
        instead(uri, toMock);
        return mock;
    }

    private void instead(String uri, Processor processor) throws Exception {
        for (String routeId : context.getRoutes().stream().map(Route::getId).toList()) {
            AdviceWith.adviceWith(
                    context,
                    routeId,
                    advice -> advice.interceptSendToEndpoint(uri)
                            .skipSendToOriginalEndpoint()
                            .process(processor));
        }
    }

    private void shell(String script) {
        try (ShellProcess shell = ShellProcess.sh("cd \"$1\" && " + script, folder.path())) {
            shell.await();
        }
    }
}
