package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With acknowledge=ON_COMPLETION bytes leave the pipe when the exchange is done, and one that a route has handed over to
 * another exchange is done.
 */
class HandedOverTest extends EipTestSupport {

    private static final String ON_COMPLETION = "acknowledge=ON_COMPLETION";
    private static final String LINE = "one\n";

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger atTheGate = new AtomicInteger();
    /** So that the pipe outlives consumers and writers; and to look into it. */
    private PipeEnd holder;

    @BeforeEach
    void holdPipe() throws Exception {
        holder = reader(in);
        closing(gate::countDown);
    }

    private void waitAtTheGate(Exchange exchange) throws InterruptedException {
        atTheGate.incrementAndGet();
        gate.await();
    }

    /** A line comes to the gate. */
    private void writeUpToTheGate() throws Exception {
        write(in, LINE);
        await().untilAsserted(() -> assertThat(atTheGate).hasValue(1));
    }

    private void expectLeftThoughNotProcessed() throws Exception {
        writeUpToTheGate();
        holder.awaitEmpty();
        assertThat(received.count()).isZero();
        gate.countDown();
        received.awaitLines("one");
    }

    private void expectKeptUntilProcessed() throws Exception {
        writeUpToTheGate();
        await().during(Duration.ofMillis(200)).until(() -> holder.unread() == LINE.length());
        assertThat(received.count()).isZero();
        gate.countDown();
        received.awaitLines("one");
        holder.awaitEmpty();
    }

    @Test
    void whatASedaQueueHasTakenHasLeftThePipe() throws Exception {
        start(routes -> {
            routes.from(uri(in, ON_COMPLETION)).to("seda:work");
            routes.from("seda:work?pollTimeout=10").process(this::waitAtTheGate).process(received);
        });

        expectLeftThoughNotProcessed();
    }

    @Test
    void itStaysUntilItIsProcessedWhenTheSenderWaitsForThat() throws Exception {
        start(routes -> {
            routes.from(uri(in, ON_COMPLETION)).to("seda:work?waitForTaskToComplete=Always&timeout=0");
            routes.from("seda:work?pollTimeout=10").process(this::waitAtTheGate).process(received);
        });

        expectKeptUntilProcessed();
    }

    @Test
    void whatFailsBehindTheQueueComesAgainWhenTheSenderWaitsForIt() throws Exception {
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from(uri(in, ON_COMPLETION, "onFailure=RETRY", "retryDelay=1", "exceptionHandler=#failures"))
                    .to("seda:work?waitForTaskToComplete=Always&timeout=0");
            routes.from("seda:work?pollTimeout=10&exceptionHandler=#failures")
                    .process(received)
                    .filter(exchange -> received.count() < 3)
                    .throwException(new IllegalStateException("on purpose"));
        });

        write(in, LINE);

        received.awaitLines("one", "one", "one");
        holder.awaitEmpty();
    }

    /** Then it fails, and is done with it, though the message waits in the queue or is in work. */
    @Test
    void aSenderThatDoesNotWaitLongEnoughIsDoneToo() throws Exception {
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from(uri(in, ON_COMPLETION, "exceptionHandler=#failures"))
                    .to("seda:work?waitForTaskToComplete=Always&timeout=50");
            routes.from("seda:work?pollTimeout=10").process(this::waitAtTheGate).process(received);
        });

        write(in, LINE);

        holder.awaitEmpty();
        assertThat(received.count()).isZero();
        assertThat(failures.all).singleElement().isInstanceOf(ExchangeTimedOutException.class);
    }

    @Test
    void whatIsTappedOffHasLeftThePipe() throws Exception {
        start(routes -> {
            routes.from(uri(in, ON_COMPLETION)).wireTap("direct:tapped");
            routes.from("direct:tapped").process(this::waitAtTheGate).process(received);
        });

        expectLeftThoughNotProcessed();
    }

    /** The same exchange goes on, in another thread. */
    @Test
    void whatAPoolOfThreadsHasTakenStaysUntilItIsProcessed() throws Exception {
        start(routes -> routes.from(uri(in, ON_COMPLETION))
                .threads(2)
                .process(this::waitAtTheGate)
                .process(received));

        expectKeptUntilProcessed();
    }

    @Test
    void branchesAtTheSameTimeAreWaitedFor() throws Exception {
        start(routes -> {
            routes.from(uri(in, ON_COMPLETION)).multicast().parallelProcessing().to("direct:slow", "direct:quick");
            routes.from("direct:slow").process(this::waitAtTheGate).process(received);
            routes.from("direct:quick").log("${body}");
        });

        expectKeptUntilProcessed();
    }

    @Test
    void sequencesBeginAtOneWithEachStartAndSoAreNoKeys() throws Exception {
        start(routes -> routes.from(uri(in, ON_COMPLETION)).routeId("in").process(received));
        write(in, "a\nb\n");
        received.awaitLines("a", "b");
        context.getRouteController().stopRoute("in");
        context.getRouteController().startRoute("in");
        write(in, "c\n");

        received.awaitLines("a", "b", "c");
        assertThat(received.frames()).extracting(Received.Frame::sequence).containsExactly(1L, 2L, 1L);
    }

    /** If the process dies then, an eager key keeps the message out when it comes again, though nobody has processed it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyIsOnFileBeforeItsMessageIsProcessedIfItIsEager(boolean eager) throws Exception {
        Path keys = folder.path("keys");
        start(routes -> routes.from(uri(in, ON_COMPLETION))
                .idempotentConsumer(routes.body(), FileIdempotentRepository.fileIdempotentRepository(keys.toFile()))
                .eager(eager)
                .process(this::waitAtTheGate)
                .process(received));

        writeUpToTheGate();
        assertThat(Files.readString(keys)).isEqualTo(eager ? LINE : "");
        assertThat(holder.unread()).isEqualTo(LINE.length());
        gate.countDown();
        received.awaitLines("one");
        holder.awaitEmpty();
        assertThat(Files.readString(keys)).isEqualTo(LINE);
    }
}
