package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.pipe.PipeTask.Outcome;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done leaves the pipe in portions. */
@ExtendWith(LeakCheck.class)
class LookingTest {

    private static final int SET_PIPE_SIZE = 1031;
    private static final int ALL = 1 << 20;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final Posix posix = Posix.system();
    private final RecordingListener listener = new RecordingListener();
    private final CountDownLatch timerGoesOn = new CountDownLatch(1);
    private Path fifo;
    private PipeEngine engine;
    private TestTask nobody;
    private PipeReader reader;
    private Looking looking;
    private Worker worker;
    /** Another reading end, which sees how much is in the pipe. */
    private Descriptor other;

    private Descriptor writer;

    @BeforeEach
    void openReader() throws Exception {
        fifo = folder.fifo("fifo");
        engine = engines.start(1);
        nobody = new TestTask(engine, (self, memory) -> Outcome.WAIT);
        Descriptor descriptor =
                new NamedPipe(engine.posix(), fifo, new PipeOptions(false, 0600), listener).openForReading();
        reader = new PipeReader(engine, nobody, ReadingEnd.opened(descriptor), listener);
        worker = engine.memory();
        looking = new Looking(reader, 1 << 16, listener);
        other = ends.reader(fifo);
        writer = ends.writer(fifo);
    }

    @AfterEach
    void closeReader() {
        timerGoesOn.countDown();
        Owner.run(nobody, reader::close);
        worker.close();
    }

    @Test
    void aFullPortionIsTakenByOneRead() throws Exception {
        stallTimer();
        ends.write(writer, 60_000);
        fill();
        int reads = engines.faults().count("read");

        for (int done = 1; done < 16_384; done++) {
            release(done);
        }
        assertThat(unread()).isEqualTo(60_000);
        release(16_384);

        assertThat(unread()).isEqualTo(60_000 - 16_384);
        assertThat(engines.faults().count("read")).isEqualTo(reads + 1);
        release(16_385);
        release(2 * 16_384 - 1);
        assertThat(unread()).isEqualTo(60_000 - 16_384);
        release(2 * 16_384);
        assertThat(unread()).isEqualTo(60_000 - 2 * 16_384);
    }

    @ParameterizedTest
    @CsvSource({"4096, 1024", "8192, 2048", "16384, 4096", "1048576, 16384"})
    void aPortionIsAtMostAQuarterOfThePipe(int capacity, int portion) throws Exception {
        stallTimer();
        posix.setCapacity(other, capacity);
        ends.write(writer, Math.min(capacity, 60_000));
        fill();
        int before = unread();

        release(portion - 1);
        assertThat(unread()).isEqualTo(before);
        release(portion);
        assertThat(unread()).isEqualTo(before - portion);
    }

    @Test
    void aTimerTakesWhatIsDoneWhileTheOwnerIsBusy() throws Exception {
        ends.write(writer, "abcdef");
        fill();
        release(2);
        awaitUnread(4);

        release(3);
        awaitUnread(3);
        assertThat(looking.released()).isEqualTo(3);
        assertThat(looking.position()).isEqualTo(6);
    }

    /** Two reads would leave half a frame in the pipe when the process is killed between them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTimerDoesNotCutWhatTheOwnerIsAboutToTake(boolean timerWaitsFirst) throws Exception {
        CompletableFuture<Thread> timersThread = new CompletableFuture<>();
        Future<?> unused = engine.later(() -> timersThread.complete(Thread.currentThread()), 0);
        Thread timer = timersThread.get();
        FutureTask<Void> releasing = new FutureTask<>(() -> {
            release(20_000);
            return null;
        });
        Thread owner = new Thread(releasing);
        stallTimer();
        ends.write(writer, 60_000);
        fill();
        int reads = engines.faults().count("read");
        release(1);

        PipeReader lock = reader;
        synchronized (lock) {
            if (timerWaitsFirst) {
                timerGoesOn.countDown();
                awaitBlocked(timer);
            }
            owner.start();
            awaitBlocked(owner);
            timerGoesOn.countDown();
            awaitBlocked(timer);
        }
        releasing.get();

        awaitUnread(40_000);
        assertThat(engines.faults().count("read")).isEqualTo(reads + 1);
    }

    /** Otherwise old bytes of the buffer would be delivered. */
    @Test
    void whatTheScratchPipeDoesNotGiveIsLookedAtAgain() throws Exception {
        ends.write(writer, "abc");
        engines.faults().fail("read", Errno.EAGAIN);

        assertThatThrownBy(this::fill).isInstanceOf(IOException.class).hasMessageContaining("0 of 3 bytes");

        assertThat(fill()).isEqualTo("abc");
        assertThat(unread()).isEqualTo(3);
    }

