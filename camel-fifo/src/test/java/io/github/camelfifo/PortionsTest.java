package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.posix.AnonymousPipe;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With acknowledge=ON_COMPLETION what is done leaves the pipe together, and soon, though the route goes on. */
class PortionsTest extends FifoTestSupport {

    private static final String ON_COMPLETION = "acknowledge=ON_COMPLETION";
    private static final int BEFORE = 150;
    private static final String HANGS = "this one hangs\n";
    private static final String BEHIND = "behind it\n";
    private static final int LEFT = HANGS.length() + BEHIND.length();

    private final Received received = new Received();
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private Path fifo;
    private PipeEnd holder;

    @BeforeEach
    void makeFifo() throws Exception {
        fifo = folder.fifo("in");
        holder = reader(fifo);
        closing(goesOn::countDown);
    }

    @Test
    void onlyTheExchangeThatHangsStaysInThePipe() throws Exception {
        start(routes ->
                routes.from(uri(fifo, ON_COMPLETION)).process(this::hang).process(received));

        write(fifo, Received.lines(BEFORE) + HANGS + BEHIND);

        expectOnlyTheRestIsLeft();
    }

    @Test
    void alsoWhileRoutesHoldAllWorkers() throws Exception {
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(1);
        Path second = folder.fifo("second");
        start(routes -> {
            routes.from(uri(fifo, ON_COMPLETION)).process(this::hang).process(received);
            routes.from(uri(second, ON_COMPLETION)).process(received);
        });
        PipeEnd waiting = reader(second);

        write(fifo, Received.lines(BEFORE) + HANGS + BEHIND);
        await().until(() -> hanging.get() == 1);
        write(second, "waits for a worker\n");

        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(LEFT));
        assertThat(waiting.unread()).isPositive();
        expectOnlyTheRestIsLeft("waits for a worker");
    }

    @Test
    void alsoWhereExchangesEndOnAnotherThread() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        closing(threads::shutdownNow);
        start(routes -> routes.from(uri(fifo, ON_COMPLETION))
                .process(new AsyncProcessorSupport() {
                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        threads.execute(() -> {
                            hang(exchange);
                            callback.done(false);
                        });
                        return false;
                    }
                })
                .process(received));

        write(fifo, Received.lines(BEFORE) + HANGS + BEHIND);

        expectOnlyTheRestIsLeft();
    }

    @Test
    void alsoOfBatches() throws Exception {
        write(fifo, Received.lines(BEFORE) + HANGS + BEHIND);
        start(routes -> routes.from(uri(fifo, ON_COMPLETION, "maxBatchSize=50"))
                .process(exchange -> {
                    if (received.count() == 3) {
                        hang();
                    }
                })
                .process(received));

        await().until(() -> hanging.get() == 1);
        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(LEFT));
        goesOn.countDown();
        received.awaitCount(4);
        assertThat(received.frame(3).body()).isEqualTo(List.of(HANGS.strip(), BEHIND.strip()));
        holder.awaitEmpty();
    }

    /** A batch is done as a whole, also when the pipe has no room for what would follow. */
    @Test
    void aBatchThatFillsThePipeStaysInItUntilItIsDone() throws Exception {
        PipeEnd writer = writer(fifo);
        byte[] lines = ("x".repeat(63) + "\n").repeat(64).getBytes(StandardCharsets.UTF_8);
        int all = 0;
        for (int count = writer.writeSome(lines, 0); count > 0; count = writer.writeSome(lines, 0)) {
            all += count;
        }
        int written = all;
        start(routes -> routes.from(uri(fifo, ON_COMPLETION, "maxBatchSize=5000"))
                .process(exchange -> hang())
                .process(received));

        await().until(() -> hanging.get() == 1);
        assertThat(holder.unread()).isEqualTo(written);
        goesOn.countDown();
        received.awaitCount(1);
        assertThat((List<?>) received.frame(0).body()).hasSize(written / 64);
        holder.awaitEmpty();
    }

    /** It has room when a slot of the pipe has become free. */
    @ParameterizedTest
    @ValueSource(ints = {4_096, 8_192, 65_536})
    void aWriterThatWaitsForRoomGoesOnWhileTheRouteHangs(int capacity) throws Exception {
        byte[] page = ("x".repeat(63) + "\n").repeat(64).getBytes(StandardCharsets.UTF_8);
        AtomicInteger pageDone = new AtomicInteger();
        start(routes -> routes.from(uri(fifo, ON_COMPLETION, "pipeCapacity=" + capacity))
                .routeId("in")
                .process(exchange -> {
                    if (pageDone.addAndGet(
                                    exchange.getMessage().getBody(String.class).length() + 1)
                            > 4_096) {
                        hang();
                    }
                }));
        PipeEnd writer = writer(fifo);
        ServiceHelper.suspendService(context.getRoute("in").getConsumer());
        int all = 0;
        for (int count = writer.writeSome(page, 0); count > 0; count = writer.writeSome(page, 0)) {
            all += count;
        }
        assertThat(all).isEqualTo(capacity);

        ServiceHelper.resumeService(context.getRoute("in").getConsumer());
        await().until(() -> writer.writeSome(page, 0) == page.length);
        await().until(() -> hanging.get() == 1);
    }

    /** Each slot of the pipe holds a few bytes: it is full long before it holds as many as it could. */
    @Test
    void aWriterThatSplicesGoesOnToo() throws Exception {
        Posix posix = Posix.system();
        try (Descriptor path = posix.openPath(fifo.toString());
                Descriptor writer = posix.reopenForWriting(path);
                AnonymousPipe line = posix.pipe()) {
            posix.write(line.writingEnd(), ByteBuffer.wrap(new byte[] {'x', '\n'}));
            for (int slots = 16; slots > 0; slots--) {
                assertThat(posix.tee(line.readingEnd(), writer, 2)).isEqualTo(2);
            }
            assertThat(posix.isFull(writer)).isTrue();
            start(routes -> routes.from(uri(fifo, ON_COMPLETION))
                    .process(exchange -> {
                        if (received.count() == 3) {
                            hang();
                        }
                    })
                    .process(received));

            await().until(() -> hanging.get() == 1);
            await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(26));
            assertThat(posix.isFull(writer)).isFalse();
        }
    }

    /** They are neither taken before they are done, nor taken into memory because of what is done before them. */
    @Test
    void framesOfMoreThanASlotStayUntilTheyAreDone() throws Exception {
        Path file = folder.path("frames");
        Files.writeString(file, "x".repeat(5_000).repeat(20));
        AtomicInteger wrong = new AtomicInteger();
        start(routes -> routes.from(uri(
                        fifo, ON_COMPLETION, "pipeCapacity=8k", "framing=FIXED", "frameLength=5000", "bodyType=STRING"))
                .process(exchange -> {
                    try (PipeEnd end = PipeEnd.reading(fifo)) {
                        if (end.unread() < 5_000) {
                            wrong.incrementAndGet();
                        }
                    }
                })
                .process(received));

        sh("cat \"$1\" > \"$2\"", file, fifo).await();

        received.awaitCount(20);
        holder.awaitEmpty();
        assertThat(wrong).hasValue(0);
        assertThat(received.lines()).containsOnly("x".repeat(5_000));
    }

    @Test
    void framesThatDoNotFitComeThroughASmallPipe() throws Exception {
        Path file = folder.path("frames");
        Files.writeString(file, "y".repeat(5_000).repeat(50));
        start(routes -> routes.from(uri(
                        fifo, ON_COMPLETION, "pipeCapacity=4k", "framing=FIXED", "frameLength=5000", "bodyType=STRING"))
                .process(received));

        sh("cat \"$1\" > \"$2\"", file, fifo).await();

        received.awaitCount(50);
        holder.awaitEmpty();
        assertThat(received.lines()).containsOnly("y".repeat(5_000));
    }

    /** The message that comes again stays, not those before it. */
    @Test
    void whatIsDoneLeavesBeforeARetryIsWaitedFor() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION, "onFailure=RETRY", "retryDelay=1h"))
                .routeId("in")
                .process(received)
                .filter(exchange -> "fails".equals(exchange.getMessage().getBody()))
                .throwException(new IllegalStateException("on purpose")));

        write(fifo, Received.lines(BEFORE) + "fails\nbehind\n");

        received.awaitCount(BEFORE + 1);
        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo("fails\nbehind\n".length()));
        received.assertNothingMore(BEFORE + 1);
    }

    @Test
    void whatAStopLogsAsLeftIsExact() throws Exception {
        context.getShutdownStrategy().setTimeout(1);
        LogCapture log = new LogCapture();
        start(routes -> routes.from(uri(fifo, ON_COMPLETION)).process(exchange -> {
            if (HANGS.strip().equals(exchange.getMessage().getBody())) {
                new CountDownLatch(1).await();
            }
        }));
        write(fifo, Received.lines(BEFORE) + HANGS + BEHIND);

        context.stop();

        assertThat(holder.unread()).isEqualTo(LEFT);
        assertThat(log.lines(LEFT + " bytes stay in " + fifo)).hasSize(1);
    }

    @Test
    void aSuspendLeavesExactlyWhatIsNotDone() throws Exception {
        start(routes -> routes.from(uri(fifo, ON_COMPLETION))
                .routeId("in")
                .process(this::hang)
                .process(received));
        write(fifo, Received.lines(BEFORE) + HANGS + BEHIND);
        await().until(() -> hanging.get() == 1);

        ServiceHelper.suspendService(context.getRoute("in").getConsumer());
        goesOn.countDown();

        received.awaitCount(BEFORE + 1);
        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(BEHIND.length()));
        await().during(Duration.ofMillis(100)).until(() -> holder.unread() == BEHIND.length());
        ServiceHelper.resumeService(context.getRoute("in").getConsumer());
        holder.awaitEmpty();
    }

    private void expectOnlyTheRestIsLeft(String... others) throws Exception {
        await().until(() -> hanging.get() == 1);
        await().untilAsserted(() -> assertThat(holder.unread()).isEqualTo(LEFT));
        await().during(Duration.ofMillis(100)).until(() -> holder.unread() == LEFT);
        assertThat(received.count()).isEqualTo(BEFORE);
        goesOn.countDown();
        received.awaitCount(BEFORE + 2 + others.length);
        holder.awaitEmpty();
        assertThat(received.lines()).startsWith("1", "2").contains(HANGS.strip(), BEHIND.strip());
    }

    private void hang(Exchange exchange) {
        if (HANGS.strip().equals(exchange.getMessage().getBody())) {
            hang();
        }
    }

    private void hang() {
        hanging.incrementAndGet();
        try {
            goesOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
