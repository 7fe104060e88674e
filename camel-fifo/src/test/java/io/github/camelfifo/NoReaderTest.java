package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.pipe.NoReaderException;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages while nobody has the FIFO open for reading. */
class NoReaderTest extends FifoTestSupport {

    private Path fifo;
    private ProducerTemplate template;

    @BeforeEach
    void makeTemplate() {
        fifo = folder.fifo("out");
        template = context.createProducerTemplate();
    }

    private CompletableFuture<Exchange> sendLater(String uri, Object body) {
        return template.asyncSend(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private Exchange send(String uri, Object body) {
        return template.send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private static Exception failure(CompletableFuture<Exchange> sent)
            throws InterruptedException, ExecutionException, TimeoutException {
        return sent.get(10, TimeUnit.SECONDS).getException();
    }

    @Test
    void aMessageFailsAfterReaderTimeoutAndNamesThePath() throws Exception {
        context.start();
        send(uri(fifo, "readerTimeout=1"), "first");
        AtomicReference<Exchange> done = new AtomicReference<>();

        long millis = millis(() -> done.set(send(uri(fifo, "readerTimeout=500"), "line")));

        assertThat(done.get().getException())
                .isInstanceOf(NoReaderException.class)
                .hasMessageContaining(fifo.toString());
        assertThat(millis).isBetween(450L, 20_000L);
    }

    @Test
    void readerTimeoutIsADuration() throws Exception {
        context.start();

        assertThat(millis(() -> send(uri(fifo, "readerTimeout=1s"), "line"))).isBetween(950L, 20_000L);
    }

    @Test
    void aLateReaderGetsTheMessage() throws Exception {
        context.start();
        CompletableFuture<Exchange> sent = sendLater(uri(fifo), "line");
        await().during(Duration.ofMillis(200)).until(() -> !sent.isDone());

        ShellProcess cat = sh("cat \"$1\"", fifo);

        assertThat(failure(sent)).isNull();
        context.stop();
        assertThat(cat.await()).isEqualTo("line\n");
    }

    @Test
    void aLateReaderGetsAllMessagesThatWaitedInTheirOrder() throws Exception {
        context.start();
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        AsyncProducer producer = endpoint(uri(fifo)).createAsyncProducer();
        producer.start();
        closing(producer::stop);
        for (int i = 1; i <= 500; i++) {
            Exchange exchange = endpoint(uri(fifo)).createExchange();
            exchange.getMessage().setBody(String.valueOf(i));
            sent.add(producer.processAsync(exchange));
        }

        reader(fifo).expect(Received.lines(500));
        for (CompletableFuture<Exchange> each : sent) {
            assertThat(failure(each)).isNull();
        }
    }

    @Test
    void withFailAMessageFailsAtOnce() throws Exception {
        context.start();
        String uri = uri(fifo, "noReader=FAIL");
        send(uri, "first");
        AtomicReference<Exchange> done = new AtomicReference<>();

        assertThat(millis(() -> done.set(send(uri, "line")))).isLessThan(20_000);
        assertThat(done.get().getException())
                .isInstanceOf(NoReaderException.class)
                .hasMessageContaining(fifo.toString());

        PipeEnd reader = reader(fifo);
        assertThat(send(uri, "next").getException()).isNull();
        reader.expect("next\n");
    }

    @Test
    void withDiscardAMessageIsThrownAwayMarkedAndCounted() throws Exception {
        context.start();
        String uri = uri(fifo, "noReader=DISCARD");
        for (int i = 0; i < 3; i++) {
            Exchange done = send(uri, "line");
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeader(FifoConstants.DISCARDED)).isEqualTo(true);
            assertThat(done.getMessage().getHeader(FifoConstants.BYTES_WRITTEN)).isNull();
        }
        assertThat(endpoint(uri).getDiscardedMessages()).isEqualTo(3);

        PipeEnd reader = reader(fifo);
        Exchange done = send(uri, "next");
        assertThat(done.getMessage().getHeader(FifoConstants.DISCARDED)).isNull();
        reader.expect("next\n");
        assertThat(endpoint(uri).getDiscardedMessages()).isEqualTo(3);
    }

    @Test
    void aReaderThatGoesIsWarnedOfOnce() throws Exception {
        LogCapture log = new LogCapture();
        context.start();
        String uri = uri(fifo, "noReader=FAIL");
        PipeEnd reader = reader(fifo);
        send(uri, "line");
        reader.expect("line\n");
        reader.close();

        for (int i = 0; i < 10; i++) {
            assertThat(send(uri, "lost").getException()).isInstanceOf(NoReaderException.class);
        }

        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
    }

    @Test
    void aReaderThatGoesAndComesBackLosesNothingThatTheKernelHeld() throws Exception {
        context.start();
        String uri = uri(fifo);
        PipeEnd first = reader(fifo);
        for (int i = 1; i <= 3; i++) {
            assertThat(send(uri, String.valueOf(i)).getException()).isNull();
        }
        assertThat(first.read(2)).asString().isEqualTo("1\n");
        first.close();
        CompletableFuture<Exchange> fourth = sendLater(uri, "4");
        await().during(Duration.ofMillis(200)).until(() -> !fourth.isDone());

        PipeEnd second = reader(fifo);

        second.expect("2\n3\n4\n");
        assertThat(failure(fourth)).isNull();
    }

    @Test
    void aMessageGoesOnAtItsNextByteWhenAReaderIsBack() throws Exception {
        context.start();
        String line = "0123456789".repeat(20_000);
        PipeEnd first = reader(fifo);
        CompletableFuture<Exchange> sent = sendLater(uri(fifo), line);
        String head = new String(first.read(50_000), java.nio.charset.StandardCharsets.UTF_8);
        first.close();

        PipeEnd second = reader(fifo);
        second.expect(line.substring(head.length()) + "\n");

        assertThat(line).startsWith(head);
        assertThat(failure(sent)).isNull();
    }

    @Test
    void aMessageThatWaitsForEverDoesNotKeepTheContextFromStopping() throws Exception {
        LogCapture log = new LogCapture();
        context.start();
        CompletableFuture<Exchange> sent = sendLater(uri(fifo, "readerTimeout=0"), "line");
        await().until(() -> !log.lines("INFO", "Nobody has " + fifo).isEmpty());
        assertThat(sent).isNotDone();

        assertThat(millis(context::stop)).isLessThan(30_000);

        assertThat(failure(sent)).isNotNull().hasStackTraceContaining(fifo.toString());
    }

    @Test
    void aMessageThatWaitsForEverInsideARouteDoesNotKeepTheContextFromStopping() throws Exception {
        Received failed = new Received();
        Received begun = new Received();
        start(routes -> {
            routes.onException(Exception.class).handled(true).process(failed);
            routes.from("seda:a").process(begun).to(uri(fifo, "readerTimeout=0"));
        });
        template.sendBody("seda:a", "line");
        begun.awaitCount(1);

        assertThat(millis(context::stop)).isLessThan(30_000);

        assertThat(failed.lines()).containsExactly("line");
    }

    @Test
    void aMessageThatWaitsForEverBehindAConsumerDoesNotKeepTheContextFromStopping() throws Exception {
        Path in = folder.fifo("in");
        Received begun = new Received();
        start(routes -> routes.from(uri(in)).process(begun).to(uri(fifo, "readerTimeout=0")));
        write(in, "line\n");
        begun.awaitCount(1);

        assertThat(millis(context::stop)).isLessThan(30_000);
    }

    @Test
    void aMessageThatWaitsForEverFailsWhenItsRouteIsStoppedAndOutOfTime() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        Received begun = new Received();
        start(routes -> {
            routes.onException(Exception.class).handled(true).process(exchange -> failed.set(true));
            routes.from("seda:a").routeId("out").process(begun).to(uri(fifo, "readerTimeout=0"));
        });
        template.sendBody("seda:a", "line");
        begun.awaitCount(1);

        assertThat(millis(() -> context.getRouteController().stopRoute("out", 1, TimeUnit.SECONDS)))
                .isLessThan(30_000);

        await().untilTrue(failed);
    }

    @Test
    void whatNobodyHasReadWhenTheProducerStopsIsLogged() throws Exception {
        LogCapture log = new LogCapture();
        start(routes -> routes.from("direct:a").to(uri(fifo)));
        PipeEnd reader = reader(fifo);
        template.sendBody("direct:a", "12345");
        reader.close();

        context.stop();

        assertThat(log.lines("WARN", "6 bytes", fifo.toString())).hasSize(1);
    }
}
