package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.Received.Frame;
import io.github.camelfifo.testing.Soon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writers that come and go while the consumer is about to notice that the last one went. */
class SessionsTest extends FifoTestSupport {

    private static final int ROUNDS = 2_000;

    private final Received received = new Received();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    /** Without the pause that would let the consumer do its next step first. */
    private void awaitAtOnce(int count) {
        Soon.spinUntil(() -> received.count() >= count, count + " messages");
    }

    /** The next writer comes and goes as soon as the piece of the one before is there: in the middle of reopening. */
    @Test
    void aWriterThatComesAndGoesWhileTheFifoIsReopenedIsASessionOfItsOwn() throws Exception {
        start(routes -> routes.from(uri(fifo)).process(received));
        List<String> expected = new ArrayList<>();

        for (int i = 1; i <= ROUNDS; i++) {
            write(fifo, "piece " + i);
            expected.add("piece " + i);
            awaitAtOnce(i);
        }

        assertThat(received.lines()).isEqualTo(expected);
        assertThat(received.frames()).allMatch(Frame::isMarkedIncomplete);
        assertThat(received.frames())
                .extracting(Frame::session)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    /** The route itself is the next writer: it comes and goes before the consumer has done another thing. */
    @Test
    void aWriterThatComesAndGoesWhileAnUnendedLineIsRoutedIsASessionOfItsOwn() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicReference<Exception> failure = new AtomicReference<>();
        start(routes -> routes.from(uri(fifo)).process(received).process(exchange -> {
            if (first.getAndSet(false)) {
                try {
                    write(fifo, "second, ended\nsecond, not ended");
                } catch (Exception e) {
                    failure.set(e);
                }
            }
        }));

        write(fifo, "first");
        received.awaitCount(3);
        assertThat(failure.get()).isNull();
        write(fifo, "third\n");

        received.awaitLines("first", "second, ended", "second, not ended", "third");
        assertThat(received.frames()).extracting(Frame::incomplete).containsExactly(true, null, true, null);
        assertThat(received.frames()).extracting(Frame::session).containsExactly(1L, 2L, 2L, 3L);
    }

    @Test
    void writersThatRaceTheReopeningLoseNothing() throws Exception {
        start(routes -> routes.from(uri(fifo)).process(received));

        for (int i = 1; i <= ROUNDS; i++) {
            write(fifo, i + "\n");
            if (i % 3 == 0) {
                awaitAtOnce(i);
            }
        }

        received.awaitNumbers(ROUNDS);
    }
}
