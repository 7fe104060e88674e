package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.pipe.NoReaderException;
import io.github.camelfifo.pipe.NotANamedPipeException;
import io.github.camelfifo.pipe.WriterClosedException;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.StreamCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is the answer to a request and what is not, with a server that the test plays. */
class RequestTest extends FifoTestSupport {

    private final LogCapture log = new LogCapture();
    private Path requests;
    private Path replies;

    @BeforeEach
    void makeFifos() {
        requests = folder.fifo("requests");
        replies = folder.fifo("replies");
    }

    @Test
    void requestsGoOneByOne() throws Exception {
        start("");
        PipeEnd server = reader(requests);

        CompletableFuture<Exchange> a = ask("a");
        server.expect("a\n");
        CompletableFuture<Exchange> b = ask("b");

        await().during(Duration.ofMillis(100)).until(() -> server.unread() == 0);
        answer("to a\n");
        server.expect("b\n");
        answer("to b\n");
        expectAnswer(a, "to a");
        expectAnswer(b, "to b");
    }

    @Test
    void whatWasThereBeforeTheRequestIsNoAnswer() throws Exception {
        start("");
        PipeEnd server = reader(requests);
        answer("old\nolder\n");

        CompletableFuture<Exchange> a = ask("a");
        server.expect("a\n");
        answer("to a\n");

        expectAnswer(a, "to a");
        assertThat(log.lines("WARN", "2 messages in " + replies)).hasSize(1);
    }

    @Test
    void whatWasBegunBeforeTheRequestIsNoAnswer() throws Exception {
        start("");
        PipeEnd server = reader(requests);
        PipeEnd answers = writer(replies);
        answers.write("ol");

        CompletableFuture<Exchange> a = ask("a");
        server.expect("a\n");
        answers.write("d\nto a\n");

        expectAnswer(a, "to a");
    }

    @Test
    void whatWasBegunInAFifoThatIsReplacedDropsNoAnswerInTheNextOne() throws Exception {
        start("&checkInterval=100");
        PipeEnd server = reader(requests);
        PipeEnd old = writer(replies);
        old.write("ol");
        CompletableFuture<Exchange> a = ask("a");
        server.expect("a\n");

        Files.delete(replies);
        await().ignoreExceptions().untilAsserted(() -> answer("to a\n"));

        expectAnswer(a, "to a");
        old.write("d\n");
    }

    @Test
    void whatComesBeforeTheRequestWasReadIsNoAnswer() throws Exception {
        start("");
        PipeEnd server = reader(requests);

        CompletableFuture<Exchange> a = ask("a");
        server.awaitUnread(2);
        answer("surplus\n");
        awaitDropped();
        server.expect("a\n");
        answer("to a\n");

        expectAnswer(a, "to a");
    }

    @Test
    void whatComesWhileNobodyReadsRequestsIsNoAnswer() throws Exception {
        start("");

        CompletableFuture<Exchange> a = ask("a");
        await().until(() -> !log.lines("INFO", "Nobody has " + requests).isEmpty());
        answer("surplus\n");
        awaitDropped();
        reader(requests).expect("a\n");
        answer("to a\n");

        expectAnswer(a, "to a");
    }

    @Test
    void whatIsTooLongAndComesWhileNobodyReadsRequestsKeepsNoAnswerAway() throws Exception {
        start("&maxFrameLength=8");

        CompletableFuture<Exchange> a = ask("a");
        await().until(() -> !log.lines("INFO", "Nobody has " + requests).isEmpty());
        PipeEnd answers = writer(replies);
        answers.write("surplus and far too long\n");
        answers.awaitEmpty();
        // read, and now to be looked at
        await().pollDelay(Duration.ofMillis(300)).until(() -> !a.isDone());
        reader(requests).expect("a\n");
        answers.write("to a\n");

        expectAnswer(a, "to a");
    }

    @Test
    void anAnswerIsOneThoughRequestsOfOthersWaitInThePipe() throws Exception {
        start("");
        PipeEnd server = reader(requests);

        CompletableFuture<Exchange> a = ask("a");
        assertThat(server.read(2)).asString().isEqualTo("a\n");
        write(requests, "other\n");
        answer("to a\n");

        expectAnswer(a, "to a");
        server.expect("other\n");
    }

