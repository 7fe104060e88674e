package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.pipe.BodyFailedException;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages as sessions, for readers that take the end of file for the end of a message. */
class SessionReaderTest extends FifoTestSupport {

    private static final int MESSAGES = Integer.getInteger("fifo.test.sessions", 1_000);

    private ProducerTemplate template;
    private Path fifo;
    private String uri;

    @BeforeEach
    void startContext() {
        fifo = folder.fifo("out");
        uri = uri(fifo, "framing=SESSION");
        context.start();
        template = context.createProducerTemplate();
    }

    @Test
    void aReaderThatComesBackForEachGetsThemOneByOne() throws Exception {
        Path read = folder.path("read");
        sh("while true; do cat \"$1\"; echo; done > \"$2\"", fifo, read);

        for (int i = 0; i < MESSAGES; i++) {
            // some in two pieces, some of more than the pipe holds
            template.sendBody(uri, i % 100 == 99 ? i + "x".repeat(100_000) : i % 2 == 0 ? "" + i : List.of(i, "y"));
        }

        await().untilAsserted(() -> assertThat(lines(read)).hasSize(MESSAGES));
        assertThat(lines(read))
                .containsExactlyElementsOf(IntStream.range(0, MESSAGES)
                        .mapToObj(i -> i % 100 == 99 ? i + "x".repeat(100_000) : i % 2 == 0 ? "" + i : i + "y")
                        .toList());
    }

    @Test
    void aReaderThatKeepsItsEndGetsThemTooThoughSlowly() throws Exception {
        PipeEnd reader = reader(fifo);
        long millis = millis(() -> {
            CompletableFuture<Object> one = template.asyncSendBody(uri, "one");
            reader.expect("one");
            CompletableFuture<Object> two = template.asyncSendBody(uri, "two");
            reader.expect("two");
            CompletableFuture.allOf(one, two).get(30, TimeUnit.SECONDS);
        });
        assertThat(millis).isBetween(900L, 20_000L);
    }

    @Test
    void pythonReadsEachToItsEnd() {
        ShellProcess python = closing(ShellProcess.python("""
                import sys
                for _ in range(3):
                    with open(sys.argv[1]) as fifo:
                        print(len(fifo.read()))
                """, fifo));

        template.sendBody(uri, "x".repeat(200_000));
        template.sendBody(uri, new StringReader("ä".repeat(100_000)));
        template.sendBody(uri, "");

        assertThat(python.await()).isEqualTo("200000\n100000\n0\n");
    }

    @Test
    void theExchangeIsDoneWhenItsBodyHasBeenRead() throws Exception {
        PipeEnd reader = reader(fifo);
        var sent = template.asyncSend(uri, exchange -> exchange.getMessage().setBody("body"));
        reader.awaitUnread(4);
        await().during(Duration.ofMillis(100)).until(() -> !sent.isDone());

        reader.expect("body");

        assertThat(sent.get().getException()).isNull();
        assertThat(sent.get().getMessage().getHeader(FifoConstants.BYTES_WRITTEN))
                .isEqualTo(4L);
    }

    @Test
    void aBodyThatFailsAtOnceEndsItsSessionToo() {
        ShellProcess reader = sh("cat \"$1\"; echo end", fifo);

        Exchange failed = template.send(
                uri,
                exchange -> exchange.getMessage().setBody(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the source is broken");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return read();
                    }
                }));

        assertThat(failed.getException()).isInstanceOf(BodyFailedException.class);
        assertThat(reader.await()).isEqualTo("end\n");
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }
}
