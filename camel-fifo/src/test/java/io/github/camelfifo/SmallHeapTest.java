package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.ShellProcess;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is far larger than the heap of 64 MB goes through it. How large, the system property
 * {@code fifo.test.megabytes} says.
 */
class SmallHeapTest extends FifoTestSupport {

    private static final int MEGABYTES = Integer.getInteger("fifo.test.megabytes", 100);
    private static final Duration PATIENCE = Duration.ofSeconds(60).plusMillis(200L * MEGABYTES);

    @ParameterizedTest
    @CsvSource({"FAIL, 1, 0", "TRUNCATE, 0, 1", "SPLIT, 0, " + Integer.MAX_VALUE})
    void aLineWithoutAnEndIsOneExceptionOrHeadOrManyPiecesAndThenTheNextLineArrives(
            String policy, int exceptions, int mostMessages) throws Exception {
        Path fifo = folder.fifo("in");
        ShellProcess route =
                java("lines", uri(fifo, "maxFrameLength=1m&bridgeErrorHandler=true&oversizedFrame=" + policy));

        sh("{ head -c " + MEGABYTES + "M /dev/zero; printf '\\nnext\\n'; } > \"$1\"", fifo)
                .await(PATIENCE);

        int messages = Math.min(mostMessages, MEGABYTES);
        assertThat(route.await(PATIENCE))
                .isEqualTo("%d exceptions, %d messages, %d characters", exceptions, messages, (long) messages << 20);
    }

    @Test
    void aSessionGoesToDiskWhereTheUserHasSwitchedThatOn() throws Exception {
        Path fifo = folder.fifo("in");
        Path file = randomFile();
        Path spool = folder.path("spool");
        ShellProcess route = java("session", uri(fifo, "framing=SESSION"), spool);

        sh("cat \"$1\" > \"$2\"", file, fifo).await(PATIENCE);

        assertThat(route.await(PATIENCE)).isEqualTo("%d bytes, CRC %d", Files.size(file), checksum(file));
        assertThat(spool.toFile().list()).isNullOrEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CHUNKS, stream", "CHUNKS, file", "SESSION, stream", "SESSION, file"})
    void aStreamedBodyIsWritten(String framing, String body) throws Exception {
        Path fifo = folder.fifo("out");
        Path file = randomFile();
        ShellProcess reader = sh("cmp - \"$2\" < \"$1\"", fifo, file);

        ShellProcess sender = java(body, uri(fifo, "framing=" + framing), file);

        assertThat(sender.await(PATIENCE)).isEqualTo("%d bytes", Files.size(file));
        assertThat(reader.await(PATIENCE)).isEmpty();
    }

    private ShellProcess java(Object... arguments) {
        return closing(ShellProcess.java(SmallHeap.class, "-Xmx64m", arguments));
    }

    private Path randomFile() {
        Path file = folder.path("random");
        sh("head -c " + MEGABYTES + "M /dev/urandom > \"$1\"", file).await(PATIENCE);
        return file;
    }

    private static long checksum(Path file) throws Exception {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file));
                CheckedInputStream checked = new CheckedInputStream(stream, new CRC32())) {
            checked.transferTo(OutputStream.nullOutputStream());
            return checked.getChecksum().getValue();
        }
    }
}
