package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.posix.AnonymousPipe;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With acknowledge=ON_COMPLETION bytes stay in the pipe until the exchange is done that they are in. */
class AcknowledgeTest extends FifoTestSupport {

    private static final String ON_COMPLETION = "acknowledge=ON_COMPLETION";

    private final Received received = new Received();
    private final Gate gate = new Gate();
    private Path fifo;
    /** So that the pipe outlives consumers and writers; and to look into it. */
    private PipeEnd holder;

    @BeforeEach
    void makeFifo() throws Exception {
        fifo = folder.fifo("in");
        holder = reader(fifo);
    }

    @Test
    void bytesLeaveThePipeMessageByMessageWhenTheExchangeIsDone() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(gate).process(received));

        write(fifo, "one\nthree\n");
        gate.awaitArrivals(1);
        assertThat(holder.unread()).isEqualTo(10);
        gate.letOneThrough();
        gate.awaitArrivals(2);
        awaitUnread(6);
        gate.letOneThrough();
        received.awaitLines("one", "three");
        holder.awaitEmpty();
    }

    @Test
    void bytesOfAnAsynchronousExchangeLeaveThePipeWhenItIsDone() throws Exception {
        Later later = new Later();
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(later).process(received));

        write(fifo, "one\nthree\n");
        later.finish(() -> assertThat(holder.unread()).isEqualTo(10));
        later.finish(() -> assertThat(holder.unread()).isEqualTo(6));
        received.awaitLines("one", "three");
        holder.awaitEmpty();
    }

    @Test
    void withOnReceiptTheyLeaveItWhenTheyAreRead() throws Exception {
        start(routes -> routes.from(uri(fifo)).process(gate).process(received));

        write(fifo, "one\n");

        gate.awaitArrivals(1);
        assertThat(holder.unread()).isZero();
        gate.letOneThrough();
    }

    @Test
    void aBatchLeavesThePipeAsAWhole() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION, "maxBatchSize=3"))
                .process(gate)
                .process(received));

        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("0\n");
            gate.awaitArrivals(1);
            writer.write("1\n22\n333\n4444\n5555");
        }
        gate.letOneThrough();
        gate.awaitArrivals(2);
        awaitUnread(18);
        gate.letOneThrough();
        gate.awaitArrivals(3);
        awaitUnread(9);
        gate.letOneThrough();
        gate.awaitArrivals(4);
        awaitUnread(4);
        gate.letOneThrough();
        received.awaitCount(4);
        assertThat(received.bodies())
                .containsExactly(List.of("0"), List.of("1", "22", "333"), List.of("4444"), List.of("5555"));
        holder.awaitEmpty();
    }

    @Test
    void aBatchWhoseWriterHasGoneComesAtOnceAndEndsItsSession() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION, "maxBatchSize=3")).process(received));

        for (int session = 1; session <= 3; session++) {
            write(fifo, "1\n2\n");
            received.awaitCount(session);
            holder.awaitEmpty();
        }

        assertThat(received.bodies()).containsOnly(List.of("1", "2"));
    }

    @ParameterizedTest
    @CsvSource({
        "framing=DELIMITED&delimiter=||, a||bb||, 7",
        "framing=FIXED&frameLength=2&bodyType=STRING, abcd, 4",
        "framing=CHUNKS&chunkSize=3&bodyType=STRING, abcdef, 6",
        "framing=LENGTH_PREFIXED&lengthFieldSize=1&bodyType=STRING, '\1a\2bb', 5",
        "skipEmptyFrames=true, '\n\na\n\nbb\n', 8"
    })
    void everyFramingLeavesWhatIsNotDone(String options, String text, int bytes) throws Exception {
        start(routes ->
                routes.from(uri(fifo, ON_COMPLETION, options)).process(gate).process(received));

        write(fifo, text);

        gate.awaitArrivals(1);
        assertThat(holder.unread()).isBetween(bytes - 2, bytes);
        gate.letOneThrough();
        gate.awaitArrivals(2);
        await().untilAsserted(() -> assertThat(holder.unread()).isBetween(2, bytes - 1));
        gate.letOneThrough();
        received.awaitCount(2);
        holder.awaitEmpty();
    }

    @Test
    void anUnfinishedFrameStaysInThePipeAndCostsNothingUntilItGoesOn() throws Exception {
        FreshThreads threads = new FreshThreads();
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));

        PipeEnd writer = writer(fifo);
        for (String piece : List.of("do", "n", "e\r", "\nbeg", "u")) {
            writer.write(piece);
        }
        received.awaitLines("done");
        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(4));
        IdleTest.assertHardlyAnyCpu(threads);
        writer.write("n\n");
        received.awaitLines("done", "begun");
        holder.awaitEmpty();
    }

    @Test
    void aLineInSingleBytesIsOneMessage() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));

        PipeEnd writer = writer(fifo);
        String line = "x".repeat(2_000);
        for (int i = 0; i < line.length(); i++) {
            writer.write(line.substring(i, i + 1));
        }
        writer.write("\n");

        received.awaitLines(line);
        holder.awaitEmpty();
    }

    @Test
    void aWriterThatEndsInMidLineGivesAMarkedMessageThatIsNotJoinedToTheNext() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));

        write(fifo, "whole\nha");
        received.awaitCount(2);
        holder.awaitEmpty();
        write(fifo, "next\n");

        received.awaitLines("whole", "ha", "next");
        assertThat(received.frame(1).isMarkedIncomplete()).isTrue();
        assertThat(received.frames().stream().map(Received.Frame::session)).containsExactly(1L, 1L, 2L);
    }

    @Test
    void theUnendedLineOfAWriterThatHadGoneBeforeTheStartIsDelivered() throws Exception {
        write(fifo, "whole\nha");

        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));

        received.awaitLines("whole", "ha");
        assertThat(received.frame(1).isMarkedIncomplete()).isTrue();
        holder.awaitEmpty();
    }

    @Test
    void aFrameThatDoesNotFitIntoThePipeIsReadIntoMemory() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));

        String large = "x".repeat(300_000);
        sh("printf '%300000s\\nsmall\\n' '' | tr ' ' x > \"$1\"", fifo).await();

        received.awaitLines(large, "small");
        holder.awaitEmpty();
    }

    @Test
    void aPipeThatIsFullAtAFewBytesIsNotWaitedForForEver() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));

        Posix posix = Posix.system();
        try (Descriptor path = posix.openPath(fifo.toString());
                Descriptor writer = posix.reopenForWriting(path);
                AnonymousPipe letter = posix.pipe()) {
            posix.write(letter.writingEnd(), ByteBuffer.wrap(new byte[] {'x'}));
            for (int slots = 16; slots > 0; slots--) {
                assertThat(posix.tee(letter.readingEnd(), writer, 1)).isEqualTo(1);
            }
            await().until(() -> !posix.isFull(writer));
            posix.write(writer, ByteBuffer.wrap(new byte[] {'\n'}));
            received.awaitLines("x".repeat(16));
        }
    }

    /** The kernel tells nobody of it: the pipe is not empty when it begins, and it cannot end. */
    @Test
    void aWriteThatDoesNotFitBehindAnUnfinishedFrameIsNoticed() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));
        PipeEnd beginning = writer(fifo);
        beginning.write("first\nbegun ");
        received.awaitLines("first");
        await().during(Duration.ofMillis(200)).until(() -> holder.unread() == 6);

        Path file = folder.path("lines");
        Files.writeString(file, "and ended\n" + "line\n".repeat(100_000));
        sh("dd if=\"$1\" bs=1000000 count=1 status=none > \"$2\"", file, fifo);

        received.awaitCount(100_002);
        assertThat(received.lines()).element(1).isEqualTo("begun and ended");
        holder.awaitEmpty();
    }

    @Test
    void aWriterThatAlwaysHasMoreThanThereIsRoomForIsReadToItsEnd() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));

        Path file = folder.path("lines");
        Files.writeString(file, "a line of some length\n".repeat(500_000));
        sh("cat \"$1\" > \"$2\"", file, fifo);

        received.awaitCount(500_000);
        holder.awaitEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAIL", "TRUNCATE", "SPLIT"})
    void oversizedFramesLeaveThePipe(String policy) throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION, "maxFrameLength=10", "oversizedFrame=" + policy))
                .process(received));

        sh("printf '%500000s\\nsmall\\n' '' | tr ' ' x > \"$1\"", fifo).await();

        await().until(() -> received.count() > 0
                && "small".equals(received.frame(received.count() - 1).body()));
        holder.awaitEmpty();
        assertThat(received.count())
                .isEqualTo(
                        switch (policy) {
                            case "FAIL" -> 1;
                            case "TRUNCATE" -> 2;
                            default -> 50_001;
                        });
    }

    @Test
    void aSplitFrameStaysWholeUntilItsLastPieceIsDone() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION, "maxFrameLength=2", "oversizedFrame=SPLIT"))
                .process(gate)
                .process(received));

        write(fifo, "abcde\nf\n");
        for (int piece = 1; piece <= 3; piece++) {
            gate.awaitArrivals(piece);
            assertThat(holder.unread()).isEqualTo(8);
            gate.letOneThrough();
        }
        gate.awaitArrivals(4);
        awaitUnread(2);
        gate.letOneThrough();
        received.awaitLines("ab", "cd", "e", "f");
    }

    @Test
    void aFailedExchangeIsDoneToo() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received).process(exchange -> {
            throw new IllegalStateException("every time");
        }));

        write(fifo, "one\ntwo\n");

        received.awaitLines("one", "two");
        holder.awaitEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExchangeThatIsRedeliveredIsDoneAfterTheRedelivery(boolean asynchronous) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        start(routes -> {
            OnExceptionDefinition handling = routes.onException(IllegalStateException.class)
                    .maximumRedeliveries(1)
                    // far more than a done exchange's bytes may stay
                    .redeliveryDelay(300);
            if (asynchronous) {
                handling.asyncDelayedRedelivery();
            }
            routes.from(uri(fifo, ON_COMPLETION))
                    .process(exchange -> {
                        gate.process(exchange);
                        if (attempts.incrementAndGet() == 1) {
                            throw new IllegalStateException("at first");
                        }
                    })
                    .process(received);
        });

        write(fifo, "one\nthree\n");
        gate.awaitArrivals(1);
        assertThat(holder.unread()).isEqualTo(10);
        gate.letOneThrough();
        gate.awaitArrivals(2);
        assertThat(attempts).as("the second attempt of the first line").hasValue(1);
        assertThat(holder.unread()).isEqualTo(10);
        assertThat(received.count()).isZero();
        gate.letOneThrough();
        gate.awaitArrivals(3);
        awaitUnread(6);
        gate.letOneThrough();
        received.awaitLines("one", "three");
        holder.awaitEmpty();
    }

    @Test
    void whatAStopLeavesIsThereForTheNextStart() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION))
                .routeId("in")
                .process(gate)
                .process(received));
        LogCapture log = new LogCapture();
        PipeEnd writer = writer(fifo);
        writer.write("one\n");
        gate.awaitArrivals(1);
        ServiceHelper.suspendService(context.getRoute("in").getConsumer());
        writer.write("two\nthr");
        gate.letOneThrough();
        received.awaitLines("one");
        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(7));

        context.getRouteController().stopRoute("in");
        assertThat(holder.unread()).isEqualTo(7);
        await().untilAsserted(() ->
                assertThat(log.lines("7 bytes stay", fifo.toString())).hasSize(1));
        gate.open();
        context.getRouteController().startRoute("in");
        writer.write("ee\n");
        received.awaitLines("one", "two", "three");
        holder.awaitEmpty();
    }

    @Test
    void stopProcessesWhatIsThereAndLeavesTheBeginningOfALineInThePipe() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).routeId("in").process(received));
        PipeEnd writer = writer(fifo);
        writer.write("one\ntwo\nthr");
        context.stop();

        received.awaitLines("one", "two");
        assertThat(holder.unread()).isEqualTo(3);
        writer.write("ee\n");
        context.start();
        received.awaitLines("one", "two", "three");
    }

    @Test
    void anExchangeThatIsCutShortByTheEndOfAStopStaysInThePipe() throws Exception {
        context.getShutdownStrategy().setTimeout(1);
        CountDownLatch never = new CountDownLatch(1);
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).routeId("in").process(exchange -> never.await()));
        write(fifo, "one\ntwo\n");
        context.stop();

        assertThat(holder.unread()).isEqualTo(8);
    }

    @Test
    void somebodyElseWhoReadsIsWarnedOfAndWhatIsInHandIsProcessed() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(gate).process(received));
        LogCapture log = new LogCapture();
        PipeEnd writer = writer(fifo);
        writer.write("one\ntwo\nsix\nten\n");
        gate.awaitArrivals(1);
        assertThat(holder.readSome(4)).asString().isEqualTo("one\n");
        gate.open();

        received.awaitLines("one", "two", "six", "ten");
        holder.awaitEmpty();
        await().untilAsserted(() ->
                assertThat(log.lines("WARN", "Another process reads " + fifo)).hasSize(1));
        writer.write("end\n");
        received.awaitLines("one", "two", "six", "ten", "end");
        assertThat(log.lines("WARN", "Another process reads " + fifo)).hasSize(1);
    }

    @Test
    void aHundredThousandLinesOfSeveralWritersArriveOnceEach() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(received));

        sh(
                        "seq 1 40000 > \"$1\"; for i in $(seq 40001 40200); do echo $i > \"$1\"; done; seq 40201 100000 > \"$1\"",
                        fifo)
                .await();

        received.awaitNumbers(100_000);
        holder.awaitEmpty();
    }

    @Test
    void aPollingConsumerTakesAFrameWhenItHandsItOver() throws Exception {
        context.start();
        write(fifo, "one\ntwo\n");

        assertThat(context.createConsumerTemplate().receiveBody(uri(fifo, ON_COMPLETION), 10_000L))
                .isEqualTo("one");
        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(4));
    }

    private void awaitUnread(int bytes) {
        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(bytes));
    }

    /** Lets exchanges through one by one. */
    private static final class Gate implements Processor {

        private int arrived;
        private int permitted;

        @Override
        public synchronized void process(Exchange exchange) throws Exception {
            int own = ++arrived;
            notifyAll();
            while (permitted < own) {
                wait();
            }
        }

        synchronized void letOneThrough() {
            permitted++;
            notifyAll();
        }

        synchronized void open() {
            permitted = Integer.MAX_VALUE;
            notifyAll();
        }

        void awaitArrivals(int count) {
            await().untilAsserted(() -> assertThat(arrivals()).isEqualTo(count));
        }

        private synchronized int arrivals() {
            return arrived;
        }
    }

    /** Answers when it is told to, in the thread that says so. */
    private static final class Later extends AsyncProcessorSupport implements AsyncProcessor {

        private final AtomicReference<AsyncCallback> open = new AtomicReference<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            open.set(callback);
            return false;
        }

        void finish(Step before) throws Exception {
            await().until(() -> open.get() != null);
            before.run();
            open.getAndSet(null).done(false);
        }
    }
}
