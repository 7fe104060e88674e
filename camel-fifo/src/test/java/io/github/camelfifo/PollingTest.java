package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StreamCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that are taken one by one. */
class PollingTest extends FifoTestSupport {

    private final LogCapture log = new LogCapture();
    private ConsumerTemplate template;
    private Path fifo;

    @BeforeEach
    void startContext() {
        fifo = folder.fifo("in");
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolThreshold(1024);
        context.getStreamCachingStrategy()
                .setSpoolDirectory(folder.path("spool").toFile());
        context.start();
        template = context.createConsumerTemplate();
    }

    @Test
    void eachCallTakesOneFrameAndWhatFollowsWaits() throws Exception {
        open(uri(fifo));

        write(fifo, "1\n2\n3\n");

        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("1");
        assertThat(template.receiveBodyNoWait(uri(fifo))).isEqualTo("2");
        assertThat(template.receiveBody(uri(fifo))).isEqualTo("3");
        assertThat(template.receiveBody(uri(fifo), 20)).isNull();
        assertThat(template.receiveBodyNoWait(uri(fifo))).isNull();
    }

    @Test
    void aCallThatCannotOpenTheFifoSaysWhy() throws Exception {
        open(uri(fifo));
        PollingConsumer polling =
                context.getEndpoint(uri(fifo, "autoCreate=false")).createPollingConsumer();
        polling.start();
        Files.delete(fifo);
        Files.writeString(fifo, "a file");

        assertThatThrownBy(polling::receiveNoWait)
                .isInstanceOf(RuntimeCamelException.class)
                .hasMessage("Cannot receive from " + fifo + ": Not a named pipe but a regular file: " + fifo);
        polling.stop();
    }

    @Test
    void whatNobodyHasAskedForStaysInThePipe() throws Exception {
        open(uri(fifo, "chunkSize=4"));
        PipeEnd writer = writer(fifo);
        writer.write(Received.lines(1_000));
        int written = writer.unread();

        assertThat(template.receiveBody(uri(fifo, "chunkSize=4"), 30_000)).isEqualTo("1");

        assertThat(writer.unread()).isGreaterThanOrEqualTo(written - 4);
    }

    @Test
    void aCallWaitsForItsFrameAndNoLongerThanItMay() throws Exception {
        open(uri(fifo));
        assertThat(millis(() -> assertThat(template.receive(uri(fifo), 300)).isNull()))
                .isBetween(295L, 5_000L);
        assertThat(millis(() -> assertThat(template.receiveNoWait(uri(fifo))).isNull()))
                .isLessThan(2_000);

        sh("sleep 0.3; echo late > \"$1\"", fifo);
        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("late");
        sh("sleep 0.3; echo later > \"$1\"", fifo);
        assertThat(template.receiveBody(uri(fifo))).isEqualTo("later");
    }