    @Test
    void exchangesThatWantNoAnswerPassTheOneThatWaits() throws Exception {
        start("");
        PipeEnd server = reader(requests);

        CompletableFuture<Exchange> a = ask("a");
        server.expect("a\n");
        Exchange told = context.createProducerTemplate()
                .send(
                        "direct:ask",
                        ExchangePattern.InOnly,
                        each -> each.getMessage().setBody("b"));
        assertThat(told.getException()).isNull();
        server.expect("b\n");
        answer("to a\n");

        expectAnswer(a, "to a");
    }

    @Test
    void aRequestThatNobodyReadsInTimeIsNotWritten() throws Exception {
        start("&requestTimeout=4000");

        assertThat(ask("a").get(30, TimeUnit.SECONDS).getException())
                .isInstanceOf(ExchangeTimedOutException.class)
                .hasMessageContaining(requests.toString())
                .hasMessageContaining(replies.toString())
                .hasCauseInstanceOf(NoReaderException.class);
        PipeEnd server = reader(requests);
        CompletableFuture<Exchange> b = ask("b");
        server.expect("b\n");
        answer("to b\n");
        expectAnswer(b, "to b");
    }

    @Test
    void aRequestThatFailsToBeWrittenFailsAtOnceAndTheNextOneGoes() throws Exception {
        start("&noReader=FAIL");

        assertThat(ask("a").get(30, TimeUnit.SECONDS).getException()).isInstanceOf(NoReaderException.class);
        assertThat(ask(null).get(30, TimeUnit.SECONDS).getException()).isInstanceOf(IllegalArgumentException.class);
        PipeEnd server = reader(requests);
        CompletableFuture<Exchange> b = ask("b");
        server.expect("b\n");
        answer("to b\n");
        expectAnswer(b, "to b");
    }

