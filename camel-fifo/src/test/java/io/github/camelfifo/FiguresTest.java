package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.internal.statistics.ConsumerState;
import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.internal.statistics.PipeFigures;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Soon;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each figure of an endpoint moves exactly when it should, and no other does. */
class FiguresTest extends FifoTestSupport {

    private final Received received = new Received();

    private static Map<Figure, Long> counters(PipeFigures figures) {
        Map<Figure, Long> counters = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            if (figure.isCounter() && figure.of(figures) != 0) {
                counters.put(figure, figure.of(figures));
            }
        }
        return counters;
    }

    private static Map<Figure, Long> in(long bytes, long frames, long sessions) {
        return new EnumMap<>(Map.of(Figure.BYTES_IN, bytes, Figure.FRAMES_IN, frames, Figure.SESSIONS, sessions));
    }

    private static Map<Figure, Long> and(Map<Figure, Long> counters, Figure figure, long value) {
        counters.put(figure, value);
        return counters;
    }

    private static void awaitCounters(FifoEndpoint endpoint, Map<Figure, Long> counters) {
        Soon.await()
                .untilAsserted(() -> assertThat(counters(endpoint.figures())).isEqualTo(counters));
    }

    /** They change at the end of a session: the consumer opens the FIFO anew before it closes the earlier descriptor. */
    private static Set<String> descriptorsOf(Path fifo) throws IOException {
        Set<String> numbers = new TreeSet<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : all.toList()) {
                // unlike readSymbolicLink, it does not fail for one that is closed meanwhile
                if (fifo.toString().equals(each.toFile().getCanonicalPath())) {
                    numbers.add(each.getFileName().toString());
                }
            }
        }
        return numbers;
    }

    private FifoEndpoint consume(Path fifo, String... options) throws Exception {
        String uri = uri(fifo, options);
        start(routes -> routes.from(uri).routeId("in").process(received));
        return endpoint(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "LINES, framing=LINES, 3",
        "DELIMITED, framing=DELIMITED&delimiter=\\x0a, 3",
        "FIXED, framing=FIXED&frameLength=4, 3",
        "LENGTH_PREFIXED, framing=LENGTH_PREFIXED&lengthFieldSize=1, 2",
        "CHUNKS, framing=CHUNKS, 1",
        "SESSION, framing=SESSION, 1",
        "a batch, maxBatchSize=10, 3",
        "on completion, acknowledge=ON_COMPLETION, 3",
        "a batch on completion, acknowledge=ON_COMPLETION&maxBatchSize=2, 3"
    })
    void bytesFramesAndSessionsOfEachFramingAreCounted(String name, String options, int frames) throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo, options);
        assertThat(counters(endpoint.figures())).isEmpty();
        boolean prefixed = name.equals("LENGTH_PREFIXED");
        Set<String> before = descriptorsOf(fifo);

        write(fifo, prefixed ? "\4abcd\6abcdef" : "abc\ndef\nghi\n");

        awaitCounters(endpoint, in(12, frames, 1));
        // a writer that comes before the consumer has seen the end of file is of the same session
        Soon.await().until(() -> !descriptorsOf(fifo).equals(before));
        write(fifo, "");
        write(fifo, prefixed ? "\1x" : "xyz\n");
        awaitCounters(endpoint, in(prefixed ? 14 : 16, frames + 1, 2));
    }

    @Test
    void bytesThatAreOnlyLookedAtWaitAndCountWhenTheExchangeIsDone() throws Exception {
        Path fifo = folder.fifo("in");
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        String uri = uri(fifo, "acknowledge=ON_COMPLETION");
        start(routes -> routes.from(uri).process(exchange -> {
            begun.countDown();
            mayEnd.await();
        }));
        FifoEndpoint endpoint = endpoint(uri);
        write(fifo, "abc\ndef\n");
        begun.await();

        assertThat(endpoint.figures().counts().bytesIn()).isZero();
        assertThat(endpoint.figures().counts().framesIn()).isEqualTo(1);
        assertThat(endpoint.figures().gauges().bytesWaiting()).isEqualTo(8);
        mayEnd.countDown();
        awaitCounters(endpoint, in(8, 2, 1));
        assertThat(endpoint.figures().gauges().bytesWaiting()).isZero();
    }

    @Test
    void capacityAndBytesWaitingAreThoseOfThePipe() throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo, "pipeCapacity=128k");
        assertThat(endpoint.figures().gauges().capacity()).isEqualTo(131_072);
        assertThat(endpoint.figures().gauges().inode()).isEqualTo(FifoFolder.inode(fifo));
        context.getRouteController().suspendRoute("in");
        write(fifo, "abc\n");

        assertThat(endpoint.figures().gauges().bytesWaiting()).isEqualTo(4);
        assertThat(endpoint.figures().state()).isEqualTo(ConsumerState.SUSPENDED);
        context.getRouteController().resumeRoute("in");
        awaitCounters(endpoint, in(4, 1, 1));
        assertThat(endpoint.figures().gauges().bytesWaiting()).isZero();
        context.getRouteController().stopRoute("in");
        assertThat(endpoint.figures())
                .extracting(
                        f -> f.gauges().inode(),
                        f -> f.gauges().bytesWaiting(),
                        f -> f.gauges().capacity(),
                        PipeFigures::state)
                .containsExactly(-1L, -1L, -1L, ConsumerState.STOPPED);
    }

    @Test
    void aRedeliveryCountsAsSuchAndNotAsAFrame() throws Exception {
        Path fifo = folder.fifo("in");
        AtomicInteger failures = new AtomicInteger(2);
        String uri = uri(fifo, "acknowledge=ON_COMPLETION", "onFailure=RETRY", "retryDelay=1");
        start(routes -> routes.from(uri).process(exchange -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("on purpose");
            }
        }));
        write(fifo, "abc\ndef\n");

        awaitCounters(endpoint(uri), and(in(8, 2, 1), Figure.REDELIVERED, 2));
        assertThat(endpoint(uri).figures().failure().text()).contains("An exchange from " + fifo, "on purpose");
    }

    /** The piece counts as a frame where it is delivered. */
    @ParameterizedTest
    @CsvSource({
        "oversizedFrame=FAIL, 1",
        "oversizedFrame=FAIL&acknowledge=ON_COMPLETION, 1",
        "oversizedFrame=FAIL&maxBatchSize=5, 1",
        "oversizedFrame=TRUNCATE, 3",
        "oversizedFrame=TRUNCATE&maxBatchSize=5, 3",
        "oversizedFrame=SPLIT, 7",
        "oversizedFrame=SPLIT&maxBatchSize=5, 7"
    })
    void anOversizedFrameCountsOnceInWhateverWayItIsDealtWith(String options, int frames) throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo, options, "maxFrameLength=4");

        write(fifo, "123456789\nabcd\n123456789\n");

        awaitCounters(endpoint, and(in(25, frames, 1), Figure.OVERSIZED, 2));
        String error = endpoint.figures().failure().text();
        if (options.contains("FAIL")) {
            assertThat(error).contains(fifo.toString(), "9");
        } else {
            assertThat(error).isNull();
        }
    }

    @Test
    void malformedFramesAreCounted() throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo);
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write(new byte[] {'a', (byte) 0xFF, '\n', 'b', '\n', (byte) 0xFE, '\n'});
        }

        awaitCounters(endpoint, and(in(7, 3, 1), Figure.MALFORMED, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "framing=LINES, 6",
        "framing=DELIMITED&delimiter=||, 8",
        "framing=FIXED&frameLength=2, 4",
        "framing=LENGTH_PREFIXED, 12",
        "framing=CHUNKS, 4"
    })
    void whatProducersWriteIsCountedWithItsDelimiters(String options, long bytes) throws Exception {
        Path fifo = folder.fifo("out");
        String uri = uri(fifo, options);
        start(routes -> routes.from("direct:a").to(uri));
        reader(fifo);
        ProducerTemplate template = context.createProducerTemplate();

        template.sendBody("direct:a", "ab");
        template.sendBody("direct:a", List.of("cd"));

        assertThat(counters(endpoint(uri).figures()))
                .isEqualTo(new EnumMap<>(Map.of(Figure.BYTES_OUT, bytes, Figure.FRAMES_OUT, 2L)));
        assertThat(endpoint(uri).figures())
                .extracting(f -> f.gauges().inode(), f -> f.gauges().bytesWaiting(), PipeFigures::state)
                .containsExactly(FifoFolder.inode(fifo), bytes, ConsumerState.FLOWING);
        assertThat(endpoint(uri).figures().gauges().capacity()).isPositive();
    }

    @Test
    void eachElementOfAListIsAFrameAndAStreamIsOne() throws Exception {
        Path fifo = folder.fifo("out");
        String lines = uri(fifo);
        String chunks = uri(fifo, "framing=CHUNKS");
        context.start();
        reader(fifo);
        ProducerTemplate template = context.createProducerTemplate();

        template.sendBody(lines, List.of("a", "b", "c".repeat(5000), "d"));
        template.sendBody(chunks, new ByteArrayInputStream(new byte[10_000]));

        assertThat(counters(endpoint(lines).figures()))
                .isEqualTo(new EnumMap<>(Map.of(Figure.BYTES_OUT, 5007L, Figure.FRAMES_OUT, 4L)));
        assertThat(counters(endpoint(chunks).figures()))
                .isEqualTo(new EnumMap<>(Map.of(Figure.BYTES_OUT, 10_000L, Figure.FRAMES_OUT, 1L)));
    }

    @Test
    void aListThatFailsInTheMiddleCountsWhatWasWrittenBefore() throws Exception {
        Path fifo = folder.fifo("out");
        String uri = uri(fifo);
        context.start();
        reader(fifo);

        Exchange exchange = context.createProducerTemplate()
                .send(
                        uri,
                        sent -> sent.getMessage().setBody(List.of("c".repeat(5000), "d".repeat(5000), new Object() {
                            @Override
                            public String toString() {
                                throw new IllegalStateException("on purpose");
                            }
                        })));

        assertThat(exchange.getException()).isNotNull();
        assertThat(endpoint(uri).figures().counts().bytesOut()).isEqualTo(10_002);
        assertThat(endpoint(uri).figures().counts().framesOut()).isEqualTo(2);
        assertThat(endpoint(uri).figures().failure().text()).contains(fifo.toString());
    }

    @Test
    void aSessionThatIsWrittenIsAFrame() throws Exception {
        Path fifo = folder.fifo("out");
        String uri = uri(fifo, "framing=SESSION");
        context.start();
        ShellProcess cat = sh("cat \"$1\"", fifo);

        context.createProducerTemplate().sendBody(uri, "abc");

        assertThat(cat.await()).isEqualTo("abc");
        assertThat(counters(endpoint(uri).figures()))
                .containsEntry(Figure.BYTES_OUT, 3L)
                .containsEntry(Figure.FRAMES_OUT, 1L);
    }

    @Test
    void everyMessageThatWaitsForAReaderCountsOnce() throws Exception {
        Path fifo = folder.fifo("out");
        String uri = uri(fifo);
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        CompletableFuture<Object> first = template.asyncSendBody(uri, "a");
        await().until(() -> endpoint(uri).figures().counts().readerWaits() == 1);
        CompletableFuture<Object> second = template.asyncSendBody(uri, "b");
        CompletableFuture<Object> third = template.asyncSendBody(uri, "c");
        await().until(() -> endpoint(uri).figures().counts().readerWaits() == 3);

        reader(fifo);
        CompletableFuture.allOf(first, second, third).get(60, TimeUnit.SECONDS);
        template.sendBody(uri, "d");

        assertThat(counters(endpoint(uri).figures()))
                .isEqualTo(new EnumMap<>(Map.of(Figure.BYTES_OUT, 8L, Figure.FRAMES_OUT, 4L, Figure.READER_WAITS, 3L)));
    }

    @Test
    void aMessageThatIsDiscardedOrFailsAtOnceWaitsForNobody() throws Exception {
        Path fifo = folder.fifo("out");
        String discards = uri(fifo, "noReader=DISCARD");
        String fails = uri(fifo, "noReader=FAIL");
        context.start();
        ProducerTemplate template = context.createProducerTemplate();

        template.sendBody(discards, "a");
        Exchange failed = template.send(fails, sent -> sent.getMessage().setBody("a"));

        assertThat(counters(endpoint(discards).figures())).isEqualTo(new EnumMap<>(Map.of(Figure.DISCARDED, 1L)));
        assertThat(endpoint(discards).figures().failure().text()).isNull();
        assertThat(counters(endpoint(fails).figures())).isEmpty();
        assertThat(endpoint(fails).figures().failure().text())
                .isEqualTo(failed.getException().getMessage());
        assertThat(endpoint(fails).figures().failure().millis()).isPositive();
    }

    @Test
    void aBodyThatMakesNoFrameIsAFailure() throws Exception {
        Path fifo = folder.fifo("out");
        String uri = uri(fifo);
        context.start();
        Exchange failed = context.createProducerTemplate()
                .send(uri, sent -> sent.getMessage().setBody(null));

        assertThat(failed.getException()).isNotNull();
        assertThat(endpoint(uri).figures().failure().text()).contains(fifo.toString(), "has no body");
    }

    @Test
    void aStandbyCountsNothingAndShowsWhatWaits() throws Exception {
        Path fifo = folder.fifo("in");
        Path unlock = folder.fifo("unlock");
        ShellProcess locker = sh("exec 9<>\"$1.lock\"; flock -x 9; echo locked; read line < \"$2\"", fifo, unlock);
        await().until(() -> locker.output().contains("locked"));
        FifoEndpoint endpoint = consume(fifo, "exclusive=true");
        write(fifo, "abc\n");

        assertThat(counters(endpoint.figures())).isEmpty();
        assertThat(endpoint.figures())
                .extracting(
                        PipeFigures::state,
                        f -> f.gauges().bytesWaiting(),
                        f -> f.gauges().inode())
                .containsExactly(ConsumerState.STANDBY, 4L, FifoFolder.inode(fifo));
        awaitWriter(unlock).write("now\n");
        awaitCounters(endpoint, in(4, 1, 1));
        assertThat(endpoint.figures().state()).isEqualTo(ConsumerState.FLOWING);
    }

    @Test
    void theCountsOfAFifoThatHasLeftItsFolderStayInTheSum() throws Exception {
        Path in = Files.createDirectory(folder.path("in"));
        Path a = folder.fifo("in/a.fifo");
        Path b = folder.fifo("in/b.fifo");
        FifoEndpoint endpoint = consume(in, "include=*.fifo", "checkInterval=50");
        write(a, "1\n2\n");
        write(b, "3\n");
        awaitCounters(endpoint, in(6, 3, 2));

        assertThat(endpoint.pipeFigures())
                .extracting(
                        PipeFigures::path,
                        PipeFigures::name,
                        f -> f.gauges().inode(),
                        f -> f.counts().framesIn())
                .containsExactlyInAnyOrder(
                        tuple(a.toString(), "a.fifo", FifoFolder.inode(a), 2L),
                        tuple(b.toString(), "b.fifo", FifoFolder.inode(b), 1L));
        Files.delete(a);

        await().until(() -> endpoint.pipeFigures().size() == 1);
        assertThat(counters(endpoint.figures())).isEqualTo(in(6, 3, 2));
        assertThat(endpoint.figures())
                .extracting(
                        PipeFigures::path,
                        f -> f.gauges().inode(),
                        f -> f.gauges().capacity())
                .containsExactly(
                        in.toString(),
                        -1L,
                        endpoint.pipeFigures().get(0).gauges().capacity());
    }

    @Test
    void whenThePathIsReplacedTheInodeChangesAndTheCountsGoOn() throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo, "checkInterval=50");
        write(fifo, "1\n");
        awaitCounters(endpoint, in(2, 1, 1));
        Path other = folder.fifo("other");
        long inode = FifoFolder.inode(other);

        FifoFolder.rename(other, fifo);

        await().until(() -> endpoint.figures().gauges().inode() == inode);
        write(fifo, "2\n");
        awaitCounters(endpoint, in(4, 2, 2));
    }

    @Test
    void aLostPathIsTheLastErrorAndItsFifoIsShownNoMore() throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo, "autoCreate=false", "checkInterval=50");
        Files.delete(fifo);

        await().until(() -> endpoint.figures().state() == ConsumerState.LOST);
        Soon.await()
                .untilAsserted(() -> assertThat(endpoint.figures().failure().text())
                        .contains("There is no usable named pipe at " + fifo));
        assertThat(endpoint.figures().gauges().inode()).isEqualTo(-1);
        assertThat(endpoint.figures().gauges().capacity()).isEqualTo(-1);
    }

    @Test
    void aLostFolderIsTheLastError() throws Exception {
        Path in = Files.createDirectory(folder.path("in"));
        FifoEndpoint endpoint = consume(in, "include=*", "autoCreate=false", "checkInterval=50");
        Files.delete(in);

        Soon.await()
                .untilAsserted(() ->
                        assertThat(endpoint.figures().failure().text()).contains("There is no usable folder at " + in));
    }

    @Test
    void theCountsGoOnWhenTheRouteIsStartedAgain() throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo);
        write(fifo, "1\n");
        awaitCounters(endpoint, in(2, 1, 1));
        context.getRouteController().stopRoute("in");
        assertThat(counters(endpoint.figures())).isEqualTo(in(2, 1, 1));
        context.getRouteController().startRoute("in");

        write(fifo, "2\n");

        awaitCounters(endpoint, in(4, 2, 2));
        assertThat(received.frame(1).sequence()).isEqualTo(1);
    }

    /** Its bytes were taken before the stop, and its session began then. */
    @Test
    void whatIsKeptForTheNextStartCountsOnce() throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo);
        PipeEnd writer = writer(fifo);
        writer.write("1\n23");
        awaitCounters(endpoint, in(4, 1, 1));
        context.getRouteController().stopRoute("in");
        context.getRouteController().startRoute("in");

        awaitWriter(fifo).write("4\n");

        awaitCounters(endpoint, in(6, 2, 1));
    }

    @Test
    void resetsLoseNothingWhileLinesFlow() throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = consume(fifo);
        int lines = 50_000;
        ShellProcess writer = sh("seq -f %05g $2 > \"$1\"", fifo, lines);
        long[] sum = new long[2];
        while (received.count() < lines && !Thread.currentThread().isInterrupted()) {
            add(sum, endpoint);
        }
        writer.await();
        await().until(() -> endpoint.figures().gauges().bytesWaiting() == 0);
        context.getRouteController().stopRoute("in");
        add(sum, endpoint);

        assertThat(sum).containsExactly(lines, 6L * lines);
        assertThat(counters(endpoint.figures())).isEmpty();
    }

    private static void add(long[] sum, FifoEndpoint endpoint) {
        Counts counts = endpoint.statistics().reset();
        sum[0] += counts.framesIn();
        sum[1] += counts.bytesIn();
    }

    /** Another endpoint begins to read in the middle of the session, and so does the first one after it. */
    @Test
    void aPolledFrameCountsForTheEndpointThatPolls() throws Exception {
        Path fifo = folder.fifo("in");
        String first = uri(fifo);
        String second = uri(fifo, "checkInterval=999");
        context.start();
        ConsumerTemplate template = closing(context.createConsumerTemplate());
        PipeEnd holder = reader(fifo);
        writer(fifo).write("1\n22\n333\n");

        assertThat(template.receiveBody(first, 60_000)).isEqualTo("1");
        assertThat(template.receiveBody(second, 60_000)).isEqualTo("22");
        assertThat(template.receiveBody(first, 60_000)).isEqualTo("333");

        holder.awaitEmpty();
        assertThat(counters(endpoint(first).figures())).isEqualTo(in(6, 2, 2));
        assertThat(counters(endpoint(second).figures())).isEqualTo(in(3, 1, 1));
        assertThat(endpoint(first).figures())
                .extracting(PipeFigures::state, f -> f.gauges().inode())
                .containsExactly(ConsumerState.FLOWING, FifoFolder.inode(fifo));
    }

    @Test
    void aRequestCountsAsOutAndItsAnswerAsIn() throws Exception {
        Path requests = folder.fifo("requests");
        Path replies = folder.fifo("replies");
        String server = uri(requests, "replyTo=" + replies, "checkInterval=999");
        String client = uri(requests, "replyTo=" + replies);
        start(routes -> {
            routes.from(server).transform(routes.simple("to ${body}"));
            routes.from("direct:ask").to(client);
        });

        assertThat(context.createProducerTemplate().requestBody("direct:ask", "a", String.class))
                .isEqualTo("to a");

        Map<Figure, Long> both = in(5, 1, 1);
        both.put(Figure.BYTES_OUT, 2L);
        both.put(Figure.FRAMES_OUT, 1L);
        awaitCounters(endpoint(client), both);
        Map<Figure, Long> answers = in(2, 1, 1);
        answers.put(Figure.BYTES_OUT, 5L);
        answers.put(Figure.FRAMES_OUT, 1L);
        awaitCounters(endpoint(server), answers);
        assertThat(endpoint(server).figures().gauges().inode()).isEqualTo(FifoFolder.inode(requests));
        assertThat(endpoint(client).figures().gauges().inode()).isEqualTo(FifoFolder.inode(requests));
    }

    @Test
    void figuresCanBeReadWhileFifosComeAndGo() throws Exception {
        Path in = Files.createDirectory(folder.path("in"));
        FifoEndpoint endpoint = consume(in, "include=*", "checkInterval=20");
        AtomicBoolean ends = new AtomicBoolean();
        closing(() -> ends.set(true));
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Long> reading = CompletableFuture.supplyAsync(() -> {
            long mostCapacity = 0;
            begun.countDown();
            while (received.count() < 60 && !ends.get()) {
                for (PipeFigures pipe : endpoint.pipeFigures()) {
                    assertThat(pipe.gauges().capacity()).isEqualTo(65_536);
                    assertThat(pipe.gauges().bytesWaiting()).isBetween(0L, 2L);
                }
                mostCapacity =
                        Math.max(mostCapacity, endpoint.figures().gauges().capacity());
                assertThat(endpoint.figures().counts().framesIn()).isBetween(0L, 60L);
            }
            return mostCapacity;
        });

        begun.await();
        for (int i = 0; i < 60; i++) {
            Path fifo = folder.fifo("in/" + i % 7);
            awaitWriter(fifo).write("x\n");
            Files.delete(fifo);
        }

        assertThat(reading.get(60, TimeUnit.SECONDS)).isPositive();
        awaitCounters(endpoint, in(120, 60, 60));
    }

    @Test
    void anEndpointWithoutConsumerIsStoppedUntilAProducerIsStarted() throws Exception {
        Path fifo = folder.fifo("out");
        String uri = uri(fifo);
        start(routes -> routes.from("direct:a").routeId("out").to(uri));

        assertThat(endpoint(uri).figures().state()).isEqualTo(ConsumerState.FLOWING);
        context.getRouteController().stopRoute("out");
        context.removeRoute("out");
        assertThat(endpoint(uri).figures().state()).isEqualTo(ConsumerState.STOPPED);
    }
}
