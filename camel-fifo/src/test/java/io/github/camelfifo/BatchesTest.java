package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes into one batch and what does not. */
class BatchesTest extends FifoTestSupport {

    private final Received received = new Received();
    private final CountDownLatch gate = new CountDownLatch(1);
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
        closing(gate::countDown);
    }

    @Test
    void aHundredThousandLinesComeInFarFewerExchanges() throws Exception {
        startRoute("maxBatchSize=500");

        sh("seq 100000 > \"$1\"", fifo).await();

        await().untilAsserted(() -> assertThat(all()).hasSize(100_000));
        assertThat(all()).containsExactlyElementsOf(Received.numbers(100_000));
        assertThat(received.count()).isBetween(200, 10_000);
        assertThat(batches()).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 500));
        assertThat(batches()).anySatisfy(batch -> assertThat(batch).hasSize(500));
        long next = 1;
        for (Received.Frame frame : received.frames()) {
            assertThat(frame.sequence()).isEqualTo(next);
            next += ((List<?>) frame.body()).size();
        }
    }

    @Test
    void aLoneLineComesAtOnceThoughItsWriterGoesOn() throws Exception {
        startRoute("maxBatchSize=500");
        PipeEnd writer = writer(fifo);

        for (int i = 1; i <= 3; i++) {
            writer.write("alone\n");
            received.awaitCount(i);
        }

        assertThat(received.bodies()).containsOnly(List.of("alone"));
    }

    @Test
    void whatHasComeMeanwhileIsTheNextBatch() throws Exception {
        start(routes ->
                routes.from(uri(fifo, "maxBatchSize=4")).process(received).process(each -> gate.await()));
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        received.awaitCount(1);

        writer.write("2\n3\n4\n5\n6\n");
        gate.countDown();

        received.awaitCount(3);
        assertThat(received.bodies()).isEqualTo(List.of(List.of("1"), List.of("2", "3", "4", "5"), List.of("6")));
    }

    @Test
    void aMarkedFrameEndsTheBatchBeforeItAndIsOneOfItsOwn() throws Exception {
        startRoute("maxBatchSize=10&maxFrameLength=4&oversizedFrame=SPLIT");

        write(fifo, "a\nb\nlongest\nc\nd\nun");

        received.awaitCount(5);
        assertThat(received.bodies())
                .isEqualTo(
                        List.of(List.of("a", "b"), List.of("long"), List.of("est"), List.of("c", "d"), List.of("un")));
        assertThat(received.frames()).extracting(Received.Frame::sequence).containsExactly(1L, 3L, 4L, 5L, 7L);
        assertThat(received.frames())
                .extracting(Received.Frame::incomplete)
                .containsExactly(null, null, null, null, true);
    }

    @Test
    void aTruncatedFrameIsOneOfItsOwnToo() throws Exception {
        startRoute("maxBatchSize=10&maxFrameLength=4&oversizedFrame=TRUNCATE");

        write(fifo, "a\nlongest\nb\n");

        received.awaitCount(3);
        assertThat(received.bodies()).isEqualTo(List.of(List.of("a"), List.of("long"), List.of("b")));
    }

    @Test
    void aFrameThatFailsEndsTheBatchBeforeIt() throws Exception {
        List<Object> order = new CopyOnWriteArrayList<>();
        start(routes -> {
            routes.onException(FrameTooLongException.class).handled(true).process(each -> order.add(sequence(each)));
            routes.from(uri(fifo, "maxBatchSize=10&maxFrameLength=4&bridgeErrorHandler=true"))
                    .process(each -> order.add(each.getMessage().getBody() + " " + sequence(each)));
        });

        write(fifo, "a\nb\nlongest\nc\n");

        await().until(() -> order.size() == 3);
        assertThat(order).containsExactly("[a, b] 1", 3L, "[c] 4");
    }

    @Test
    void aBatchNeverSpansTwoSessions() throws Exception {
        Faults calls = new Faults();
        context.addComponent("fifo", new WatchedComponent(calls.posix()));
        start(routes -> routes.from(uri(fifo, "maxBatchSize=1000")).process(received));
        AtomicInteger reopened = countReopenings(calls);
        int sessions = 50;

        for (int i = 0; i < sessions; i++) {
            int ended = i + 1;
            write(fifo, "a" + i + "\nb" + i + "\n");
            // the end of file was seen then; before that the kernel would join this session and the next
            await().pollInterval(Duration.ofMillis(1)).until(() -> reopened.get() == ended);
        }
        await().until(() -> all().size() == 2 * sessions);

        assertThat(received.frames())
                .allSatisfy(frame -> assertThat((List<?>) frame.body())
                        .allSatisfy(line -> assertThat(line.toString()).endsWith(number(frame))));
        assertThat(received.frames()).extracting(Received.Frame::session).contains(1L, (long) sessions);
    }

    @Test
    void bodiesOfRecordsMayBeBatchedToo() throws Exception {
        start(routes -> routes.from(uri(fifo, "framing=FIXED&frameLength=2&maxBatchSize=3&bodyType=STRING"))
                .process(received));

        write(fifo, "aabbccddee");

        await().until(() -> all().size() == 5);
        assertThat(all()).isEqualTo(List.of("aa", "bb", "cc", "dd", "ee"));
        assertThat(batches()).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(3));
    }

    /** What a stop cuts out of the middle of a batch is still processed. */
    @Test
    void stopProcessesAllThatIsThere() throws Exception {
        start(routes -> routes.from(uri(fifo, "maxBatchSize=7"))
                .routeId("in")
                .process(received)
                .process(each -> gate.await()));
        PipeEnd writer = writer(fifo);
        writer.write("0\n");
        received.awaitCount(1);
        writer.write(Received.lines(1_000));
        Thread stop = new Thread(() -> context.stop(), "stopper");
        stop.start();
        await().until(context::isStopping);

        gate.countDown();
        stop.join();

        assertThat(all())
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 1_000)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private static AtomicInteger countReopenings(Faults calls) {
        AtomicInteger reopened = new AtomicInteger();
        calls.instead("open", call -> {
            int descriptor = call.proceed();
            // the path may be looked at too
            if (descriptor >= 0 && call.argument(0).toString().startsWith("/proc/")) {
                reopened.incrementAndGet();
            }
            return descriptor;
        });
        return reopened;
    }

    private static Long sequence(Exchange exchange) {
        return exchange.getMessage().getHeader(FifoConstants.SEQUENCE, Long.class);
    }

    private static String number(Received.Frame frame) {
        return String.valueOf(frame.session() - 1);
    }

    private void startRoute(String options) throws Exception {
        start(routes -> routes.from(uri(fifo, options)).process(received));
    }

    private List<List<Object>> batches() {
        List<List<Object>> batches = new ArrayList<>();
        received.bodies().forEach(body -> batches.add(List.copyOf((List<?>) body)));
        return batches;
    }

    private List<Object> all() {
        return batches().stream().flatMap(List::stream).toList();
    }
}
