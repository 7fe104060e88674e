package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines that real processes write, by the thousand: each arrives once, whole and in its writer's order. */
class LinesTest extends FifoTestSupport {

    private final Received received = new Received();
    private Path fifo;

    @BeforeEach
    void startRoute() throws Exception {
        fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).process(received));
    }

    @Test
    void aHundredThousandLinesArriveOnceEachAndInOrder() {
        sh("seq 100000 > \"$1\"", fifo).await();

        received.awaitNumbers(100_000);
        assertThat(received.frames()).noneMatch(Received.Frame::isMarkedIncomplete);
        assertThat(received.frames())
                .extracting(Received.Frame::sequence)
                .isSorted()
                .startsWith(1L)
                .endsWith(100_000L);
    }

    @Test
    void fourHundredWritersOneAfterTheOtherLoseNoLine() {
        sh("for i in $(seq 400); do echo $i > \"$1\"; done", fifo).await();

        received.awaitNumbers(400);
        assertThat(received.frames()).noneMatch(Received.Frame::isMarkedIncomplete);
        assertThat(received.frames()).extracting(Received.Frame::session).isSorted();
    }

    @Test
    void fourHundredWritersAtTheSameTimeLoseNoLine() {
        sh("for i in $(seq 400); do echo $i > \"$1\" & done; wait", fifo).await();

        received.awaitCount(400);
        assertThat(received.lines()).containsExactlyInAnyOrderElementsOf(Received.numbers(400));
    }

    @Test
    void twentyProcessesAtOnceGiveTenThousandWholeLines() {
        String script = "i=0; while [ $i -lt 500 ]; do i=$((i+1)); echo \"$w $i some more text to this line\"; done";
        sh("for w in $(seq 20); do { " + script + "; } > \"$1\" & done; wait", fifo)
                .await();

        received.awaitCount(10_000);
        Map<String, List<String>> byWriter =
                received.lines().stream().collect(Collectors.groupingBy(line -> line.split(" ", 2)[0]));
        assertThat(byWriter).hasSize(20);
        byWriter.forEach((writer, lines) -> {
            List<String> expected = new ArrayList<>();
            for (int i = 1; i <= 500; i++) {
                expected.add(writer + " " + i + " some more text to this line");
            }
            assertThat(lines).isEqualTo(expected);
        });
    }

    @Test
    void linesThatBlocksOfAWriterCutArriveWhole() {
        sh("seq 100000 | dd of=\"$1\" bs=37 status=none", fifo).await();

        received.awaitNumbers(100_000);
    }
}
