package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriteTimeoutsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String PATH = "/path/of/fifo";

    private final WriterState writer = new WriterState();
    private final WriteTimeouts timeouts = new WriteTimeouts(PATH);

    @Test
    void whileNothingIsBlockedThereIsNoDeadline() {
        assertThat(timeouts.deadline(request(NoReader.WAIT, 1, 1))).isEqualTo(Clock.NEVER);
    }

    @Test
    void withoutAReaderItIsTheArrivalAndTheReadersTime() {
        TestRequest request = request(NoReader.WAIT, 2_000, 5_000);
        timeouts.blocked(Blocked.NO_READER);

        assertThat(timeouts.deadline(request)).isEqualTo(request.arrivalNanos() + 2 * SECOND);
    }

    @Test
    void whoDoesNotWaitForAReaderIsDueOnArrival() {
        TestRequest fail = request(NoReader.FAIL, 2_000, 5_000);
        TestRequest discard = request(NoReader.DISCARD, 2_000, 5_000);
        timeouts.blocked(Blocked.NO_READER);

        assertThat(timeouts.deadline(fail)).isEqualTo(fail.arrivalNanos());
        assertThat(timeouts.deadline(discard)).isEqualTo(discard.arrivalNanos());
    }

    @Test
    void withoutRoomItIsTheArrivalAndTheWritersTimeWhateverThePolicyForReaders() {
        for (NoReader noReader : NoReader.values()) {
            TestRequest request = request(noReader, 2_000, 5_000);
            timeouts.blocked(Blocked.NO_ROOM);
            assertThat(timeouts.deadline(request)).isEqualTo(request.arrivalNanos() + 5 * SECOND);
        }
    }

    @Test
    void zeroMeansForEver() {
        TestRequest request = request(NoReader.WAIT, 0, 0);
        timeouts.blocked(Blocked.NO_ROOM);
        assertThat(timeouts.deadline(request)).isEqualTo(Clock.NEVER);
        timeouts.blocked(Blocked.NO_READER);
        assertThat(timeouts.deadline(request)).isEqualTo(Clock.NEVER);
    }

    @Test
    void aWriterThatStopsEndsForEverForReadersOnly() {
        TestRequest request = request(NoReader.WAIT, 0, 0);
        writer.prepareToStop();
        timeouts.blocked(Blocked.NO_ROOM);
        assertThat(timeouts.deadline(request)).isEqualTo(Clock.NEVER);
        timeouts.blocked(Blocked.NO_READER);
        assertThat(timeouts.deadline(request)).isLessThan(Clock.nanos());
        assertThat(timeouts.expire(request).failure())
                .isInstanceOf(WriterClosedException.class)
                .hasMessageEndingWith(PATH);

        TestRequest limited = request(NoReader.WAIT, 60_000, 0);
        assertThat(timeouts.deadline(limited)).isEqualTo(limited.arrivalNanos() + 60 * SECOND);
    }

    @Test
    void aBegunFrameIsTimedFromTheLastProgressAndWaitsForAReaderInAnyCase() {
        for (NoReader noReader : NoReader.values()) {
            TestRequest request = request(noReader, 2_000, 5_000);
            begin(request);
            timeouts.progressed();
            long progress = Clock.nanos();
            timeouts.blocked(Blocked.NO_READER);
            assertThat(timeouts.deadline(request)).isBetween(progress + SECOND, progress + 2 * SECOND);
            timeouts.progressed();
            timeouts.blocked(Blocked.NO_ROOM);
            assertThat(timeouts.deadline(request)).isBetween(progress + 4 * SECOND, Clock.nanos() + 5 * SECOND);
        }
    }

    @Test
    void timeWithoutAReaderIsNotTimeWithoutRoom() {
        TestRequest request = request(NoReader.WAIT, 60_000, 5_000);
        timeouts.blocked(Blocked.NO_READER);
        long came = Clock.nanos();
        timeouts.blocked(Blocked.NO_ROOM);

        assertThat(timeouts.deadline(request)).isBetween(came + 5 * SECOND, Clock.nanos() + 5 * SECOND);
        assertThat(timeouts.deadline(request)).isGreaterThan(request.arrivalNanos() + 5 * SECOND);
    }

    @Test
    void whatBecomesOfAFrameWhoseTimeIsOver() {
        timeouts.blocked(Blocked.NO_READER);
        assertThat(timeouts.expire(request(NoReader.WAIT, 7, 8)).failure())
                .isInstanceOf(NoReaderException.class)
                .hasMessage("No process has the named pipe open for reading (waited 7 ms): " + PATH);
        assertThat(timeouts.expire(request(NoReader.FAIL, 7, 8)).failure())
                .isInstanceOf(NoReaderException.class)
                .hasMessage("No process has the named pipe open for reading: " + PATH);
        WriteRequest discarded = timeouts.expire(request(NoReader.DISCARD, 7, 8));
        assertThat(discarded.isDiscarded()).isTrue();
        assertThat(discarded.failure()).isNull();

        TestRequest begun = request(NoReader.DISCARD, 7, 8);
        begin(begun);
        assertThat(timeouts.expire(begun).failure())
                .isInstanceOf(NoReaderException.class)
                .hasMessage("No process has the named pipe open for reading (waited 7 ms): " + PATH
                        + " (1 bytes of the message were written)");
        assertThat(begun.isDiscarded()).isFalse();

        timeouts.blocked(Blocked.NO_ROOM);
        assertThat(timeouts.expire(request(NoReader.DISCARD, 7, 8)).failure())
                .isInstanceOf(PipeFullException.class)
                .hasMessage("The named pipe is full and its reader takes nothing (waited 8 ms): " + PATH);
    }

    private TestRequest request(NoReader noReader, long readerMillis, long writeMillis) {
        TestRequest request = new TestRequest("abc", TestRequest.policy(noReader, readerMillis, writeMillis));
        request.comesFrom(writer);
        return request;
    }

    private static void begin(TestRequest request) {
        request.piece().get();
    }
}
