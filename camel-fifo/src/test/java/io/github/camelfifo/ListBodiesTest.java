package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.frame.EmbeddedDelimiterException;
import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.pipe.BodyFailedException;
import io.github.camelfifo.pipe.NotAtomicException;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies of which each element is a frame. */
class ListBodiesTest extends FifoTestSupport {

    private Path fifo;
    private PipeEnd reader;

    @BeforeEach
    void startContext() throws Exception {
        fifo = folder.fifo("out");
        reader = reader(fifo);
        context.start();
    }

    @Test
    void elementsMayBeOfAnyKindThatABodyMayBe() throws Exception {
        Exchange done = send(
                uri(fifo), List.of("text", 42, "bytes".getBytes(StandardCharsets.UTF_8), stream("stream"), "ended\n"));

        assertThat(done.getException()).isNull();
        reader.expect("text\n42\nbytes\nstream\nended\n");
        assertThat(done.getMessage().getHeader(FifoConstants.BYTES_WRITTEN)).isEqualTo(27L);
    }

    @Test
    void everyFramingFramesEachElement() throws Exception {
        List<String> body = List.of("ab", "cd");

        assertThat(send(uri(fifo, "framing=DELIMITED&delimiter=||"), body).getException())
                .isNull();
        reader.expect("ab||cd||");
        assertThat(send(uri(fifo, "framing=FIXED&frameLength=2"), body).getException())
                .isNull();
        reader.expect("abcd");
        assertThat(send(uri(fifo, "framing=LENGTH_PREFIXED&lengthFieldSize=1"), body)
                        .getException())
                .isNull();
        reader.expect("\2ab\2cd");
        assertThat(send(uri(fifo, "framing=CHUNKS"), body).getException()).isNull();
        reader.expect("abcd");
    }

    @Test
    void allElementsAreOneSession() {
        Path other = folder.fifo("other");
        ShellProcess shell = sh("cat \"$1\"; echo '|'; cat \"$1\"; echo '|'", other);

        assertThat(send(uri(other, "framing=SESSION"), List.of("a", "b")).getException())
                .isNull();
        assertThat(send(uri(other, "framing=SESSION"), List.of("c", "d").iterator())
                        .getException())
                .isNull();

        assertThat(shell.await()).isEqualTo("ab|\ncd|\n");
    }

    @Test
    void anEmptyListWritesNothing() throws Exception {
        Exchange done = send(uri(fifo), List.of());

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(FifoConstants.BYTES_WRITTEN)).isEqualTo(0L);
        assertThat(reader.unread()).isZero();
    }

    /** Those before it may have gone, and the exception says how many bytes that was. */
    @Test
    void anElementThatIsNoFrameFailsTheMessage() throws Exception {
        assertThat(send(uri(fifo), Arrays.asList("a", null)).getException())
                .isInstanceOf(BodyFailedException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fifo.toString());
        assertThat(send(uri(fifo, "maxFrameLength=3"), List.of("abc", "abcd")).getException())
                .hasRootCauseInstanceOf(FrameTooLongException.class);
        assertThat(send(uri(fifo, "embeddedDelimiter=FAIL"), List.of("a", "b\nc"))
                        .getException())
                .hasRootCauseInstanceOf(EmbeddedDelimiterException.class);
        assertThat(send(uri(fifo, "atomicity=STRICT"), List.of("x".repeat(4_096)))
                        .getException())
                .hasRootCauseInstanceOf(NotAtomicException.class);
        assertThat(reader.unread()).isZero();

        BodyFailedException failure = (BodyFailedException)
                send(uri(fifo, "maxFrameLength=4k"), List.of("x".repeat(4_000), "y".repeat(1_000), "z".repeat(5_000)))
                        .getException();
        assertThat(failure.getBytesWritten()).isEqualTo(4_001);
        reader.expect("x".repeat(4_000) + "\n");
    }

    @Test
    void anIteratorThatFailsFailsItsMessageAndNobodyElses() throws Exception {
        Iterator<String> broken = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public String next() {
                if (next == 3) {
                    throw new IllegalStateException("no more");
                }
                return "x".repeat(3_000) + next++;
            }
        };

        assertThat(send(uri(fifo), broken).getException())
                .isInstanceOf(BodyFailedException.class)
                .hasRootCauseMessage("no more");
        assertThat(send(uri(fifo), "next").getException()).isNull();

        int written = reader.unread();
        assertThat(reader.read(written)).asString().endsWith("x0\n" + "x".repeat(3_000) + "1\nnext\n");
    }

    @Test
    void anIteratorIsClosedIfItCanBe() {
        AtomicInteger closed = new AtomicInteger();
        class Lines implements Iterator<String>, Closeable {
            private final Iterator<String> lines = List.of("a", "b").iterator();

            @Override
            public boolean hasNext() {
                return lines.hasNext();
            }

            @Override
            public String next() {
                return lines.next();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }

        assertThat(send(uri(fifo), new Lines()).getException()).isNull();

        assertThat(closed).hasValue(1);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Exchange send(String uri, Object body) {
        return context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().setBody(body));
    }
}
