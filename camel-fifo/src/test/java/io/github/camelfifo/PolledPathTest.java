package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is polled, whatever Camel does with endpoints and polling consumers between two polls. */
class PolledPathTest extends FifoTestSupport {

    private final LogCapture log = new LogCapture();
    private ProducerTemplate producer;
    private ConsumerTemplate template;

    @BeforeEach
    void makeTemplates() {
        producer = context.createProducerTemplate();
        template = context.createConsumerTemplate();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5})
    void aPollTakesOneLineAndNotAByteMore(int cacheSize) throws Exception {
        Path fifo = folder.fifo("in");
        PipeEnd holder = reader(fifo);
        PipeEnd writer = writer(fifo);
        writer.write(Received.lines(200));
        startPolling(cacheSize);

        for (int i = 1; i <= 200; i++) {
            int before = holder.unread();
            assertThat(poll(fifo)).isEqualTo("" + i);
            assertThat(before - holder.unread()).isEqualTo(("" + i).length() + 1);
        }

        assertThat(poll(fifo)).isNull();
        assertThat(log.lines("WARN", "lost")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5})
    void moreFifosThanCamelKeepsEndpointsFor(int cacheSize) throws Exception {
        context.getGlobalOptions().put(Exchange.MAXIMUM_ENDPOINT_CACHE_SIZE, "5");
        List<Path> fifos =
                IntStream.range(0, 25).mapToObj(i -> folder.fifo("in" + i)).toList();
        for (Path fifo : fifos) {
            PipeEnd unused = reader(fifo);
            write(fifo, "1\n2\n3\n");
        }
        startPolling(cacheSize);
        List<String> all = new ArrayList<>();

        for (int i = 1; i <= 3; i++) {
            for (Path fifo : fifos) {
                all.add(poll(fifo));
            }
        }

        assertThat(all).hasSize(75).containsOnly("1", "2", "3");
        assertThat(all.subList(0, 25)).containsOnly("1");
        assertThat(all.subList(50, 75)).containsOnly("3");
    }

    @Test
    void allEndpointsOfAPathShareItWhateverTheirOptions() throws Exception {
        Path fifo = folder.fifo("in");
        Files.createSymbolicLink(folder.path("link"), fifo);
        context.start();
        String alias = "fifo:" + fifo.getParent() + "//" + fifo.getFileName();
        assertThat(template.receiveBodyNoWait(uri(fifo))).isNull();
        PipeEnd writer = writer(fifo);
        writer.write("1\n2\n3\n4567\n\n8\n");

        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("1");
        assertThat(template.receiveBody(uri(fifo, "chunkSize=1k"), 30_000)).isEqualTo("2");
        assertThat(template.receiveBody(alias, 30_000)).isEqualTo("3");
        assertThat(template.receiveBody(uri(folder.path("link"), "framing=FIXED&frameLength=3"), 30_000))
                .isEqualTo("456".getBytes(StandardCharsets.UTF_8));
        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("7");
        assertThat(template.receiveBody(uri(fifo, "skipEmptyFrames=true"), 30_000))
                .isEqualTo("8");
        assertThat(template.receiveBody(alias, 20)).isNull();
        assertThat(log.lines("WARN", "lost")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "framing=LINES                        | a\\nbb\\nccc\\n",
                "framing=DELIMITED&delimiter=RAW(;)   | a;bb;ccc;",
                "framing=FIXED&frameLength=3          | aaabbbccc",
                "framing=LENGTH_PREFIXED&lengthFieldSize=1 | \\1a\\2bb\\3ccc",
                "framing=CHUNKS&chunkSize=3&bodyType=STRING | aaabbbccc",
            })
    void everyFramingLeavesTheNextFrameInThePipe(String options, String escaped) throws Exception {
        String text = escaped.replace("\\n", "\n")
                .replace("\\1", "\1")
                .replace("\\2", "\2")
                .replace("\\3", "\3");
        Path fifo = folder.fifo("in");
        PipeEnd holder = reader(fifo);
        PipeEnd writer = writer(fifo);
        writer.write(text);
        startPolling(-1);
        int length = text.length() / 3;

        String first = pollUri(uri(fifo, options));
        assertThat(first).startsWith("a");
        assertThat(holder.unread()).isBetween(text.length() - length - 1, text.length() - 2);
        String second = pollUri(uri(fifo, options));
        assertThat(second).startsWith("b");
        String third = pollUri(uri(fifo, options));

        assertThat(third).isEqualTo("ccc");
        assertThat(holder.unread()).isZero();
    }

    @Test
    void aSessionIsOneFrame() throws Exception {
        Path fifo = folder.fifo("in");
        startPolling(-1);
        String uri = uri(fifo, "framing=SESSION");
        assertThat(pollUri(uri)).isNull();

        write(fifo, "first\nsession\n");
        assertThat(pollUri(uri)).isEqualTo("first\nsession\n");
        assertThat(pollUri(uri)).isNull();
        write(fifo, "second");
        assertThat(pollUri(uri)).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5})
    void aFrameThatIsLargerThanThePipeComesWhole(int cacheSize) throws Exception {
        Path fifo = folder.fifo("in");
        startPolling(cacheSize);
        assertThat(poll(fifo)).isNull();
        sh("head -c 300000 /dev/zero | tr '\\0' x > \"$1\"; printf '\\nnext\\n' > \"$1\"", fifo);

        StringBuilder first = new StringBuilder();
        await().until(() -> {
            // each of them runs out of time in the middle of the frame, at first
            String polled = poll(fifo);
            first.append(polled == null ? "" : polled);
            return polled != null;
        });

        assertThat(first.toString()).isEqualTo("x".repeat(300_000));
        await().until(() -> "next".equals(poll(fifo)));
        assertThat(log.lines("WARN", "lost")).isEmpty();
    }

    @Test
    void anUnendedLineStaysInThePipeUntilItsWriterEndsItOrGoes() throws Exception {
        Path fifo = folder.fifo("in");
        startPolling(-1);
        PipeEnd holder = reader(fifo);
        PipeEnd writer = writer(fifo);
        writer.write("begun");

        assertThat(poll(fifo)).isNull();
        assertThat(holder.unread()).isEqualTo(5);
        writer.write(" and ended\nunended");
        assertThat(poll(fifo)).isEqualTo("begun and ended");
        writer.close();

        await().until(() -> "unended".equals(poll(fifo)));
    }

    @Test
    void aReloadOfTheRoutesLosesNothingAndLeavesNoClaim() throws Exception {
        Path fifo = folder.fifo("in");
        PipeEnd writer = null;
        Reload reload = new Reload(Files.createDirectory(folder.path("routes")));
        reload.setRemoveAllRoutes(true);
        context.addService(reload);
        context.start();
        for (int i = 1; i <= 5; i++) {
            reload(reload, """
                    - route:
                        id: polling
                        from:
                          uri: direct:next
                          steps:
                            - pollEnrich:
                                constant: %s
                                timeout: 10000
                    """.formatted(uri(fifo)));
            if (writer == null) {
                writer = awaitWriterOf(fifo);
                writer.write("1\n2\n3\n4\n5\nroute\n");
            }
            assertThat(producer.requestBody("direct:next", null, String.class)).isEqualTo("" + i);
        }

        reload(reload, """
                - route:
                    id: consuming
                    from:
                      uri: %s
                      steps:
                        - to: mock:all
                """.formatted(uri(fifo)));

        await().until(() -> context.getEndpoint("mock:all", MockEndpoint.class).getReceivedCounter() == 1);
        assertThat(log.lines("WARN", "lost")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRouteTakesThePipeOverWhenThePollersEndpointIsGone(boolean prototype) throws Exception {
        Path fifo = folder.fifo("in");
        startPolling(prototype ? -1 : 5);
        assertThat(poll(fifo)).isNull();
        PipeEnd writer = writer(fifo);
        writer.write("1\n2\n3\nbegun");
        assertThat(poll(fifo)).isEqualTo("1");
        if (!prototype) {
            assertThatThrownBy(() -> routes(routes -> routes.from(uri(fifo)).to("mock:never")))
                    .hasStackTraceContaining("is consumed already");
            context.removeEndpoints(uri(fifo));
        }
        // the only reader: between the two nothing may be lost
        MockEndpoint all = context.getEndpoint("mock:all", MockEndpoint.class);
        all.expectedBodiesReceived("2", "3", "begun and ended");

        routes(routes -> routes.from(uri(fifo)).to("mock:all"));
        writer.write(" and ended\n");

        all.assertIsSatisfied();
        assertThatThrownBy(() -> poll(fifo)).hasStackTraceContaining("is consumed already");
        assertThat(log.lines("WARN", "lost")).isEmpty();
    }

    /** The consumer takes bytes when it reads them; a poll of the same URI leaves them in the pipe. */
    @Test
    void aPollGoesOnWithTheListThatAStoppedRouteHasBegunAndTakesNothingBeyondIt() throws Exception {
        Path fifo = folder.fifo("in");
        String uri = uri(fifo, "maxBatchSize=10");
        start(routes -> routes.from(uri).routeId("in").to("mock:all"));
        PipeEnd writer = writer(fifo);
        PipeEnd pipe = reader(fifo);
        writer.write("ab");
        await().until(() -> pipe.unread() == 0);
        context.getRouteController().stopRoute("in");
        writer.write("c\nd\nlast");
        writer.close();

        assertThat(template.receive(uri, 20_000).getMessage().getBody()).isEqualTo(List.of("abc", "d"));

        assertThat(pipe.unread()).isEqualTo("last".length());
        assertThat(template.receive(uri, 20_000).getMessage().getBody()).isEqualTo(List.of("last"));
    }

    @Test
    void aPollLeavesNoTailOfASplitLineInThePipeWhoseHeadAStoppedRouteHad() throws Exception {
        Path fifo = folder.fifo("in");
        String uri = uri(fifo, "oversizedFrame=SPLIT", "maxFrameLength=10");
        MockEndpoint all = context.getEndpoint("mock:all", MockEndpoint.class);
        all.expectedBodiesReceived("0123456789");
        start(routes -> routes.from(uri).routeId("in").to(all));
        PipeEnd writer = writer(fifo);
        // keeps the pipe while nobody else reads it
        PipeEnd unused = reader(fifo);
        writer.write("0123456789ab");
        all.assertIsSatisfied();
        await().until(() -> writer.unread() == 0);
        context.getRouteController().stopRoute("in");
        writer.write("cdefghijklmnop");

        assertThat(template.receiveBody(uri, 20_000)).isEqualTo("abcdefghij");
        assertThat(template.receiveBody(uri, 300)).isNull();

        assertThat(writer.unread()).isZero();
        writer.write("\n");
        assertThat(template.receiveBody(uri, 20_000)).isEqualTo("klmnop");
    }

    @Test
    void aFifoThatNobodyPollsAnyMoreAndThatWasRemovedIsNotMadeAnewAndNotHeldForEver() throws Exception {
        startPolling(-1);

        for (int i = 0; i < 200; i++) {
            Path fifo = folder.fifo("job" + i);
            PipeEnd holder = PipeEnd.reading(fifo);
            write(fifo, "done\n");
            assertThat(poll(fifo)).isEqualTo("done");
            holder.close();
            Files.delete(fifo);
        }

        assertThat(folder.path("job0").getParent().toFile().list()).doesNotContain("job0", "job199");
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(PolledPathTest::isDeletedJob)).hasSizeLessThan(150);
        }
    }

    private static boolean isDeletedJob(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("/job");
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private PipeEnd awaitWriterOf(Path fifo) throws Exception {
        // opens it, so that there is a reader
        assertThat(context.getRoutes()).isNotEmpty();
        PipeEnd unused = reader(fifo);
        return writer(fifo);
    }

    private void reload(Reload reload, String yaml) throws Exception {
        reload.now(yaml);
        await().until(() -> !context.getRoutes().isEmpty());
    }

    private void startPolling(int cacheSize) throws Exception {
        start(routes -> routes.from("direct:a")
                .pollEnrich()
                .simple("${header.uri}")
                .timeout(500)
                .cacheSize(cacheSize));
    }

    private String poll(Path fifo) {
        return pollUri(uri(fifo));
    }

    private String pollUri(String uri) {
        return producer.requestBodyAndHeaders("direct:a", null, Map.of("uri", uri), String.class);
    }

    /** What camel-main does in its dev mode when a file with routes has changed. */
    private static final class Reload extends RouteWatcherReloadStrategy {

        Reload(Path folder) {
            super(folder.toString());
        }

        void now(String yaml) throws Exception {
            Path file = Files.writeString(Path.of(getFolder()).resolveSibling("routes.yaml"), yaml);
            onRouteReload(List.of(ResourceHelper.resolveResource(getCamelContext(), "file:" + file)), false);
        }
    }
}
