package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader gets of a message. */
class ProducerTest extends FifoTestSupport {

    private Path fifo;
    private PipeEnd reader;
    private ProducerTemplate template;

    @BeforeEach
    void startContext() throws Exception {
        fifo = folder.fifo("out");
        reader = reader(fifo);
        context.start();
        template = context.createProducerTemplate();
    }

    private Exchange send(Object body, String... options) {
        return template.send(
                uri(fifo, options), exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void aMessageIsALine() throws Exception {
        template.sendBody(uri(fifo), "line");
        reader.expect("line\n");
    }

    @Test
    void aLineThatIsEndedAlreadyIsNotEndedTwice() throws Exception {
        template.sendBody(uri(fifo), "line\n");
        template.sendBody(uri(fifo), "dos\r\n");
        template.sendBody(uri(fifo), "two\nlines");
        template.sendBody(uri(fifo), "");
        reader.expect("line\ndos\r\ntwo\nlines\n\n");
    }

    @Test
    void bodiesOfAllKindsAreConverted() throws Exception {
        template.sendBody(uri(fifo), "bytes".getBytes(StandardCharsets.UTF_8));
        template.sendBody(uri(fifo), 42);
        template.sendBody(uri(fifo), new ByteArrayInputStream("stream".getBytes(StandardCharsets.UTF_8)));
        template.sendBody(uri(fifo), new java.io.StringReader("reader"));
        Path file = folder.path("file");
        Files.writeString(file, "file");
        template.sendBody(uri(fifo), file.toFile());
        reader.expect("bytes\n42\nstream\nreader\nfile\n");
    }

    @Test
    void textIsWrittenInTheCharsetOfTheOption() throws Exception {
        template.sendBody(uri(fifo), "grün");
        assertThat(reader.read(6)).isEqualTo("grün\n".getBytes(StandardCharsets.UTF_8));
        template.sendBody(uri(fifo, "charset=ISO-8859-1"), "grün");
        assertThat(reader.read(5)).isEqualTo("grün\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void textThatTheCharsetCannotSayFailsAndNothingIsWritten() throws Exception {
        Exchange done = send("5 €", "charset=ISO-8859-1");

        assertThat(done.getException()).hasMessageContaining("ISO-8859-1").hasMessageContaining(fifo.toString());
        assertThat(reader.unread()).isZero();
    }

    @Test
    void theExchangeLearnsHowMuchWasWritten() {
        Exchange done = send("grün");

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(FifoConstants.BYTES_WRITTEN)).isEqualTo(6L);
        assertThat(done.getMessage().getHeader(FifoConstants.DISCARDED)).isNull();
        assertThat(done.getMessage().getBody()).isEqualTo("grün");
    }

    @Test
    void thePathIsNeverTakenFromAHeader() throws Exception {
        Path other = folder.fifo("other");
        PipeEnd otherReader = reader(other);
        template.sendBodyAndHeader(uri(fifo), "line", FifoConstants.PATH, other.toString());

        reader.expect("line\n");
        assertThat(otherReader.unread()).isZero();
    }

    @Test
    void aMessageThatWantsAnAnswerKeepsItsBody() throws Exception {
        assertThat(template.sendBody(uri(fifo), ExchangePattern.InOut, "line")).isEqualTo("line");
        reader.expect("line\n");
    }

    @Test
    void aMessageWithoutABodyFails() throws Exception {
        Exchange done = send(null);

        assertThat(done.getException()).isNotNull();
        assertThat(reader.unread()).isZero();
        template.sendBody(uri(fifo), "next");
        reader.expect("next\n");
    }

    @Test
    void aFrameOverTheMaximumIsRefusedBeforeAByteIsWritten() throws Exception {
        Exchange done = send("12345678901", "maxFrameLength=10");

        assertThat(done.getException())
                .isInstanceOf(FrameTooLongException.class)
                .hasMessageContaining(fifo.toString())
                .hasMessageContaining("10");
        assertThat(reader.unread()).isZero();
        assertThat(send("1234567890", "maxFrameLength=10").getException()).isNull();
        reader.expect("1234567890\n");
    }

    @Test
    void aStreamOverTheMaximumIsRefusedBeforeAByteIsWritten() throws Exception {
        byte[] body = new byte[50_000];
        Arrays.fill(body, (byte) 'x');

        assertThat(send(new ByteArrayInputStream(body), "maxFrameLength=10k").getException())
                .isInstanceOf(FrameTooLongException.class);
        assertThat(reader.unread()).isZero();
    }

    @Test
    void theReaderGetsTenThousandLinesInOrder() throws Exception {
        ShellProcess cat = sh("cat \"$1\"", fifo);
        reader.close();
        routes(routes -> routes.from("direct:a").routeId("a").to(uri(fifo)));
        for (int i = 1; i <= 10_000; i++) {
            template.sendBody("direct:a", String.valueOf(i));
        }
        context.stop();

        assertThat(cat.await()).isEqualTo(Received.lines(10_000));
    }

    /** Small ones and such as take several writes, from several threads through one endpoint: none is torn. */
    @Test
    void messagesOfManySendersAreWrittenWholeAndInEachSendersOrder() throws Exception {
        ShellProcess cat = sh("cat \"$1\"", fifo);
        reader.close();
        routes(routes -> routes.from("direct:a").to(uri(fifo)));

        Crowd.run(8, sender -> {
            for (int i = 0; i < 300; i++) {
                template.sendBody("direct:a", sender + " " + i + " " + "x".repeat(i % 10 == 0 ? 9_000 : 30));
            }
        });
        context.stop();

        Map<String, List<String>> bySender =
                cat.await().lines().collect(Collectors.groupingBy(line -> line.split(" ", 2)[0]));
        assertThat(bySender).hasSize(8);
        bySender.forEach((sender, lines) -> {
            assertThat(lines).hasSize(300);
            for (int i = 0; i < 300; i++) {
                assertThat(lines.get(i)).isEqualTo(sender + " " + i + " " + "x".repeat(i % 10 == 0 ? 9_000 : 30));
            }
        });
    }

    @Test
    void messagesOfSeveralEndpointsOfTheSameFifoAreWrittenWhole() throws Exception {
        ShellProcess cat = sh("cat \"$1\"", fifo);
        reader.close();
        routes(routes -> {
            routes.from("direct:0").to(uri(fifo));
            routes.from("direct:1").to(uri(fifo, "writeTimeout=20s"));
        });

        Crowd.run(2, sender -> {
            for (int i = 0; i < 300; i++) {
                template.sendBody("direct:" + sender, sender + " " + "x".repeat(4_000) + " " + i);
            }
        });
        context.stop();

        assertThat(cat.await().lines().toList()).hasSize(600).allMatch(line -> line.matches("[01] x{4000} \\d+"));
    }

    @Test
    void aMessageOfMoreThanThePipeHoldsIsWrittenWhole() throws Exception {
        ShellProcess cat = sh("wc -c < \"$1\"", fifo);
        reader.close();
        template.sendBody(uri(fifo), "x".repeat(1_000_000));
        context.stop();

        assertThat(cat.await().trim()).isEqualTo("1000001");
    }

    @Test
    void aFailureNamesThePath() {
        assertThatThrownBy(() -> template.sendBody(uri(fifo, "maxFrameLength=1"), "too long"))
                .isInstanceOf(CamelExecutionException.class)
                .hasStackTraceContaining(fifo.toString());
    }
}