    @Test
    void aRequestThatIsDiscardedGetsNoAnswerAndWaitsForNone() throws Exception {
        start("&noReader=DISCARD");

        Exchange done = ask("a").get(30, TimeUnit.SECONDS);

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(FifoConstants.DISCARDED)).isEqualTo(true);
    }

    @Test
    void aRequestThatWasWrittenInPartMayBeAnsweredLate() throws Exception {
        start("&requestTimeout=4000");
        PipeEnd server = reader(requests);
        writer(requests).fill();
        assertThat(server.readSome(8192)).hasSize(8192);

        String large = "x".repeat(20_000) + "\n";
        CompletableFuture<Exchange> a = ask(large);
        assertThat(a.get(30, TimeUnit.SECONDS).getException()).isInstanceOf(ExchangeTimedOutException.class);
        CompletableFuture<Exchange> b = ask("b");
        server.read(65_536 - 8192);
        assertThat(server.read(large.length())).asString().isEqualTo(large);
        answer("to a\n");
        server.expect("b\n");
        answer("to b\n");

        expectAnswer(b, "to b");
    }

    @Test
    void anAnswerSaysWhatIsOutOfTheOrdinaryAboutItAndNothingAboutTheRequest() throws Exception {
        start("&charset=ISO-8859-1");
        PipeEnd server = reader(requests);

        CompletableFuture<Exchange> a = context.createProducerTemplate().asyncSend("direct:ask", each -> {
            each.setPattern(ExchangePattern.InOut);
            each.getMessage().setBody("a");
            each.getMessage().setHeader(FifoConstants.FRAGMENT, 7L);
            each.getMessage().setHeader("own", "kept");
        });
        server.expect("a\n");
        answer("not ended");

        expectAnswer(a, "not ended");
        Exchange done = a.get();
        assertThat(done.getMessage().getHeaders())
                .containsEntry(FifoConstants.INCOMPLETE, true)
                .containsEntry("own", "kept")
                .doesNotContainKey(FifoConstants.FRAGMENT);
        assertThat(done.getProperty(Exchange.CHARSET_NAME)).isEqualTo("ISO-8859-1");
    }

    @Test
    void anAnswerThatIsTooLongFailsTheExchangeAndIsNotTheNextOnes() throws Exception {
        start("&maxFrameLength=10&oversizedFrame=SPLIT");
        PipeEnd server = reader(requests);

        CompletableFuture<Exchange> a = ask("a");
        server.expect("a\n");
        answer("far too long an answer\n");
        assertThat(a.get(30, TimeUnit.SECONDS).getException()).isInstanceOf(FrameTooLongException.class);

        CompletableFuture<Exchange> b = ask("b");
        server.expect("b\n");
        answer("to b\n");
        expectAnswer(b, "to b");
    }

    @Test
    void anAnswerMayBeASessionOfAnyLength() throws Exception {
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolThreshold(1024);
        context.getStreamCachingStrategy()
                .setSpoolDirectory(folder.path("spool").toFile());
        start("&framing=SESSION");
        // the question to its end, then the answer to its end
        sh("cat \"$1\" > /dev/null; seq 100000 > \"$2\"", requests, replies);

        String answer = context.createProducerTemplate().requestBody("direct:ask-text", "go", String.class);

        assertThat(answer).isEqualTo(Received.lines(100_000));
        assertThat(folder.path("spool").toFile().list()).isNullOrEmpty();
    }

    @Test
    void malformedAnswersAreCounted() throws Exception {
        start("");
        PipeEnd server = reader(requests);

        CompletableFuture<Exchange> a = ask("a");
        server.expect("a\n");
        try (PipeEnd answers = PipeEnd.writing(replies)) {
            answers.write(new byte[] {(byte) 0xff, '\n'});
        }

        expectAnswer(a, "\uFFFD");
        assertThat(log.lines("WARN", replies + " has bytes that are not valid UTF-8"))
                .hasSize(1);
    }

    @Test
    void whenTheRouteStopsRequestsThatWaitFailAndAPartOfAnAnswerIsForgotten() throws Exception {
        start("");
        PipeEnd server = reader(requests);
        CompletableFuture<Exchange> a = ask("a");
        server.expect("a\n");
        CompletableFuture<Exchange> b = ask("b");
        PipeEnd answers = writer(replies);
        answers.write("not yet en");
        answers.awaitEmpty();
        await().until(() -> context.getInflightRepository().size("ask") == 2);
        context.getShutdownStrategy().setTimeout(1);

        context.getRouteController().stopRoute("ask");

        assertThat(a.get(30, TimeUnit.SECONDS).getException()).isInstanceOf(WriterClosedException.class);
        assertThat(b.get(30, TimeUnit.SECONDS).getException()).isInstanceOf(WriterClosedException.class);
        assertThat(server.unread()).isZero();
        context.getRouteController().startRoute("ask");
        CompletableFuture<Exchange> c = ask("c");
        server.expect("c\n");
        answers.write("to c\n");
        expectAnswer(c, "to c");
    }

    @Test
    void aProducerThatCouldNotStartReadsNoReplies() throws Exception {
        Files.delete(requests);
        Files.writeString(requests, "no FIFO");
        start("&lazyStartProducer=true");

        Exchange failed = ask("a").get(30, TimeUnit.SECONDS);

        assertThat(failed.getException()).hasRootCauseInstanceOf(NotANamedPipeException.class);
        assertThatThrownBy(() -> writer(replies)).isInstanceOf(ErrnoException.class);
    }

    private void start(String options) throws Exception {
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from("direct:ask").routeId("ask").to(uri(requests, "replyTo=" + replies) + options);
            routes.from("direct:ask-text")
                    .to("direct:ask")
                    .process(each -> assertThat(each.getMessage().getBody()).isInstanceOf(StreamCache.class))
                    .convertBodyTo(String.class);
        });
    }

    private CompletableFuture<Exchange> ask(String body) {
        return context.createProducerTemplate().asyncSend("direct:ask", each -> {
            each.setPattern(ExchangePattern.InOut);
            each.getMessage().setBody(body);
        });
    }

    private void answer(String text) throws Exception {
        try (PipeEnd answers = PipeEnd.writing(replies)) {
            answers.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void awaitDropped() {
        await().untilAsserted(() -> assertThat(log.lines("WARN", "cannot be the answer", replies.toString()))
                .isNotEmpty());
    }

    private static void expectAnswer(CompletableFuture<Exchange> asked, String answer) throws Exception {
        Exchange done = asked.get(30, TimeUnit.SECONDS);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(String.class)).isEqualTo(answer);
    }
}
