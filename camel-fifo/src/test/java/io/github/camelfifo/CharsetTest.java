package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.ResolveEndpointFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the bytes of lines become text. */
class CharsetTest extends FifoTestSupport {

    private static final byte[] MALFORMED = {'a', (byte) 0xFF, 'b', '\n', (byte) 0xC3, '\n', 'c', '\n'};

    private final Received received = new Received();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    private void write(byte[] bytes) throws Exception {
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write(bytes);
        }
    }

    @Test
    void textIsUtf8UnlessAskedOtherwise() throws Exception {
        start(routes -> routes.from(uri(fifo)).process(received));
        write("grün € 𝄞\n".getBytes(StandardCharsets.UTF_8));

        received.awaitLines("grün € 𝄞");
        assertThat(received.frame(0).charset()).isEqualTo("UTF-8");
    }

    @Test
    void textIsInTheCharsetOfTheOption() throws Exception {
        start(routes -> routes.from(uri(fifo, "charset=ISO-8859-1")).process(received));
        write("grün\n".getBytes(StandardCharsets.ISO_8859_1));

        received.awaitLines("grün");
        assertThat(received.frame(0).charset()).isEqualTo("ISO-8859-1");
    }

    @Test
    void malformedBytesAreReplacedAndCounted() throws Exception {
        start(routes -> routes.from(uri(fifo)).process(received));
        write(MALFORMED);

        received.awaitLines("a\uFFFDb", "\uFFFD", "c");
        assertThat(endpoint(uri(fifo)).getMalformedFrames()).isEqualTo(2);
    }

    @Test
    void malformedBytesAreWarnedOfOnceASession() throws Exception {
        LogCapture log = new LogCapture();
        start(routes -> routes.from(uri(fifo)).process(received));

        write(MALFORMED);
        received.awaitCount(3);
        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
        // the last session has ended once an unended line is there
        write("x".getBytes(StandardCharsets.UTF_8));
        received.awaitCount(4);

        write(MALFORMED);
        received.awaitCount(7);
        assertThat(log.lines("WARN", fifo.toString())).hasSize(2);
    }

    @Test
    void aCharsetWithAnotherLineFeedIsRefusedWithTheEndpoint() {
        for (String charset : new String[] {"UTF-16", "UTF-16LE", "UTF-32"}) {
            assertThatThrownBy(() -> context.getEndpoint(uri(fifo, "charset=" + charset)))
                    .isInstanceOf(ResolveEndpointFailedException.class)
                    .rootCause()
                    .hasMessageContaining("charset=" + charset)
                    .hasMessageContaining("UTF-8");
        }
    }

    @Test
    void chunksHaveNoCharset() throws Exception {
        start(routes -> routes.from(uri(fifo, "framing=CHUNKS")).process(received));
        write(MALFORMED);

        received.awaitCount(1);
        assertThat(received.frame(0).body()).isEqualTo(MALFORMED);
        assertThat(endpoint(uri(fifo, "framing=CHUNKS")).getMalformedFrames()).isZero();
    }
}
