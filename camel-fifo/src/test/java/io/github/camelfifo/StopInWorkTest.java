package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stop comes while something is in work that is not just a line: a batch, or an answer that comes too late or never. */
class StopInWorkTest extends FifoTestSupport {

    private static final int LINES = 500;

    private final Received received = new Received();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    private List<Object> allBodies() {
        return received.bodies().stream()
                .flatMap(body -> body instanceof List<?> batch ? batch.stream() : Stream.of(body))
                .map(Object.class::cast)
                .toList();
    }

    /** The writer stays, so that there is no end of file to go by. */
    @Test
    void aStopInTheMiddleOfABatchDeliversItAndAllThatWasWritten() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        start(routes -> routes.from(uri(fifo, "maxBatchSize=7"))
                .routeId("in")
                .process(exchange -> {
                    begun.countDown();
                    StopTest.takes(5);
                })
                .process(received));
        reader(fifo);
        PipeEnd writer = writer(fifo);
        writer.write(Received.lines(LINES));
        begun.await();

        context.getRouteController().stopRoute("in");
        int count = received.count();
        assertThat(allBodies()).containsExactlyElementsOf(new ArrayList<Object>(Received.numbers(LINES)));
        writer.write(LINES + 1 + "\n");
        received.assertNothingMore(count);

        context.getRouteController().startRoute("in");
        received.awaitCount(count + 1);
        assertThat(allBodies()).containsExactlyElementsOf(new ArrayList<Object>(Received.numbers(LINES + 1)));
    }

    @Test
    void anAnswerThatComesAfterTheContextHadToStopWithoutItSetsNothingOff() throws Exception {
        LogCapture log = new LogCapture();
        Later later = new Later();
        start(routes -> routes.from(uri(fifo)).process(received).process(later));
        write(fifo, "1\n22\n333\n");
        received.awaitCount(1);
        context.getShutdownStrategy().setTimeout(1);

        assertThat(millis(context::stop)).isBetween(900L, 6_000L);
        later.answerAll();

        received.assertNothingMore(1);
        assertThat(log.lines("7 bytes", fifo.toString())).isNotEmpty();
    }

    @Test
    void anAnswerThatComesAfterItsRouteHadToStopWithoutItLetsTheNextStartGoOn() throws Exception {
        Later later = new Later();
        reader(fifo);
        start(routes -> routes.from(uri(fifo)).routeId("in").process(received).process(later));
        PipeEnd writer = writer(fifo);
        writer.write("1\n22\n333\n");
        received.awaitCount(1);

        context.getRouteController().stopRoute("in", 1, TimeUnit.SECONDS);
        later.answerAll();
        received.assertNothingMore(1);
        context.getRouteController().startRoute("in");

        await().until(() -> {
            later.answerAll();
            return received.count() == 3;
        });
        received.awaitLines("1", "22", "333");
    }

    /** Answers when the test says so. */
    private static final class Later extends AsyncProcessorSupport {

        private final Queue<AsyncCallback> callbacks = new ConcurrentLinkedQueue<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            callbacks.add(callback);
            return false;
        }

        void answerAll() {
            for (AsyncCallback each = callbacks.poll(); each != null; each = callbacks.poll()) {
                each.done(false);
            }
        }
    }
}
