package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.Received.Frame;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code framing=CHUNKS}: bytes as they come, of any length. */
class ChunksTest extends FifoTestSupport {

    private static final int LARGE = 5_000_000;

    private final Received received = new Received();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    private byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : received.frames()) {
            byte[] body = (byte[]) frame.body();
            all.write(body, 0, body.length);
        }
        return all.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(20260101).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void everyByteArrivesUnchanged() throws Exception {
        start(routes -> routes.from(uri(fifo, "framing=CHUNKS")).process(received));
        byte[] sent = random(LARGE);
        Path file = folder.path("sent");
        Files.write(file, sent);

        sh("cat \"$1\" > \"$2\"", file, fifo).await();

        await().atMost(Duration.ofSeconds(60)).until(() -> bytes().length >= LARGE);
        assertThat(sha256(bytes())).isEqualTo(sha256(sent));
        assertThat(received.frames()).noneMatch(Frame::isMarkedIncomplete);
        assertThat(received.frames())
                .allSatisfy(frame -> assertThat((byte[]) frame.body()).hasSizeBetween(1, 65_536));
    }

    @Test
    void aChunkIsAtMostAsLongAsTheOptionSays() throws Exception {
        start(routes -> routes.from(uri(fifo, "framing=CHUNKS", "chunkSize=1k")).process(received));
        write(fifo, "x".repeat(3_000));

        await().until(() -> bytes().length == 3_000);
        assertThat(received.bodies()).extracting(body -> ((byte[]) body).length).containsExactly(1024, 1024, 952);
    }

    @Test
    void aChunkIsThereAsSoonAsItsBytesAre() throws Exception {
        start(routes -> routes.from(uri(fifo, "framing=CHUNKS")).process(received));
        PipeEnd writer = writer(fifo);
        writer.write("a\nb");

        received.awaitCount(1);
        assertThat((byte[]) received.frame(0).body()).asString().isEqualTo("a\nb");
    }

    @Test
    void theProducerWritesTheBodyAsItIs() throws Exception {
        PipeEnd reader = reader(fifo);
        start(routes -> routes.from("direct:a").to(uri(fifo, "framing=CHUNKS")));

        context.createProducerTemplate().sendBody("direct:a", "no line feed");
        reader.expect("no line feed");
        context.createProducerTemplate().sendBody("direct:a", new byte[] {0, 1, -1});
        assertThat(reader.read(3)).containsExactly(0, 1, -1);
    }

    @Test
    void aStreamLongerThanAnyFrameIsWrittenWhole() throws Exception {
        context.setStreamCaching(false);
        context.start();
        byte[] sent = random(LARGE);
        ShellProcess cat = sh("sha256sum < \"$1\" | cut -d' ' -f1", fifo);

        Exchange done = context.createProducerTemplate()
                .send(
                        uri(fifo, "framing=CHUNKS"),
                        exchange -> exchange.getMessage().setBody(new ByteArrayInputStream(sent)));
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(FifoConstants.BYTES_WRITTEN)).isEqualTo((long) LARGE);
        context.stop();

        assertThat(cat.await().trim()).isEqualTo(sha256(sent));
    }

    @Test
    void aStreamThatFailsMidwaySaysHowManyBytesHadGone() throws Exception {
        context.setStreamCaching(false);
        context.start();
        PipeEnd reader = reader(fifo);
        InputStream failing = new InputStream() {
            private int left = 10_000;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) < 0 ? -1 : 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left == 0) {
                    throw new IOException("the source broke");
                }
                int count = Math.min(length, left);
                Arrays.fill(bytes, offset, offset + count, (byte) 'x');
                left -= count;
                return count;
            }
        };

        Exchange done = context.createProducerTemplate()
                .send(
                        uri(fifo, "framing=CHUNKS"),
                        exchange -> exchange.getMessage().setBody(failing));

        assertThat(done.getException()).hasStackTraceContaining("the source broke");
        int gone = reader.unread();
        assertThat(gone).isLessThanOrEqualTo(10_000);
        if (gone > 0) {
            assertThat(done.getException()).hasStackTraceContaining(gone + " bytes");
        }
    }
}
