package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With onFailure=RETRY a message whose exchange has failed stays in the pipe and is routed again. */
class RetryTest extends FifoTestSupport {

    private static final String RETRY = "acknowledge=ON_COMPLETION&onFailure=RETRY&retryDelay=50";

    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private final AtomicInteger failuresLeft = new AtomicInteger();
    private Path fifo;
    private PipeEnd holder;

    @BeforeEach
    void makeFifo() throws Exception {
        fifo = folder.fifo("in");
        holder = reader(fifo);
    }

    @Test
    void aFailedMessageIsRoutedAgainWithTheSameSequenceAndWhatIsBehindItWaits() throws Exception {
        failuresLeft.set(2);
        LogCapture log = new LogCapture();
        start(routes -> routes.from(uri(fifo, RETRY)).process(new Attempt(false)));

        write(fifo, "a\nb\n");

        awaitAttempts("a 1 null", "a 1 true", "a 1 true", "b 2 null");
        holder.awaitEmpty();
        assertThat(log.lines("WARN", "Error processing exchange")).hasSize(1);
    }

    /** As with a message of a broker: Camel counts those in its statistics, for one. */
    @Test
    void camelTakesItForRedeliveredToo() throws Exception {
        failuresLeft.set(1);
        List<Boolean> redelivered = new CopyOnWriteArrayList<>();
        start(routes -> routes.from(uri(fifo, RETRY))
                .process(exchange -> redelivered.add(exchange.isExternalRedelivered()))
                .process(new Attempt(false)));

        write(fifo, "a\nb\n");

        awaitAttempts("a 1 null", "a 1 true", "b 2 null");
        assertThat(redelivered).containsExactly(false, true, false);
    }

    @Test
    void untilItIsProcessedItStaysInThePipe() throws Exception {
        failuresLeft.set(Integer.MAX_VALUE);
        start(routes -> routes.from(uri(fifo, RETRY)).process(new Attempt(false)));

        write(fifo, "a\nb\n");

        await().until(() -> attempts.size() > 3);
        assertThat(holder.unread()).isEqualTo(4);
        assertThat(attempts).allMatch(attempt -> attempt.startsWith("a 1 "));
        failuresLeft.set(0);
        await().until(() -> attempts.contains("b 2 null"));
        holder.awaitEmpty();
    }

    @Test
    void aMessageThatIsMarkedForRollbackIsRoutedAgain() throws Exception {
        failuresLeft.set(1);
        start(routes -> routes.from(uri(fifo, RETRY)).process(new Attempt(true)));

        write(fifo, "a\n");

        awaitAttempts("a 1 null", "a 1 true");
        holder.awaitEmpty();
    }

    @Test
    void whatTheRouteDoesToTheBodyDoesNotComeAgain() throws Exception {
        failuresLeft.set(1);
        start(routes -> routes.from(uri(fifo, RETRY, "maxBatchSize=10", "bodyType=BYTES"))
                .process(this::spoil)
                .process(this::fail));

        write(fifo, "a\n");

        awaitAttempts("a", "a");
    }

    @Test
    void stopDoesNotWaitForARetry() throws Exception {
        failuresLeft.set(Integer.MAX_VALUE);
        start(routes -> routes.from(uri(fifo, "acknowledge=ON_COMPLETION&onFailure=RETRY&retryDelay=1h"))
                .routeId("in")
                .process(new Attempt(false)));
        PipeEnd writer = writer(fifo);
        writer.write("a\nb\n");
        await().until(() -> attempts.size() == 1);

        context.getRouteController().stopRoute("in");
        assertThat(holder.unread()).isEqualTo(4);

        failuresLeft.set(0);
        context.getRouteController().startRoute("in");
        awaitAttempts("a 1 null", "a 1 null", "b 2 null");
        context.stop();
    }

    @Test
    void aRouteThatIsSuspendedRetriesWhenItIsResumed() throws Exception {
        failuresLeft.set(1);
        start(routes -> routes.from(uri(fifo, RETRY)).routeId("in").process(exchange -> {
            if (attempts.isEmpty()) {
                ServiceHelper.suspendService(context.getRoute("in").getConsumer());
            }
            new Attempt(false).process(exchange);
        }));
        write(fifo, "a\n");
        await().until(() -> attempts.size() == 1);
        await().during(Duration.ofMillis(200)).until(() -> attempts.size() == 1);

        ServiceHelper.resumeService(context.getRoute("in").getConsumer());
        awaitAttempts("a 1 null", "a 1 true");
    }

    private void awaitAttempts(String... expected) {
        await().untilAsserted(() -> assertThat(attempts).containsExactly(expected));
    }

    private void spoil(Exchange exchange) {
        List<?> batch = exchange.getMessage().getBody(List.class);
        byte[] first = (byte[]) batch.get(0);
        attempts.add(new String(first, StandardCharsets.UTF_8));
        first[0] = '!';
        batch.clear();
    }

    private void fail(Exchange exchange) {
        if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("expected");
        }
    }

    /** Writes an exchange down, and fails as long as that is wanted. */
    private final class Attempt implements Processor {

        private final boolean byRollback;

        Attempt(boolean byRollback) {
            this.byRollback = byRollback;
        }

        @Override
        public void process(Exchange exchange) {
            attempts.add(exchange.getMessage().getBody() + " "
                    + exchange.getMessage().getHeader(FifoConstants.SEQUENCE) + " "
                    + exchange.getMessage().getHeader(FifoConstants.REDELIVERED));
            if (byRollback && failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.setRollbackOnly(true);
            } else if (!byRollback) {
                fail(exchange);
            }
        }
    }
}
