package io.github.camelfifo;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a route on a folder of FIFOs shares with a route on one, and what it holds open when it stops. */
class FolderRouteTest extends FifoTestSupport {

    private static final String ALL = "include=*.fifo";
    private static final String HELD = "holdOpen=true";
    /** So that only what the kernel tells by itself can be noticed in time. */
    private static final String RARELY = "checkInterval=600000";

    private final Received received = new Received();
    private final LogCapture log = new LogCapture();
    private Path in;

    @BeforeEach
    void makeFolder() throws IOException {
        in = Files.createDirectory(folder.path("in"));
    }

    private void startRoute(String... options) throws Exception {
        start(routes -> routes.from(uri(in, options)).routeId("in").process(received));
    }

    private Path fifo(String name) {
        return folder.fifo("in/" + name);
    }

    private List<String> received(Path fifo) {
        return received.frames().stream()
                .filter(frame -> frame.path().equals(fifo.toString()))
                .map(frame -> (String) frame.body())
                .toList();
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }

    @Test
    void aSingleFifoHasNoName() throws Exception {
        Path fifo = folder.fifo("single");
        AtomicInteger named = new AtomicInteger();
        start(routes -> routes.from(uri(fifo))
                .process(exchange -> named.addAndGet(header(exchange, FifoConstants.NAME) == null ? 0 : 1))
                .process(received));
        write(fifo, "a\n");

        received.awaitLines("a");
        assertThat(named).hasValue(0);
    }

    @Test
    void ofEachOneExchangeAtATimeIsInWork() throws Exception {
        Map<String, AtomicInteger> inWork = new ConcurrentHashMap<>();
        AtomicInteger most = new AtomicInteger();
        List<Path> fifos =
                Stream.of("1.fifo", "2.fifo", "3.fifo").map(this::fifo).toList();
        start(routes -> routes.from(uri(in, ALL)).threads(8).process(exchange -> {
            AtomicInteger own = inWork.computeIfAbsent(
                    (String) header(exchange, FifoConstants.NAME), unused -> new AtomicInteger());
            most.accumulateAndGet(own.incrementAndGet(), Math::max);
            received.process(exchange);
            own.decrementAndGet();
        }));
        for (Path each : fifos) {
            write(each, Received.lines(300));
        }
        received.awaitCount(900);

        assertThat(most).hasValue(1);
        for (Path each : fifos) {
            assertThat(received(each)).isEqualTo(Received.numbers(300));
        }
    }

    @Test
    void anOversizedLineTouchesNoOtherFifo() throws Exception {
        Map<String, Object> lengths = new ConcurrentHashMap<>();
        Path cut = fifo("large.fifo");
        Path whole = fifo("other.fifo");
        startTruncating(lengths, RARELY);
        PipeEnd large = writer(cut);
        PipeEnd other = writer(whole);
        // each of the two is in mid-line while the other one goes on
        writeAndAwait(large, "x".repeat(8));
        writeAndAwait(other, "12345");
        writeAndAwait(large, "x".repeat(12));
        writeAndAwait(other, "67890\n1234");
        received.awaitCount(1);
        writeAndAwait(large, "x\nsmall\n");
        received.awaitCount(3);
        writeAndAwait(other, "5678901\n");
        received.awaitCount(4);

        assertThat(received(cut)).containsExactly("x".repeat(10), "small");
        assertThat(received(whole)).containsExactly("1234567890", "1234567890");
        assertThat(lengths).containsOnly(Map.entry("large.fifo 1", 21L), Map.entry("other.fifo 2", 11L));
    }

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void oversizedLinesAtTheSameTimeTouchNoOtherFifo(Acknowledge acknowledge) throws Exception {
        int count = 2_000;
        Map<String, Object> lengths = new ConcurrentHashMap<>();
        fifo("large.fifo");
        fifo("other.fifo");
        startTruncating(lengths, "acknowledge=" + acknowledge);
        sh("yes xxxxxxxxxxxxxxxxxxxx | head -n \"$2\" > \"$1\"", in.resolve("large.fifo"), count);
        sh("yes 1234567890 | head -n \"$2\" > \"$1\"", in.resolve("other.fifo"), count);
        received.awaitCount(2 * count);

        assertThat(received(in.resolve("large.fifo"))).isEqualTo(Collections.nCopies(count, "x".repeat(10)));
        assertThat(received(in.resolve("other.fifo"))).isEqualTo(Collections.nCopies(count, "1234567890"));
        assertThat(lengths)
                .hasSize(count)
                .allSatisfy((frame, length) -> assertThat(frame).startsWith("large.fifo "));
        assertThat(lengths.values()).containsOnly(20L);
    }

