package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.pipe.BodyFailedException;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come as a stream. */
class StreamedBodiesTest extends FifoTestSupport {

    private Path fifo;

    @BeforeEach
    void startContext() {
        fifo = folder.fifo("out");
        context.start();
    }

    @Test
    void everyKindIsStreamedWhereAnyLengthGoes() throws Exception {
        PipeEnd reader = reader(fifo);
        Path file = Files.writeString(folder.path("file"), "file,");
        String chunks = uri(fifo, "framing=CHUNKS&maxFrameLength=1");

        for (Object body : new Object[] {
            stream("stream,"),
            file,
            file.toFile(),
            new StringReader("reader,"),
            new InputStreamCache("cache,".getBytes(StandardCharsets.UTF_8)),
            new ReaderCache("text cache,")
        }) {
            assertThat(send(chunks, body).getException()).isNull();
        }

        reader.expect("stream,file,file,reader,cache,text cache,");
    }

    @Test
    void everyKindIsOneFrameWhereFramesHaveALimit() throws Exception {
        PipeEnd reader = reader(fifo);
        Path file = Files.writeString(folder.path("file"), "file");
        String lines = uri(fifo, "maxFrameLength=6");

        for (Object body : new Object[] {
            stream("stream"),
            file,
            file.toFile(),
            new StringReader("reader"),
            new InputStreamCache("cache\n".getBytes(StandardCharsets.UTF_8)),
            new ReaderCache("text")
        }) {
            assertThat(send(lines, body).getException()).isNull();
        }
        for (Object body : new Object[] {
            stream("streams"),
            new StringReader("readers"),
            Files.writeString(file, "too long").toFile()
        }) {
            assertThat(send(lines, body).getException()).isInstanceOf(FrameTooLongException.class);
        }

        reader.expect("stream\nfile\nfile\nreader\ncache\ntext\n");
    }

    /** Its delimiter, however long, does not count. */
    @Test
    void aStreamOfExactlyTheLimitWithItsDelimiterIsAFrame() throws Exception {
        PipeEnd reader = reader(fifo);
        String delimited = uri(fifo, "framing=DELIMITED&delimiter=--------&maxFrameLength=4");

        assertThat(send(delimited, stream("abcd--------")).getException()).isNull();
        assertThat(send(delimited, new StringReader("abcd--------")).getException())
                .isNull();
        assertThat(send(delimited, stream("abcde--------")).getException()).isInstanceOf(FrameTooLongException.class);
        assertThat(send(delimited, stream("abcd-------x")).getException()).isInstanceOf(FrameTooLongException.class);

        reader.expect("abcd--------abcd--------");
    }

