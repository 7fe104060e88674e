package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.frame.EmbeddedDelimiterException;
import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.pipe.BodyFailedException;
import io.github.camelfifo.pipe.LockHeldException;
import io.github.camelfifo.pipe.NotAtomicException;
import io.github.camelfifo.pipe.PipeFullException;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the producer takes for a body, and how it keeps frames whole. */
class BodiesTest extends FifoTestSupport {

    private Path fifo;

    @BeforeEach
    void start() throws Exception {
        fifo = folder.fifo("out");
        context.setStreamCaching(false);
        context.start();
    }

    @Test
    void eachElementOfAListIsAFrame() throws Exception {
        ShellProcess sum = sh("sha256sum < \"$1\"", fifo);
        ShellProcess expected = sh("seq 100000 | sha256sum");

        Exchange done = send(uri(fifo), Received.numbers(100_000));

        assertThat(done.getException()).isNull();
        context.stop();
        assertThat(sum.await()).isEqualTo(expected.await());
    }

    @Test
    void theElementsOfAnIteratorAreCoalescedIntoWholeFramesOfUpToPipeBuf() throws Exception {
        PipeEnd reader = reader(fifo);

        Exchange done = send(
                uri(fifo),
                List.of("a".repeat(3_000), "b".repeat(1_000), "c".repeat(200)).iterator());

        assertThat(done.getMessage().getHeader(FifoConstants.BYTES_WRITTEN)).isEqualTo(4_203L);
        reader.expect("a".repeat(3_000) + "\n" + "b".repeat(1_000) + "\n" + "c".repeat(200) + "\n");
    }

    @Test
    void aBodyThatCamelCannotConvertFailsWithItsType() {
        WrappedFile<Object> unknown = new WrappedFile<>() {
            @Override
            public Object getFile() {
                return this;
            }

            @Override
            public Object getBody() {
                return this;
            }

            @Override
            public long getFileLength() {
                return 0;
            }
        };

        Exchange done = send(uri(fifo), unknown);

        assertThat(done.getException())
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("No type converter available")
                .hasMessageContaining("to the required type: java.io.InputStream");
    }

    @Test
    void aBodyThatCannotBeClosedIsLoggedWithThePath() throws Exception {
        PipeEnd reader = reader(fifo);
        LogCapture log = new LogCapture();

        Exchange done = send(uri(fifo, "framing=CHUNKS"), new ByteArrayInputStream(new byte[] {'a'}) {
            @Override
            public void close() throws IOException {
                throw new IOException("not closed");
            }
        });

        assertThat(done.getException()).isNull();
        reader.expect("a");
        assertThat(log.lines("WARN", fifo.toString()))
                .singleElement()
                .asString()
                .contains("Cannot close the body of a message for " + fifo);
    }

    @Test
    void aStreamIsWrittenAsItComes() throws Exception {
        PipeEnd reader = reader(fifo);
        CountDownLatch firstHalfHasArrived = new CountDownLatch(1);
        InputStream live = new SequenceInputStream(stream("first,"), new InputStream() {
            private boolean atEnd;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) < 0 ? -1 : '.';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    if (atEnd || !firstHalfHasArrived.await(30, TimeUnit.SECONDS)) {
                        return -1;
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                atEnd = true;
                bytes[offset] = '.';
                return 1;
            }
        });

        CompletableFuture<Exchange> sent = sendLater(uri(fifo, "framing=CHUNKS"), live);
        reader.awaitUnread("first,".length());
        firstHalfHasArrived.countDown();

