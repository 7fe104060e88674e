package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.pipe.PipeFullException;
import io.github.camelfifo.pipe.UndeliveredException;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages while the one who has the FIFO open does not read. */
class FullPipeTest extends FifoTestSupport {

    /** A little less than fits in: what it is exactly depends on the pieces in which it is written. */
    private static final int NEARLY_FULL = 60_000;

    private Path fifo;
    private PipeEnd reader;
    private ProducerTemplate template;

    @BeforeEach
    void openStuckReader() throws Exception {
        fifo = folder.fifo("out");
        reader = reader(fifo);
        context.start();
        template = context.createProducerTemplate();
    }

    private CompletableFuture<Exchange> sendLater(String uri, Object body) {
        return template.asyncSend(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private Exchange send(String uri, Object body) {
        return template.send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void aMessageFailsAfterWriteTimeoutAndNamesThePath() throws Exception {
        int filled = writer(fifo).fill();
        AtomicReference<Exchange> done = new AtomicReference<>();

        long millis = millis(() -> done.set(send(uri(fifo, "writeTimeout=500"), "line")));

        assertThat(done.get().getException())
                .isInstanceOf(PipeFullException.class)
                .hasMessageContaining(fifo.toString());
        assertThat(millis).isBetween(450L, 30_000L);
        assertThat(reader.read(filled)).containsOnly(0);
        assertThat(reader.unread()).as("nothing of the message").isZero();
    }

    @Test
    void afterwardsTheStreamIsWhole() throws Exception {
        String uri = uri(fifo, "writeTimeout=300");
        String large = "a".repeat(200_000);
        Exchange failed = send(uri, large);
        assertThat(failed.getException()).isInstanceOf(PipeFullException.class);
        long gone = ((UndeliveredException) failed.getException()).getBytesWritten();
        assertThat(gone).isPositive().isEqualTo(reader.unread());
        assertThat(failed.getException()).hasMessageContaining(gone + " bytes");

        CompletableFuture<Exchange> next = sendLater(uri(fifo), "next");
        reader.expect(large + "\nnext\n");

        assertThat(next.get(10, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void theRestOfAFailedMessageIsWrittenThoughNoOtherComes() throws Exception {
        String large = "a".repeat(200_000);
        assertThat(send(uri(fifo, "writeTimeout=300"), large).getException()).isInstanceOf(PipeFullException.class);

        reader.expect(large + "\n");
    }

    @Test
    void aMessageThatTimesOutInTheQueueIsNotWritten() throws Exception {
        String uri = uri(fifo, "writeTimeout=300");
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        sent.add(sendLater(uri, "a".repeat(200_000)));
        reader.awaitUnread(NEARLY_FULL);
        sent.add(sendLater(uri, "in the queue"));
        for (CompletableFuture<Exchange> each : sent) {
            assertThat(each.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(PipeFullException.class);
        }

        CompletableFuture<Exchange> next = sendLater(uri(fifo), "next");
        reader.expect("a".repeat(200_000) + "\nnext\n");
        assertThat(next.get(10, TimeUnit.SECONDS).getException()).isNull();
    }

    /** All of it takes longer than writeTimeout, but never is there no progress for so long. */
    @Test
    void aReaderThatReadsSlowlyMakesNoMessageFail() throws Exception {
        String large = "a".repeat(500_000);
        StringBuilder got = new StringBuilder();
        long begin = System.nanoTime();
        CompletableFuture<Exchange> sent = sendLater(uri(fifo, "writeTimeout=5000"), large);
        while (!sent.isDone()) {
            // far from writeTimeout, so that a machine that is busy otherwise does not make it one
            StopTest.takes(250);
            got.append(new String(reader.readSome(20_000), StandardCharsets.UTF_8));
        }
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        got.append(new String(reader.read(large.length() + 1 - got.length()), StandardCharsets.UTF_8));

        assertThat(sent.get().getException()).isNull();
        assertThat(got.toString()).isEqualTo(large + "\n");
        assertThat(took).as("milliseconds").isGreaterThan(5_000);
    }

    @Test
    void smallMessagesAreWrittenWholeOrNotAtAll() throws Exception {
        String uri = uri(fifo, "writeTimeout=100");
        int written = 0;
        Exchange done;
        do {
            done = send(uri, "x".repeat(3_000));
            written += done.getException() == null ? 1 : 0;
        } while (done.getException() == null);

        reader.expect(("x".repeat(3_000) + "\n").repeat(written));
        assertThat(send(uri(fifo), "next").getException()).isNull();
        reader.expect("next\n");
    }

    @Test
    void aMessageThatWaitsForEverDoesNotKeepTheContextFromStoppingAndSaysWhatHadGone() throws Exception {
        CompletableFuture<Exchange> begun = sendLater(uri(fifo, "writeTimeout=0"), "a".repeat(200_000));
        // only then the second: were it the first, its two bytes would keep a page of the pipe from being filled
        reader.awaitUnread(NEARLY_FULL);
        CompletableFuture<Exchange> queued = sendLater(uri(fifo, "writeTimeout=0"), "b");

        assertThat(millis(context::stop)).isLessThan(30_000);

        List<Exception> failures = new ArrayList<>();
        failures.add(begun.get(10, TimeUnit.SECONDS).getException());
        failures.add(queued.get(10, TimeUnit.SECONDS).getException());
        assertThat(failures).doesNotContainNull();
        assertThat(failures)
                .anySatisfy(failure -> assertThat(failure)
                        .hasStackTraceContaining(reader.unread() + " bytes")
                        .hasStackTraceContaining(fifo.toString()));
    }
}