    /** Camel gives one polling consumer to all of them. */
    @Test
    void whileOneThreadWaitsAnotherMayGiveUp() throws Exception {
        open(uri(fifo));
        PipeEnd writer = writer(fifo);
        CompletableFuture<Object> patient =
                CompletableFuture.supplyAsync(() -> template.receiveBody(uri(fifo), 60_000));
        CompletableFuture<Object> impatient = CompletableFuture.supplyAsync(() -> template.receiveBody(uri(fifo), 300));

        assertThat(impatient.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(template.receiveBodyNoWait(uri(fifo))).isNull();
        assertThat(patient).isNotDone();
        writer.write("1\n2\n");

        assertThat(patient.get(30, TimeUnit.SECONDS)).isEqualTo("1");
        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("2");
    }

    @Test
    void threadsThatReceiveAtOnceGetEachFrameOnce() throws Exception {
        open(uri(fifo));
        PipeEnd writer = writer(fifo);
        writer.write(Received.lines(1_000));
        Queue<String> all = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> threads = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 250; i++) {
                        all.add(template.receiveBody(uri(fifo), 30_000, String.class));
                    }
                }))
                .limit(4)
                .toList();
        for (CompletableFuture<Void> thread : threads) {
            thread.get(60, TimeUnit.SECONDS);
        }

        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        Received.lines(1_000).lines().toList());
    }

    @Test
    void whoWaitsForEverGetsNothingWhenTheContextStops() throws Exception {
        open(uri(fifo));
        CompletableFuture<Object> waiting = CompletableFuture.supplyAsync(() -> template.receiveBody(uri(fifo)));
        await().during(Duration.ofMillis(200)).until(() -> !waiting.isDone());

        context.stop();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void aCallMayWaitForTheFifosFirstWriter() {
        // without the FIFO the shell would make a regular file
        ShellProcess writer = sh(
                "until [ -p \"$1\" ]; do sleep 0.05; done; sleep 0.3; printf 'first\\nsecond\\n' > \"$1\"",
                folder.path("new"));

        assertThat(template.receiveBody(uri(folder.path("new")), 30_000)).isEqualTo("first");
        writer.await();
        assertThat(template.receiveBodyNoWait(uri(folder.path("new")))).isEqualTo("second");
    }

    @Test
    void whatFollowsIsKeptAlsoWhenThePollingConsumerIsMadeAnew() throws Exception {
        for (int i = 1; i <= 3; i++) {
            try (ConsumerTemplate one = context.createConsumerTemplate()) {
                if (i == 1) {
                    assertThat(one.receiveBodyNoWait(uri(fifo))).isNull();
                    write(fifo, "1\n2\n3\n");
                }
                assertThat(one.receiveBody(uri(fifo), 30_000)).isEqualTo("" + i);
            }
        }
    }

    @Test
    void whatFollowsIsKeptAlsoWhereCamelKeepsNoConsumer() throws Exception {
        routes(routes -> routes.from("direct:next")
                .pollEnrich()
                .constant(uri(fifo))
                .timeout(10_000)
                .cacheSize(-1));
        open(uri(fifo));
        write(fifo, "a\nb\nc\n");

        for (String line : List.of("a", "b", "c")) {
            assertThat(context.createProducerTemplate().requestBody("direct:next", null, String.class))
                    .isEqualTo(line);
        }
    }

    @Test
    void aRouteEnrichesItsMessagesWithLines() throws Exception {
        routes(routes -> routes.from("direct:next").pollEnrich(uri(fifo), 10_000));
        open(uri(fifo));
        write(fifo, "a\nb\n");

        assertThat(context.createProducerTemplate().requestBody("direct:next", null, String.class))
                .isEqualTo("a");
        assertThat(context.createProducerTemplate().requestBody("direct:next", null, String.class))
                .isEqualTo("b");
    }

    @Test
    void aFrameSaysWhereItCameFrom() throws Exception {
        open(uri(fifo));
        write(fifo, "one\nunended");

        Exchange one = template.receive(uri(fifo), 30_000);
        Exchange unended = template.receive(uri(fifo), 30_000);
        write(fifo, "next\n");
        Exchange next = template.receive(uri(fifo), 30_000);

        assertThat(one.getMessage().getHeaders())
                .containsEntry(FifoConstants.PATH, fifo.toString())
                .containsEntry(FifoConstants.SEQUENCE, 1L)
                .containsEntry(FifoConstants.SESSION, 1L)
                .doesNotContainKey(FifoConstants.INCOMPLETE);
        assertThat(unended.getMessage().getHeader(FifoConstants.INCOMPLETE)).isEqualTo(true);
        assertThat(next.getMessage().getHeaders())
                .containsEntry(FifoConstants.SEQUENCE, 3L)
                .containsEntry(FifoConstants.SESSION, 2L);
    }

    @Test
    void theOptionsOfConsumersHold() throws Exception {
        String uri = uri(fifo, "maxFrameLength=4&maxBatchSize=2&skipEmptyFrames=true");
        open(uri);

        write(fifo, "a\n\nb\ntoo long\nc\n");

        assertThat(template.receiveBody(uri, 30_000)).isEqualTo(List.of("a", "b"));
        assertThat(template.receive(uri, 30_000).getException()).isInstanceOf(FrameTooLongException.class);
        assertThat(template.receiveBody(uri, 30_000)).isEqualTo(List.of("c"));
    }

    /** There is no route to be stopped, and what comes later is as good as what came first. */
    @Test
    void stopOnEofDoesNothing() throws Exception {
        String uri = uri(fifo, "stopOnEof=true");
        open(uri);

        write(fifo, "first\n");
        assertThat(template.receiveBody(uri, 30_000)).isEqualTo("first");
        assertThat(template.receiveBody(uri, 50)).isNull();
        write(fifo, "second\n");
        assertThat(template.receiveBody(uri, 30_000)).isEqualTo("second");
    }

    @Test
    void malformedTextIsCountedAndWarnedOf() throws Exception {
        open(uri(fifo));
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write(new byte[] {(byte) 0xff, '\n', (byte) 0xff, '\n'});
        }

        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("\uFFFD");
        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("\uFFFD");

        assertThat(endpoint(uri(fifo)).getMalformedFrames()).isEqualTo(2);
        assertThat(log.lines("WARN", fifo + " has bytes that are not valid UTF-8"))
                .hasSize(1);
    }

    @Test
    void aSessionMayComeFromDisk() throws Exception {
        String uri = uri(fifo, "framing=SESSION&maxFrameLength=1k");
        open(uri);
        sh("seq 10000 > \"$1\"", fifo);

        Exchange session = template.receive(uri, 30_000);

        assertThat(session.getMessage().getBody(StreamCache.class).inMemory()).isFalse();
        assertThat(session.getMessage().getBody(String.class)).isEqualTo(Received.lines(10_000));
        template.doneUoW(session);
        assertThat(folder.path("spool").toFile().list()).isNullOrEmpty();
    }

    @Test
    void aPollingConsumerIsTheFifosConsumer() throws Exception {
        open(uri(fifo));

        assertThatThrownBy(() ->
                        routes(routes -> routes.from(uri(fifo, "chunkSize=1k")).to("mock:never")))
                .hasStackTraceContaining(fifo.toString())
                .hasStackTraceContaining("is consumed already");
    }

    @Test
    void aFifoThatHasAConsumerIsNotPolled() throws Exception {
        routes(routes -> routes.from(uri(fifo)).to("mock:all"));

        assertThatThrownBy(() -> template.receiveBody(uri(fifo, "chunkSize=1k"), 1_000))
                .hasStackTraceContaining("is consumed already");
    }

    @Test
    void whoIsInterruptedWhileWaitingGetsNothingAndTheFrameIsThereForTheNextCall() throws Exception {
        open(uri(fifo));

        Thread.currentThread().interrupt();
        assertThat(template.receiveBody(uri(fifo), 30_000)).isNull();
        assertThat(Thread.interrupted()).isTrue();

        write(fifo, "line\n");
        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("line");
    }

    /** So that writers find a reader. */
    private void open(String uri) {
        assertThat(template.receiveBodyNoWait(uri)).isNull();
    }
}