    @Test
    void whenAllThatWasSeenIsDoneItIsTakenAtOnce() throws Exception {
        stallTimer();
        ends.write(writer, "abc");
        fill();
        release(1);
        assertThat(unread()).isEqualTo(3);

        release(3);

        assertThat(unread()).isZero();
    }

    @Test
    void whatIsDoneIsTakenByOneReadWhenThePipeIsLetGo() throws Exception {
        stallTimer();
        ends.write(writer, "abcdef");
        fill();
        release(2);
        release(3);
        int reads = engines.faults().count("read");

        assertThat(takeDone()).isNull();

        assertThat(unread()).isEqualTo(3);
        assertThat(engines.faults().count("read")).isEqualTo(reads + 1);
        assertThat(takeDone()).isNull();
        assertThat(engines.faults().count("read")).isEqualTo(reads + 1);
    }

    @Test
    void whatIsDoneIsTakenBeforeTheNextLook() throws Exception {
        stallTimer();
        ends.write(writer, "abcdef");
        fill();
        release(5);
        ends.write(writer, "g");

        assertThat(fill()).isEqualTo("g");

        assertThat(unread()).isEqualTo(2);
    }

    @Test
    void whatIsDoneIsNotLeft() throws Exception {
        stallTimer();
        ends.write(writer, "abcdef");
        fill();
        release(4);

        assertThat(unread()).isEqualTo(6);
        assertThat(looking.end() - looking.released()).isEqualTo(2);
    }

    /** No event tells of what it writes behind an unfinished frame while it has more to write. */
    @Test
    void aWriterThatHasGotRoomIsWaitedForBriefly() throws Exception {
        ends.write(writer, 5_000);
        fill();
        release(4_990);
        assertThat(takeDone()).isNull();
        engines.faults().before("ioctl", 2, () -> ends.write(writer, "more"));

        assertThat(fill()).isEqualTo("more");
    }

    @Test
    void noWriterIsWaitedForWhenNoneHasGotRoom() throws Exception {
        ends.write(writer, 5_000);
        fill();
        release(1_000);
        assertThat(takeDone()).isNull();
        int asked = engines.faults().count("ioctl");

        assertThat(nextCount(ALL)).isEqualTo(Intake.NOTHING_YET);

        assertThat(engines.faults().count("ioctl")).isEqualTo(asked + 1);
    }

    /** Otherwise it would be taken into memory, and be lost with the process. */
    @Test
    void aFrameFitsIntoThePipeWhenNothingDoneIsInIt() throws Exception {
        stallTimer();
        int all = ends.fill(writer, 4096);
        fill();
        release(5_000);
        assertThat(unread()).isEqualTo(all);

        assertThat(nextCount(ALL)).isEqualTo(Intake.NOTHING_YET);

        assertThat(unread()).isEqualTo(all - 5_000);
    }

    @Test
    void aFrameThatFillsThePipeIsTakenIntoMemoryUnlessItIsBehindAnother() throws Exception {
        posix.setCapacity(other, 4096);
        ends.write(writer, 4096);
        fill();

        assertThat(Owner.get(nobody, () -> looking.fillBehindFrame(worker, ALL)))
                .isEqualTo(Intake.NOTHING_YET);
        assertThat(unread()).isEqualTo(4096);
        assertThat(nextCount(ALL)).isEqualTo(Intake.NOTHING_YET);
        assertThat(unread()).isZero();
        assertThat(looking.position()).isEqualTo(4096);
    }

    @Test
    void aFrameThatDoesNotFitIntoTheScratchPipeIsTakenIntoMemory() throws Exception {
        posix.setCapacity(other, 1 << 18);
        engines.faults()
                .instead("fcntl", call -> call.argument(1).equals(SET_PIPE_SIZE) ? call.fail("EPERM") : call.proceed());
        ends.write(writer, 150_000);

        int seen = nextCount(ALL);
        for (int count = seen; count > 0; seen += count) {
            count = nextCount(ALL);
        }

        assertThat(looking.position()).isEqualTo(150_000);
    }