    private static void writeAndAwait(PipeEnd writer, String text) throws Exception {
        writer.write(text);
        writer.awaitEmpty();
    }

    /** A route with a small limit; it notes the full lengths of frames that were cut, by name and sequence. */
    private void startTruncating(Map<String, Object> lengths, String... options) throws Exception {
        String uri = uri(in, ALL, "maxFrameLength=10", "oversizedFrame=TRUNCATE") + "&" + String.join("&", options);
        start(routes -> routes.from(uri)
                .process(exchange -> {
                    Object length = header(exchange, FifoConstants.TRUNCATED);
                    if (length != null) {
                        lengths.put(
                                header(exchange, FifoConstants.NAME) + " " + header(exchange, FifoConstants.SEQUENCE),
                                length);
                    }
                })
                .process(received));
    }

    @Test
    void aRouteThatIsStartedAgainReadsThoseThatAreThereThen() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY);
        write(fifo, "a\n");
        received.awaitCount(1);
        context.getRouteController().stopRoute("in");
        Files.delete(fifo);
        Path second = fifo("2.fifo");
        context.getRouteController().startRoute("in");
        write(second, "b\n");

        received.awaitLines("a", "b");
    }

    @Test
    void onCompletionAFailedOneComesAgain() throws Exception {
        Path fifo = fifo("1.fifo");
        AtomicInteger failures = new AtomicInteger();
        start(routes -> routes.from(uri(in, ALL, "acknowledge=ON_COMPLETION", "onFailure=RETRY", "retryDelay=5"))
                .process(exchange -> {
                    if (failures.getAndIncrement() < 3) {
                        throw new IllegalStateException("Fails at first");
                    }
                })
                .process(received));
        write(fifo, "a\nb\n");

        received.awaitLines("a", "b");
    }

    @Test
    void producersAndPollsAreRefused() {
        String uri = uri(in, ALL);

        assertThatThrownBy(() -> context.getEndpoint(uri).createProducer())
                .hasMessageContaining("include=*.fifo does not go with a producer");
        assertThatThrownBy(() -> context.getEndpoint(uri).createPollingConsumer())
                .hasMessageContaining("include=*.fifo does not go with polling");
    }

    @Test
    void aStoppedRouteHoldsAllThatItReadOpen() throws Exception {
        Path first = fifo("1.fifo");
        Path second = fifo("2.fifo");
        startRoute(ALL, RARELY, HELD);
        PipeEnd writer = writer(first);
        writer.write("a1\na");
        received.awaitLines("a1");
        context.getRouteController().stopRoute("in");
        writer.write("2\n");
        write(second, "b1\n");
        context.getRouteController().startRoute("in");
        writer.write("a3\n");

        received.awaitCount(4);
        assertThat(received(first)).containsExactly("a1", "a2", "a3");
        assertThat(received(second)).containsExactly("b1");
    }

    @Test
    void aHeldFifoThatLeavesTheFolderMeanwhileIsReadToItsEnd() throws Exception {
        Path first = fifo("1.fifo");
        Path second = fifo("2.fifo");
        startRoute(ALL, RARELY, HELD);
        PipeEnd writer = writer(first);
        writer.write("a1\n");
        received.awaitLines("a1");
        context.getRouteController().stopRoute("in");
        writer.write("a2\n");
        write(second, "b1\n");
        Files.delete(first);
        Files.delete(second);
        Path anew = fifo("2.fifo");
        context.getRouteController().startRoute("in");
        write(anew, "b2\n");
        writer.write("a3\n");

        received.awaitCount(5);
        assertThat(received(first)).containsExactly("a1", "a2", "a3");
        assertThat(received(second)).containsExactlyInAnyOrder("b1", "b2");
    }

    @Test
    void aPieceOfAHeldFifoThatHasLeftTheFolderStaysForTheNextStart() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY, HELD);
        PipeEnd writer = writer(fifo);
        writer.write("a\nhel");
        received.awaitLines("a");
        writer.awaitEmpty();
        Files.delete(fifo);
        context.getRouteController().stopRoute("in");
        writer.write("lo\n");
        context.getRouteController().startRoute("in");

        received.awaitLines("a", "hello");
    }

    @Test
    void whatAnotherRouteOfTheFolderHoldsIsLeftToIt() throws Exception {
        Path ofA = fifo("a.fifo");
        Path ofB = fifo("b.fifo");
        Received b = new Received();
        start(routes -> {
            routes.from(uri(in, "include=a*", HELD)).routeId("a").process(received);
            routes.from(uri(in, "include=b*", HELD)).routeId("b").process(b);
        });
        PipeEnd writer = writer(ofA);
        context.getRouteController().stopRoute("a");
        context.getRouteController().stopRoute("b");
        writer.write("a\n");
        context.getRouteController().startRoute("b");
        write(ofB, "b\n");
        b.awaitLines("b");
        b.assertNothingMore(1);
        writer.write("a2\n");
        context.getRouteController().startRoute("a");

        received.awaitLines("a", "a2");
        b.awaitLines("b");
    }

    @Test
    void theFolderThatReplacesOneIsWatchedAtOnce() throws Exception {
        startRoute(ALL, RARELY);
        FifoFolder.rename(in, folder.path("away"));
        // it is made again
        await().until(() -> Files.isDirectory(in));
        awaitWriter(fifo("1.fifo")).write("a\n");

        received.awaitLines("a");
    }

    @Test
    void namesThatTheJvmCannotEncodeAreLeftOut() throws Exception {
        sh("mkfifo \"$1\"/$(printf '\\303\\244').fifo", in).await();
        ShellProcess reader = sh(
                "LC_ALL=C exec \"$1\" -cp \"$2\" \"$3\" \"$4\" 0",
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                FolderReader.class.getName(),
                uri(in, ALL));
        awaitWriter(fifo("1.fifo")).write("a\n");

        await().until(() -> reader.output().contains("line a"));
    }

    @Test
    void withoutHoldOpenAStoppedRouteHasNothingOpen() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY);
        PipeEnd writer = writer(fifo);
        context.getRouteController().stopRoute("in");

        assertThatThrownBy(() -> writer.write("a\n")).isInstanceOf(ErrnoException.class);
    }

    @Test
    void theContextsStopLogsWhatIsLeftInHeldOnes() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY, HELD);
        context.getRouteController().stopRoute("in");
        writer(fifo).write("12345\n");
        context.stop();

        assertThat(log.lines("WARN", "6 bytes stay in " + fifo)).hasSize(1);
    }

    @Test
    void theFolderHasToLieInTheBaseDirectory() throws Exception {
        Path base = Files.createDirectory(folder.path("base"));
        Files.createSymbolicLink(base.resolve("out"), in);
        context.getComponent("fifo", FifoComponent.class).setBaseDirectory(base.toString());

        assertThatThrownBy(() -> context.getEndpoint(uri(in, ALL)))
                .hasStackTraceContaining("is not inside of baseDirectory=" + base);
        assertThatThrownBy(() -> start(routes -> routes.from("fifo:out?" + ALL).process(received)))
                .hasStackTraceContaining(in.toString());
    }
}
