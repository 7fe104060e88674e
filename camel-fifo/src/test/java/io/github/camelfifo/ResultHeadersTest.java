package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.pipe.NoReaderException;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the producer says of its write in headers, when an earlier one has said something there before. */
class ResultHeadersTest extends FifoTestSupport {

    private Path fifo;
    private Path unread;

    @BeforeEach
    void makeFifos() {
        fifo = folder.fifo("out");
        unread = folder.fifo("unread");
    }

    @Test
    void aWriteAfterADiscardSaysOnlyWhatItHasWritten() throws Exception {
        PipeEnd reader = reader(fifo);
        start(routes ->
                routes.from("direct:a").to(uri(unread, "noReader=DISCARD")).to(uri(fifo)));

        expect(send("line", ExchangePattern.InOnly), 5L, null);

        reader.expect("line\n");
    }

    @Test
    void aDiscardAfterAWriteSaysOnlyThatItHasDiscarded() throws Exception {
        reader(fifo);
        start(routes -> routes.from("direct:a").to(uri(fifo)).to(uri(unread, "noReader=DISCARD")));

        expect(send("line", ExchangePattern.InOnly), null, true);
    }

    @Test
    void aWriteThatFailsLeavesNoneOfAnEarlierOnes() throws Exception {
        reader(fifo);
        start(routes -> routes.from("direct:a").to(uri(fifo)).to(uri(unread, "noReader=FAIL")));

        Exchange done = send("line", ExchangePattern.InOnly);

        assertThat(done.getException()).isInstanceOf(NoReaderException.class);
        expect(done, null, null);
    }

    @Test
    void aBodyThatCannotBeWrittenLeavesNoneOfAnEarlierOnes() throws Exception {
        start(routes -> routes.from("direct:a")
                .to(uri(unread, "noReader=DISCARD"))
                .setBody(exchange -> null)
                .to(uri(fifo)));

        Exchange done = send("line", ExchangePattern.InOnly);

        assertThat(done.getException()).isNotNull();
        expect(done, null, null);
    }

    @Test
    void aRequestThatIsAnsweredSaysOnlyWhatItHasWritten() throws Exception {
        Path replies = folder.fifo("replies");
        closing(ShellProcess.sh(
                "while read -r line; do echo \"got $line\" >&3; done < \"$1\" 3<> \"$2\"", fifo, replies));
        start(routes -> routes.from("direct:a")
                .to(ExchangePattern.InOnly, uri(unread, "noReader=DISCARD"))
                .to(uri(fifo, "replyTo=" + replies)));

        Exchange done = send("line", ExchangePattern.InOut);

        assertThat(done.getMessage().getBody()).isEqualTo("got line");
        expect(done, 5L, null);
    }

    @Test
    void aRequestThatFailsBeforeItsTurnLeavesNoneOfAnEarlierWrite() throws Exception {
        Path replies = folder.fifo("replies");
        start(routes -> routes.from("direct:a")
                .to(ExchangePattern.InOnly, uri(unread, "noReader=DISCARD"))
                .to(uri(fifo, "replyTo=" + replies, "requestTimeout=200")));

        Exchange done = send("line", ExchangePattern.InOut);

        assertThat(done.getException()).isInstanceOf(ExchangeTimedOutException.class);
        expect(done, null, null);
    }

    private Exchange send(String body, ExchangePattern pattern) {
        return context.createFluentProducerTemplate()
                .to("direct:a")
                .withProcessor(exchange -> {
                    exchange.setPattern(pattern);
                    exchange.getMessage().setBody(body);
                })
                .send();
    }

    private static void expect(Exchange done, Long bytesWritten, Boolean discarded) {
        Message message = done.getMessage();
        assertThat(message.getHeader(FifoConstants.BYTES_WRITTEN)).isEqualTo(bytesWritten);
        assertThat(message.getHeader(FifoConstants.DISCARDED)).isEqualTo(discarded);
    }
}