    @Test
    void nothingLeavesThePipeOnceThatIsForbidden() throws Exception {
        posix.setCapacity(other, 4096);
        ends.write(writer, 4096);
        fill();
        release(10);
        awaitUnread(4086);

        looking.forbidTaking();

        release(20);
        release(4_000);
        assertThat(takeDone()).isNull();
        assertThat(nextCount(ALL)).isEqualTo(Intake.NOTHING_YET);
        await().during(Duration.ofMillis(50)).until(() -> unread() == 4086);
        release(4096);
        assertThat(unread()).isEqualTo(4086);
    }

    @Test
    void afterTheForbiddingAlsoAReadGivesNothing() throws Exception {
        Taking taking = new Taking(reader, 8, false);
        ends.write(writer, "abc");

        taking.forbidTaking();

        assertThat(Owner.<Integer, IOException>get(nobody, () -> taking.fill(worker, 8)))
                .isEqualTo(Intake.NOTHING_YET);
        assertThat(unread()).isEqualTo(3);
    }

    @Test
    void aPortionIsNotTakenFromAClosedPipe() throws Exception {
        ends.write(writer, "abc");
        fill();
        stallTimer();
        release(1);
        Owner.run(nobody, reader::close);
        timerGoesOn.countDown();

        CountDownLatch after = new CountDownLatch(1);
        Future<?> unused = engine.later(after::countDown, 5);
        after.await();
        assertThat(unread()).isEqualTo(3);
    }

    @Test
    void bytesThatSomebodyElseHasTakenAreNotWaitedFor() throws Exception {
        stallTimer();
        ends.write(writer, "abcdef");
        fill();
        assertThat(ends.read(other, 2)).isEqualTo("ab");
        release(3);

        assertThat(takeDone()).isNull();

        // "abcde" is out of the pipe and in the hands of whoever got it
        assertThat(unread()).isEqualTo(1);
        assertThat(looking.released()).isEqualTo(5);
        assertThat(listener.told()).containsExactly("foreign reader");
        ends.write(writer, "g");
        assertThat(fill()).isEqualTo("g");
        release(7);
        assertThat(unread()).isZero();
        assertThat(listener.told()).hasSize(1);
    }

    /** The timer only finds them. */
    @Test
    void theOwnerGivesTheBytesThatATimerFoundInstead() throws Exception {
        ends.write(writer, "abc");
        fill();
        assertThat(ends.read(other, 3)).isEqualTo("abc");
        ends.write(writer, "XYZ");
        release(2);
        awaitUnread(1);
        assertThat(listener.told()).isEmpty();

        assertThat(fill()).isEqualTo("XY");

        assertThat(listener.told()).containsExactly("foreign reader");
        assertThat(fill()).isEqualTo("Z");
        release(looking.position());
        assertThat(unread()).isZero();
    }

    @Test
    void whoLetsThePipeGoGetsTheBytesThatCameOutInstead() throws Exception {
        stallTimer();
        ends.write(writer, "abc");
        fill();
        assertThat(ends.read(other, 3)).isEqualTo("abc");
        ends.write(writer, "XYZ");
        release(2);

        assertThat(text(takeDone())).isEqualTo("XY");
        assertThat(takeDone()).isNull();
        assertThat(fill()).isEqualTo("Z");
    }

    @Test
    void anUnfinishedFrameThatSomebodyElseHasBegunToTakeGoesOn() throws Exception {
        ends.write(writer, "abc");
        fill();
        assertThat(ends.read(other, 2)).isEqualTo("ab");

        assertThat(nextCount(ALL)).isEqualTo(Intake.NOTHING_YET);

        ends.write(writer, "def");
        assertThat(fill()).isEqualTo("def");
        assertThat(listener.told()).containsExactly("foreign reader");
    }

    /** Has the millisecond not come to its end. */
    private void stallTimer() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        Future<?> unused = engine.later(
                () -> {
                    stalled.countDown();
                    try {
                        timerGoesOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                0);
        stalled.await();
    }

    private static void awaitBlocked(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.BLOCKED);
    }

    private String fill() throws IOException {
        int count = nextCount(ALL);
        assertThat(count).isPositive();
        return text(looking.bytes());
    }

    private int nextCount(int limit) throws IOException {
        return Owner.get(nobody, () -> looking.fill(worker, limit));
    }

    private void release(long position) throws IOException {
        Owner.run(nobody, () -> looking.release(position, worker));
    }

    private ByteBuffer takeDone() throws IOException {
        return Owner.get(nobody, () -> looking.takeDone(worker));
    }

    private int unread() throws ErrnoException {
        return posix.available(other);
    }

    private void awaitUnread(int count) {
        await().pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> assertThat(unread()).isEqualTo(count));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
}
