package io.github.camelfifo.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.pipe.PipeStatus;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where counts of several readers and producers meet, and what a reset does meanwhile. */
class EndpointStatisticsTest {

    private static final int COUNTS = 300_000;

    private final EndpointStatistics statistics = new EndpointStatistics();

    private record Pipe(String path, String fileName, PipeStatus status) implements OpenPipe {}

    private static Pipe pipe(String name, long inode) {
        return new Pipe("/folder/" + name, name, new PipeStatus(inode, 3, 4096));
    }

    private ReaderStatistics reader(OpenPipe pipe) {
        ReaderStatistics reader = new ReaderStatistics(statistics);
        reader.opened(pipe);
        return reader;
    }

    @Test
    void theCountsOfAClosedReaderStay() {
        ReaderStatistics first = reader(pipe("a", 1));
        ReaderStatistics second = reader(pipe("b", 2));
        first.delivered(2);
        second.delivered(3);
        first.closed();
        second.delivered(1);

        assertThat(statistics.counts().framesIn()).isEqualTo(6);
        assertThat(statistics.each(ConsumerState.FLOWING))
                .singleElement()
                .satisfies(row -> assertThat(row.counts().framesIn()).isEqualTo(4));
        second.closed();
        assertThat(statistics.counts().framesIn()).isEqualTo(6);
        assertThat(statistics.sumOfGauges().capacity()).isEqualTo(-1);
    }

    @Test
    void theGaugesOfAFolderAreAddedAndItHasNoInode() {
        reader(pipe("a", 1));
        reader(pipe("b", 2));
        reader(new Pipe("/folder/c", "c", null));

        assertThat(statistics.sumOfGauges().bytesWaiting()).isEqualTo(6);
        assertThat(statistics.sumOfGauges().capacity()).isEqualTo(8192);
        assertThat(statistics.sumOfGauges().inode()).isEqualTo(-1);
        assertThat(statistics.each(ConsumerState.FLOWING))
                .extracting(PipeFigures::name)
                .containsExactly("b", "a");
    }

    @Test
    void aPathHasTheGaugesOfTheReaderThatWasOpenedLast() {
        reader(pipe("a", 1));
        reader(pipe("a", 2));
        reader(new Pipe("/folder/a", null, null));

        assertThat(statistics.gauges().inode()).isEqualTo(2);
    }

    @Test
    void theFifoOfRepliesIsNotShown() {
        ReaderStatistics replies = ReaderStatistics.ofReplies(statistics);
        replies.opened(pipe("replies", 1));
        replies.delivered(1);

        assertThat(statistics.counts().framesIn()).isEqualTo(1);
        assertThat(statistics.gauges().inode()).isEqualTo(-1);
        assertThat(statistics.each(ConsumerState.FLOWING)).isEmpty();
    }

    @Test
    void aReaderThatGoesOnForAnotherEndpointCountsThereFromThenOn() {
        EndpointStatistics other = new EndpointStatistics();
        ReaderStatistics reader = reader(pipe("a", 1));
        reader.delivered(2);
        reader.goOnFor(other);
        reader.delivered(3);
        reader.goOnFor(other);

        assertThat(statistics.counts().framesIn()).isEqualTo(2);
        assertThat(other.counts().framesIn()).isEqualTo(3);
        assertThat(statistics.sumOfGauges().inode()).isEqualTo(-1);
        reader.closed();
        reader.goOnFor(statistics);
        assertThat(statistics.isInUse()).isFalse();
        assertThat(statistics.counts().framesIn()).isEqualTo(2);
        assertThat(other.counts().framesIn()).isEqualTo(3);
    }

    @Test
    void aResetSetsEverythingToZeroAlsoForAFifoOfAFolder() {
        ReaderStatistics reader = reader(pipe("a", 1));
        ReaderStatistics closed = reader(pipe("b", 2));
        countEach(reader);
        countEach(closed);
        closed.closed();
        WriterStatistics writers = statistics.writers();
        writers.wrote(5);
        writers.finished(1);
        writers.discarded();
        writers.waitsForReader();
        writers.failed(new IOException("write"));

        assertThat(statistics.reset()).isEqualTo(new Counts(20, 4, 5, 1, 2, 1, 2, 6, 2, 1));

        assertThat(statistics.counts()).isEqualTo(Counts.NONE);
        assertThat(statistics.lastFailure()).isEqualTo(Failure.NONE);
        assertThat(statistics.each(ConsumerState.FLOWING))
                .singleElement()
                .satisfies(row -> assertThat(row.counts().bytesIn()
                                + row.counts().framesIn()
                                + row.failure().millis())
                        .isZero());
        countEach(reader);
        assertThat(statistics.counts().bytesIn()).isEqualTo(10);
    }

    private static void countEach(ReaderStatistics reader) {
        reader.taken(10);
        reader.delivered(2);
        reader.redelivered();
        reader.oversized();
        reader.malformed(3);
        assertThat(reader.sessionBegins()).isPositive();
        reader.failed("read");
    }

    @Test
    void whatIsCountedDuringResetsIsCountedOnce() {
        ReaderStatistics reader = reader(pipe("a", 1));
        WriterStatistics writers = statistics.writers();
        CompletableFuture<Void> reading =
                CompletableFuture.runAsync(() -> IntStream.range(0, COUNTS).forEach(i -> {
                    reader.taken(2);
                    reader.delivered(1);
                }));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> IntStream.range(0, COUNTS).parallel().forEach(i -> {
                    writers.wrote(2);
                    writers.finished(1);
                }));

        Counts all = Counts.NONE;
        while (!reading.isDone() || !writing.isDone()) {
            all = all.plus(statistics.reset());
            assertThat(statistics.counts().framesIn()).isNotNegative();
        }
        reader.closed();
        all = all.plus(statistics.reset());

        assertThat(all).isEqualTo(new Counts(2L * COUNTS, COUNTS, 2L * COUNTS, COUNTS, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void theLastFailureIsThatOfTheEndpointAndThatOfItsFifo() {
        ReaderStatistics first = reader(pipe("a", 1));
        ReaderStatistics second = reader(pipe("b", 2));
        assertThat(statistics.lastFailure().text()).isNull();
        first.failed("one");
        second.failed("two");

        assertThat(statistics.lastFailure().text()).isEqualTo("two");
        assertThat(statistics.lastFailure().millis()).isPositive();
        assertThat(statistics.each(ConsumerState.FLOWING))
                .extracting(f -> f.failure().text())
                .containsExactly("two", "one");
        statistics.failed("three");
        assertThat(statistics.lastFailure().text()).isEqualTo("three");
    }
}