    @Test
    void noMoreIsReadOfAStreamThanItTakesToRefuseIt() {
        AtomicInteger read = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                read.addAndGet(length);
                return length;
            }
        };

        assertThat(send(uri(fifo, "maxFrameLength=1k"), endless).getException())
                .isInstanceOf(FrameTooLongException.class);
        assertThat(read).hasValueLessThan(1_100);
    }

    @Test
    void aTextThatIsCutInMidCharacterToRefuseItIsTooLongAndNotMalformed() {
        String text = "\uD83D\uDE00".repeat(1_000);

        assertThat(send(uri(fifo, "maxFrameLength=1k"), new StringReader(text)).getException())
                .isInstanceOf(FrameTooLongException.class);
    }

    @Test
    void whatIsThereOfAStreamIsWrittenBeforeTheRestHasCome() throws Exception {
        PipeEnd reader = reader(fifo);
        PipedOutputStream source = new PipedOutputStream();

        CompletableFuture<Exchange> sent = sendLater(uri(fifo, "framing=CHUNKS"), new PipedInputStream(source));
        source.write("first,".getBytes(StandardCharsets.UTF_8));
        source.flush();
        reader.awaitUnread("first,".length());
        source.write("last".getBytes(StandardCharsets.UTF_8));
        source.close();

        assertThat(sent.get(30, TimeUnit.SECONDS).getException()).isNull();
        reader.expect("first,last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHUNKS", "SESSION"})
    void aBodyThatFailsMidwaySaysHowMuchHadGoneAndTheNextOneGoes(String framing) throws Exception {
        PipeEnd reader = reader(fifo);
        String uri = uri(fifo, "framing=" + framing);

        CompletableFuture<Exchange> failed = sendLater(uri, new FilterInputStream(stream("x".repeat(5_000))) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    throw new IOException("the source broke");
                }
                return count;
            }
        });

        assertThat(failed.get(30, TimeUnit.SECONDS).getException())
                .isInstanceOf(BodyFailedException.class)
                .hasMessageContaining("5000 bytes")
                .hasMessageContaining(fifo.toString())
                .hasRootCauseMessage("the source broke");
        CompletableFuture<Exchange> next = sendLater(uri, "next");
        assertThat(reader.read(5_004)).asString().isEqualTo("x".repeat(5_000) + "next");
        assertThat(next.get(30, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void anErrorOfABodyFailsItsExchangeAndNobodyElses() throws Exception {
        PipeEnd reader = reader(fifo);
        String uri = uri(fifo, "framing=CHUNKS");

        Exchange failed = send(uri, new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("on purpose");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        });

        assertThat(failed.getException())
                .isInstanceOf(BodyFailedException.class)
                .hasRootCauseMessage("on purpose");
        assertThat(send(uri, "next").getException()).isNull();
        reader.expect("next");
    }

    @Test
    void aBodyIsClosedAndNeedNotLikeIt() throws Exception {
        PipeEnd reader = reader(fifo);
        AtomicInteger closed = new AtomicInteger();
        InputStream body = new FilterInputStream(stream("body")) {
            @Override
            public void close() {
                closed.incrementAndGet();
                throw new IllegalStateException("on purpose");
            }
        };

        assertThat(send(uri(fifo, "framing=CHUNKS"), body).getException()).isNull();

        assertThat(closed).hasValue(1);
        reader.expect("body");
    }

    @Test
    void textIsEncodedPieceByPieceAndNothingOfItReplaced() throws Exception {
        ShellProcess cat = sh("cat \"$1\" | sha256sum; cat \"$2\" | sha256sum", fifo, folder.path("expected"));
        String text = "aä€\uD83D\uDE00".repeat(50_000);
        Files.writeString(folder.path("expected"), text);

        assertThat(send(uri(fifo, "framing=SESSION"), new StringReader(text)).getException())
                .isNull();

        List<String> sums = cat.await().lines().toList();
        assertThat(sums.get(0)).isEqualTo(sums.get(1));
    }

    @Test
    void halfACharacterAtTheEndOfATextIsRefused() throws Exception {
        PipeEnd reader = reader(fifo);

        Exchange failed = send(uri(fifo, "framing=CHUNKS"), new StringReader("text\uD83D"));

        assertThat(failed.getException())
                .isInstanceOf(BodyFailedException.class)
                .hasRootCauseInstanceOf(MalformedInputException.class);
        assertThat(reader.unread()).isLessThanOrEqualTo(4);
    }

    @Test
    void strictRefusesAStreamThatIsNotOneWriteBeforeAByteIsWritten() throws Exception {
        PipeEnd reader = reader(fifo);
        String strict = uri(fifo, "framing=CHUNKS&atomicity=STRICT");

        assertThat(send(strict, stream("x".repeat(4_097))).getException()).hasMessageContaining("4097");
        assertThat(reader.unread()).isZero();
        assertThat(send(strict, stream("x".repeat(4_096))).getException()).isNull();
        assertThat(reader.unread()).isEqualTo(4_096);
    }

    /** It is one frame, however many pieces it comes in. */
    @Test
    void theLockIsKeptUntilTheStreamHasEnded() throws Exception {
        PipeEnd reader = reader(fifo);
        PipedOutputStream source = new PipedOutputStream();
        CompletableFuture<Exchange> sent =
                sendLater(uri(fifo, "framing=CHUNKS&atomicity=LOCK"), new PipedInputStream(source));
        source.write("first,".getBytes(StandardCharsets.UTF_8));
        source.flush();
        reader.awaitUnread("first,".length());

        ShellProcess other = sh("exec 9> \"$1\"; flock 9; printf other >&9", fifo);
        await().during(Duration.ofMillis(200)).until(() -> reader.unread() == "first,".length());
        source.write("last,".getBytes(StandardCharsets.UTF_8));
        source.close();

        other.await();
        assertThat(sent.get(30, TimeUnit.SECONDS).getException()).isNull();
        reader.expect("first,last,other");
    }

    @Test
    void theLockOfAStreamThatFailsIsGivenBack() throws Exception {
        PipeEnd reader = reader(fifo);
        Exchange failed = send(uri(fifo, "framing=CHUNKS&atomicity=LOCK"), new FilterInputStream(stream("x")) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    throw new IOException("the source broke");
                }
                return count;
            }
        });
        assertThat(failed.getException()).isInstanceOf(BodyFailedException.class);

        sh("exec 9> \"$1\"; flock 9; printf other >&9", fifo).await();

        reader.expect("xother");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Exchange send(String uri, Object body) {
        return context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private CompletableFuture<Exchange> sendLater(String uri, Object body) {
        return context.createProducerTemplate()
                .asyncSend(uri, exchange -> exchange.getMessage().setBody(body));
    }
}
