package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.Received.Frame;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is a line, and what is said of it. */
class LineEndsTest extends FifoTestSupport {

    private final Received received = new Received();
    private Path fifo;

    @BeforeEach
    void startRoute() throws Exception {
        fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).process(received));
    }

    @Test
    void aLineSentInSingleBytesIsOneMessage() throws Exception {
        PipeEnd writer = writer(fifo);
        for (char each : "hello\n".toCharArray()) {
            writer.write(String.valueOf(each));
            writer.awaitEmpty();
        }

        received.awaitLines("hello");
        received.assertNothingMore(1);
    }

    @Test
    void aMultiByteCharacterSentInSingleBytesIsOneCharacter() throws Exception {
        PipeEnd writer = writer(fifo);
        for (byte each : "€\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            writer.write(new byte[] {each});
            writer.awaitEmpty();
        }

        received.awaitLines("€");
    }

    @Test
    void aCarriageReturnBeforeTheLineFeedBelongsToTheEndAndNoOther() throws Exception {
        write(fifo, "a\r\nb\nc\rd\r\n\r\n");

        received.awaitLines("a", "b", "c\rd", "");
    }

    @Test
    void aCarriageReturnAndItsLineFeedMayComeApart() throws Exception {
        PipeEnd writer = writer(fifo);
        writer.write("a\r");
        writer.awaitEmpty();
        writer.write("\nb\n");

        received.awaitLines("a", "b");
    }

    @Test
    void anEmptyLineIsAnEmptyMessage() throws Exception {
        write(fifo, "\na\n\n\nb\n");

        received.awaitLines("", "a", "", "", "b");
    }

    @Test
    void aLineThatItsWriterDidNotEndIsMarked() throws Exception {
        write(fifo, "whole\nhalf");

        received.awaitLines("whole", "half");
        assertThat(received.frame(0).incomplete()).isNull();
        assertThat(received.frame(1).incomplete()).isTrue();
    }

    @Test
    void aLineThatItsWriterDidNotEndIsNotJoinedToTheNextWriters() throws Exception {
        write(fifo, "half");
        received.awaitLines("half");
        write(fifo, "next\n");

        received.awaitLines("half", "next");
        assertThat(received.frames()).extracting(Frame::incomplete).containsExactly(true, null);
        assertThat(received.frames()).extracting(Frame::session).containsExactly(1L, 2L);
    }

    @Test
    void anUnendedLineWaitsAsLongAsItsWriterIsThere() throws Exception {
        PipeEnd writer = writer(fifo);
        writer.write("ha");
        writer.awaitEmpty();
        received.assertNothingMore(0);

        writer.write("lf\n");
        received.awaitLines("half");
        assertThat(received.frame(0).incomplete()).isNull();
    }

    @Test
    void aWriterThatWritesNothingMakesNoMessage() throws Exception {
        for (int i = 0; i < 20; i++) {
            write(fifo, "");
        }
        write(fifo, "line\n");

        received.awaitLines("line");
        received.assertNothingMore(1);
    }

    @Test
    void everyMessageSaysWhereItCameFrom() throws Exception {
        write(fifo, "one\ntwo\n");
        received.awaitCount(2);
        write(fifo, "three\n");
        received.awaitCount(3);

        assertThat(received.frames()).extracting(Frame::path).containsOnly(fifo.toString());
        assertThat(received.frames()).extracting(Frame::sequence).containsExactly(1L, 2L, 3L);
        assertThat(received.frame(1).session()).isEqualTo(1L);
        assertThat(received.frame(2).session()).isGreaterThanOrEqualTo(1L);
    }

    @Test
    void theNumbersBeginAnewWithEveryConsumer() throws Exception {
        write(fifo, "one\n");
        received.awaitCount(1);
        String route = context.getRoutes().get(0).getRouteId();
        context.getRouteController().stopRoute(route);
        context.getRouteController().startRoute(route);
        write(fifo, "two\n");
        received.awaitCount(2);

        assertThat(received.frames()).extracting(Frame::sequence).containsExactly(1L, 1L);
        assertThat(received.frame(1).session()).isEqualTo(1L);
    }
}