        assertThat(sent.get(30, TimeUnit.SECONDS).getException()).isNull();
        reader.expect("first,.");
    }

    @Test
    void aStreamThatFailsMidwaySaysHowMuchHadGone() throws Exception {
        PipeEnd reader = reader(fifo);
        InputStream broken = new SequenceInputStream(stream("x".repeat(5_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the source broke");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        });

        assertThat(send(uri(fifo, "framing=CHUNKS"), broken).getException())
                .isInstanceOf(BodyFailedException.class)
                .hasMessageContaining("5000 bytes")
                .hasRootCauseMessage("the source broke");
        reader.expect("x".repeat(5_000));
    }

    @Test
    void aStreamThatIsNoChunkIsOneFrameUpToTheLimit() throws Exception {
        PipeEnd reader = reader(fifo);

        assertThat(send(uri(fifo), stream("from a stream")).getException()).isNull();
        assertThat(send(uri(fifo), new StringReader("from a reader")).getException())
                .isNull();
        assertThat(send(uri(fifo, "maxFrameLength=4"), stream("too long")).getException())
                .isInstanceOf(FrameTooLongException.class);
        reader.expect("from a stream\nfrom a reader\n");
    }

    @Test
    void textOfAReaderIsEncodedPieceByPiece() throws Exception {
        ShellProcess cat = sh("cat \"$1\" | wc -c", fifo);

        assertThat(send(uri(fifo, "framing=CHUNKS"), new StringReader("ä".repeat(100_000)))
                        .getException())
                .isNull();

        context.stop();
        assertThat(cat.await().trim()).isEqualTo("200000");
    }

    @Test
    void aDelimiterInsideABodyPassesOrIsRefused() throws Exception {
        PipeEnd reader = reader(fifo);

        assertThat(send(uri(fifo, "embeddedDelimiter=FAIL"), "rm a\nrm b").getException())
                .isInstanceOf(EmbeddedDelimiterException.class)
                .hasMessageContaining(fifo.toString());
        assertThat(reader.unread()).isZero();
        assertThat(send(uri(fifo), "a\nb").getException()).isNull();
        reader.expect("a\nb\n");
    }

    @Test
    void aFrameThatWouldNotBeOneWriteIsRefusedWhereThatIsWanted() throws Exception {
        PipeEnd reader = reader(fifo);

        assertThat(send(uri(fifo, "atomicity=STRICT"), "x".repeat(4_096)).getException())
                .isInstanceOf(NotAtomicException.class);
        assertThat(reader.unread()).isZero();
        assertThat(send(uri(fifo, "atomicity=STRICT"), "x".repeat(4_095)).getException())
                .isNull();
    }

    @Test
    void framesUnderTheLockNeverMixWithThoseOfAShellThatLocksToo() throws Exception {
        int each = 40;
        Path read = folder.path("read");
        ShellProcess reader = sh("cat \"$1\" > \"$2\"", fifo, read);
        ShellProcess other = sh(
                "exec 9> \"$1\"; line=$(head -c 100000 /dev/zero | tr '\\0' s); i=0; while [ $i -lt " + each
                        + " ]; do flock 9; echo $line >&9; flock -u 9; i=$((i+1)); done",
                fifo);

        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            sent.add(sendLater(uri(fifo, "atomicity=LOCK"), "j".repeat(100_000)));
        }
        for (CompletableFuture<Exchange> one : sent) {
            assertThat(one.get(60, TimeUnit.SECONDS).getException()).isNull();
        }
        other.await();
        context.stop();
        reader.await();

        String lines = sh("sort \"$1\" | uniq -c | awk '{ print $1, length($2) }'", read)
                .await();
        assertThat(lines.lines()).containsExactly(each + " 100000", each + " 100000");
    }

    @Test
    void aLockThatIsKeptTooLongFailsTheMessage() throws Exception {
        reader(fifo);
        sh("exec 9> \"$1\"; flock 9; echo locked; exec sleep 60", fifo);
        await().untilAsserted(() -> assertThat(
                        send(uri(fifo, "atomicity=LOCK&writeTimeout=50"), "x").getException())
                .isInstanceOf(LockHeldException.class));
    }

    @Test
    void aFullPipeMayFailOrDiscardTheMessageAtOnce() throws Exception {
        PipeEnd reader = reader(fifo);
        writer(fifo).fill();

        assertThat(send(uri(fifo, "whenFull=FAIL"), "x").getException()).isInstanceOf(PipeFullException.class);
        Exchange discarded = send(uri(fifo, "whenFull=DISCARD"), "x");
        assertThat(discarded.getException()).isNull();
        assertThat(discarded.getMessage().getHeader(FifoConstants.DISCARDED)).isEqualTo(true);
        assertThat(reader.unread()).isEqualTo(65_536);
    }

    @Test
    void aPipeThatIsHeldOpenKeepsMessagesUntilAReaderComes() throws Exception {
        assertThat(send(uri(fifo, "holdOpen=true"), "kept").getException()).isNull();

        assertThat(sh("head -n 1 \"$1\"", fifo).await()).isEqualTo("kept\n");
    }

    @Test
    void aPipeIsHeldOpenFromTheFirstMessageOn() throws Exception {
        String uri = uri(fifo, "holdOpen=true");
        routes(routes -> routes.from("direct:in").routeId("out").to(uri));
        assertThat(context.getRouteController().getRouteStatus("out").isStarted())
                .isTrue();
        assertNobodyReads();

        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBody("direct:in", "first");
        }
        writer(fifo).write("beside\n");

        context.getRouteController().stopRoute("out");
        context.removeRoute("out");
        assertNobodyReads();
    }

    private void assertNobodyReads() {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> PipeEnd.writing(fifo))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENXIO));
    }

    @Test
    void aPipeThatIsHeldOpenFillsAndWhatIsInItAtTheEndIsLostAndLogged() throws Exception {
        LogCapture log = new LogCapture();
        String uri = uri(fifo, "holdOpen=true&writeTimeout=50&readerTimeout=50");
        for (int i = 0; i < 16; i++) {
            assertThat(send(uri, "x".repeat(4_095)).getException()).isNull();
        }

        // not that nobody reads: that there is no room
        assertThat(send(uri, "y").getException()).isInstanceOf(PipeFullException.class);

        context.stop();
        assertThat(log.lines("WARN", "65536 bytes in " + fifo + " are lost")).hasSize(1);
    }

    @Test
    void sessionsReachAReaderThatComesBackForEachOneByOne() throws Exception {
        int count = 300;
        Path read = folder.path("read");
        ShellProcess reader = sh(
                "i=0; while [ $i -lt " + count + " ]; do cat \"$1\" | tr '\\n' ' '; echo; i=$((i+1)); done > \"$2\"",
                fifo,
                read);

        for (int i = 0; i < count; i++) {
            assertThat(send(uri(fifo, "framing=SESSION"), "message\n" + i).getException())
                    .isNull();
        }

        reader.await();
        assertThat(sh("cat \"$1\"", read).await().lines().map(String::trim))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void pythonReadsASessionToItsEnd() throws Exception {
        ShellProcess python = closing(ShellProcess.python("import sys; print(len(open(sys.argv[1]).read()))", fifo));

        assertThat(send(uri(fifo, "framing=SESSION"), "x".repeat(200_000)).getException())
                .isNull();

        assertThat(python.await().trim()).isEqualTo("200000");
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
