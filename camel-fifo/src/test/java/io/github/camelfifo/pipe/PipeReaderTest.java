package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import io.github.camelfifo.testing.Soon;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader alone, one call after the other: nobody runs its task. */
@ExtendWith(LeakCheck.class)
class PipeReaderTest {

    private static final String END = "<end>";

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final RecordingListener listener = new RecordingListener();
    private Path fifo;
    private IdleTask task;
    private PipeReader reader;

    @BeforeEach
    void openReader() throws Exception {
        fifo = folder.fifo("fifo");
        PipeEngine engine = engines.start(1);
        task = new IdleTask(engine);
        reader = new PipeReader(
                engine,
                task,
                ReadingEnd.opened(
                        new NamedPipe(engine.posix(), fifo, new PipeOptions(false, 0600), listener).openForReading()),
                listener);
    }

    @AfterEach
    void closeReader() {
        Owner.run(task, reader::close);
    }

    @Test
    void withoutAWriterThereIsNothingYetAndNoEndOfASession() throws Exception {
        assertThat(next()).isEmpty();
        assertThat(next()).isEmpty();
        assertThat(reader.hasSeenWriter()).isFalse();
    }

    @Test
    void aWriterThatHasNotWrittenYetIsSeen() throws Exception {
        ends.writer(fifo);

        assertThat(next()).isEmpty();
        assertThat(reader.hasSeenWriter()).isTrue();
    }

    @Test
    void theEndOfASessionIsToldOnce() throws Exception {
        ends.writeAndClose(fifo, "abc");

        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        assertThat(next()).isEmpty();
        assertThat(next()).isEmpty();
        assertThat(reader.hasSeenWriter()).isFalse();
    }

    @Test
    void bytesOfAWriterThatWasGoneBeforeAnybodyLookedAreRead() throws Exception {
        ends.writeAndClose(fifo, "abc");
        ends.writeAndClose(fifo, "def");

        assertThat(next()).isEqualTo("abcdef");
        assertThat(next()).isEqualTo(END);
    }

    @Test
    void aWriterThatLeavesWithoutAByteMakesASessionOnceAnEventHasToldOfIt() throws Exception {
        assertThat(next()).isEmpty();
        Owner.run(task, reader::arm);
        ends.writer(fifo).close();
        task.awaitRuns(1);

        assertThat(next()).isEqualTo(END);
        assertThat(next()).isEmpty();
    }

    @Test
    void sessionAfterSessionIsKeptApart() throws Exception {
        for (int i = 0; i < 1000; i++) {
            ends.writeAndClose(fifo, "session " + i);
            assertThat(next()).isEqualTo("session " + i);
            assertThat(next()).isEqualTo(END);
        }
        assertThat(LeakCheck.openDescriptors().stream().filter(each -> each.equals(fifo.toString())))
                .hasSize(1);
    }

    @Test
    void aWriterThatStaysKeepsTheSessionOpen() throws Exception {
        Descriptor writer = ends.writer(fifo);
        ends.write(writer, "abc");
        ends.writeAndClose(fifo, "def");

        assertThat(next()).isEqualTo("abcdef");
        assertThat(next()).isEmpty();
        ends.write(writer, "ghi");
        assertThat(next()).isEqualTo("ghi");
        writer.close();
        assertThat(next()).isEqualTo(END);
    }

    // A writer between the end of a session and the reopening

    @ParameterizedTest
    @ValueSource(strings = {"open", "ioctl", "epoll_ctl", "close"})
    void aWriterThatComesAndGoesWhileTheReaderReopensIsASessionOfItsOwn(String call) throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        // so that there is something to be taken out of the epoll set
        Owner.run(task, reader::arm);
        engines.faults().before(call, 1, () -> ends.writeAndClose(fifo, "def"));

        List<String> seen = new ArrayList<>();
        collect(seen, 10);
        ends.writeAndClose(fifo, "ghi");
        collect(seen, 10);

        assertThat(seen).containsExactly("def", END, "ghi", END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "ioctl", "epoll_ctl", "close"})
    void aWriterThatComesAndStaysWhileTheReaderReopensIsASessionOfItsOwn(String call) throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        Owner.run(task, reader::arm);
        engines.faults().before(call, 1, () -> ends.write(ends.writer(fifo), "def"));

        List<String> seen = new ArrayList<>();
        collect(seen, 3);
        assertThat(seen).containsExactly("def");
        assertThat(next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "ioctl", "epoll_ctl", "close"})
    void aWriterThatComesAndGoesWithoutAByteWhileTheReaderReopensDoesNotHideTheNextOne(String call) throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        Owner.run(task, reader::arm);
        engines.faults().before(call, 1, () -> ends.writer(fifo).close());
        List<String> seen = new ArrayList<>();
        collect(seen, 3);

        int runs = task.runs();
        Owner.run(task, reader::arm);
        ends.writeAndClose(fifo, "def");
        task.awaitRuns(runs + 1);
        collect(seen, 10);

        // the one without a byte may be a session or not: where it was between two descriptors, nobody saw it
        assertThat(seen).endsWith("def", END);
        assertThat(seen.subList(0, seen.size() - 2)).isSubsetOf(END);
    }

    @Test
    void theReaderGoesOnWithTheSameInodeWhateverIsAtThePathByThen() throws Exception {
        Descriptor old = ends.writer(fifo);
        Files.delete(fifo);
        folder.fifo("fifo");
        ends.write(old, "abc");
        Descriptor again = ends.closedLater(engines.faults().posix().reopenForWriting(old));
        old.close();
        again.close();
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        assertThat(next()).isEmpty();

        Descriptor third = ends.closedLater(engines.faults().posix().reopenForWriting(reader.descriptor()));
        ends.write(third, "def");

        assertThat(next()).isEqualTo("def");
    }

    // Faults

    @Test
    void whileNoDescriptorCanBeHadTheOldOneGoesOnAndNothingIsLost() throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        engines.faults().failAll("open", Errno.EMFILE);

        for (int i = 0; i < 3; i++) {
            assertThat(next()).isEmpty();
        }
        ends.writeAndClose(fifo, "def");
        assertThat(next()).isEqualTo("def");
        assertThat(next()).isEqualTo(END);
        assertThat(next()).isEmpty();
        assertThat(listener.told()).containsExactly("not reopened: open failed: Too many open files (EMFILE): " + fifo);

        engines.faults().clear();
        awaitReopening();
        assertThat(listener.told()).hasSize(2);
        ends.writeAndClose(fifo, "ghi");
        assertThat(next()).isEqualTo("ghi");
        assertThat(next()).isEqualTo(END);
    }

    @Test
    void aWriterThatComesAndGoesWithoutAByteWhileNoDescriptorCanBeHadMakesNoSession() throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        engines.faults().failAll("open", Errno.EMFILE);
        assertThat(next()).isEmpty();

        ends.writer(fifo).close();

        assertThat(next()).isEmpty();
    }

    @Test
    void theOldDescriptorIsQuietAndWakesForTheNextWriter() throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        engines.faults().failAll("open", Errno.EMFILE);
        assertThat(next()).isEmpty();
        long start = System.nanoTime();
        Owner.run(task, reader::arm);
        // what lasts already, the end of the last session, is reported once
        task.awaitRuns(1);

        for (int i = 0; i < 100; i++) {
            assertThat(next()).isEmpty();
            Owner.run(task, reader::arm);
        }
        int runs = task.runs();
        // beyond that it runs once a second, to try again
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertThat(runs).isLessThanOrEqualTo((int) (1 + seconds));

        ends.writeAndClose(fifo, "def");
        task.awaitRuns(runs + 1);
        assertThat(next()).isEqualTo("def");
        assertThat(next()).isEqualTo(END);
    }

    @Test
    void aWriterThatComesWhileNoDescriptorCanBeHadIsNoFailure() throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        engines.faults().failAll("open", Errno.ENFILE);
        Descriptor writer = ends.writer(fifo);

        assertThat(next()).isEmpty();
        assertThat(reader.hasSeenWriter()).isTrue();
        ends.write(writer, "def");
        assertThat(next()).isEqualTo("def");
        writer.close();
        assertThat(next()).isEqualTo(END);
    }

    @Test
    void aFailureToAskTheNewDescriptorLeavesNothingOpenAndNothingLost() throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        engines.faults().instead("ioctl", call -> call.fail("EIO"));

        assertThat(next()).isEmpty();
        assertThat(listener.told())
                .containsExactly("not reopened: ioctl(FIONREAD) failed: Input/output error (EIO): " + fifo);

        engines.faults().clear();
        ends.writeAndClose(fifo, "def");
        assertThat(next()).isEqualTo("def");
        assertThat(next()).isEqualTo(END);
        awaitReopening();
        assertThat(LeakCheck.openDescriptors().stream().filter(each -> each.equals(fifo.toString())))
                .hasSize(1);
    }

    @Test
    void aFailedReadIsAnExceptionAndTheNextOneGoesOn() throws Exception {
        ends.write(ends.writer(fifo), "abc");
        engines.faults().instead("read", call -> call.number() == 1 ? call.fail("EIO") : call.proceed());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::next)
                .withMessage("read failed: Input/output error (EIO): " + fifo);
        assertThat(next()).isEqualTo("abc");
    }

    @Test
    void anInterruptedReadIsNotNoticed() throws Exception {
        ends.write(ends.writer(fifo), "abc");
        engines.faults().fail("read", Errno.EINTR);

        assertThat(next()).isEqualTo("abc");
    }

    @Test
    void aReadThatWouldBlockIsNothingYetAndCanBeArmed() throws Exception {
        ends.write(ends.writer(fifo), "abc");
        engines.faults().fail("read", Errno.EAGAIN);

        assertThat(next()).isEmpty();
        Owner.run(task, reader::arm);
        task.awaitRuns(1);
        assertThat(next()).isEqualTo("abc");
    }

    @Test
    void shortReadsGiveTheSameBytes() throws Exception {
        engines.faults().shorten("read", 1);
        ends.writeAndClose(fifo, "abc");

        List<String> seen = new ArrayList<>();
        collect(seen, 10);

        assertThat(seen).containsExactly("a", "b", "c", END);
    }

    @Test
    void aKernelThatWatchesNoMoreIsAnException() throws Exception {
        engines.faults().instead("epoll_ctl", call -> call.number() == 1 ? call.fail("ENOSPC") : call.proceed());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Owner.run(task, reader::arm))
                .withMessage("epoll_ctl failed: No space left on device (ENOSPC): " + fifo);

        Owner.run(task, reader::arm);
        ends.writeAndClose(fifo, "abc");
        task.awaitRuns(1);
        assertThat(next()).isEqualTo("abc");
    }

    // Events

    @Test
    void noEventComesWithoutAWriter() throws Exception {
        assertThat(next()).isEmpty();
        Owner.run(task, reader::arm);

        // a second pipe of the same engine, to know that an event would have come by now
        Path other = folder.fifo("other");
        IdleTask second = new IdleTask(task.itsEngine());
        PipeReader otherReader = new PipeReader(
                task.itsEngine(),
                second,
                ReadingEnd.opened(new NamedPipe(engines.faults().posix(), other, new PipeOptions(false, 0), listener)
                        .openForReading()),
                listener);
        Owner.run(second, otherReader::arm);
        ends.writeAndClose(other, "x");
        second.awaitRuns(1);
        Owner.run(second, otherReader::close);

        assertThat(task.runs()).isZero();
    }

    @Test
    void noEventComesAfterASessionHasEnded() throws Exception {
        ends.writeAndClose(fifo, "abc");
        List<String> seen = new ArrayList<>();
        collect(seen, 10);
        assertThat(seen).containsExactly("abc", END);

        Owner.run(task, reader::arm);
        ends.writeAndClose(fifo, "def");
        task.awaitRuns(1);
        assertThat(task.runs()).isEqualTo(1);
        assertThat(next()).isEqualTo("def");
    }

    // From reader to reader

    @Test
    void theNextReaderDoesNotTellTheSameEndAgain() throws Exception {
        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
        assertThat(next()).isEqualTo(END);
        giveAway();

        assertThat(next()).isEmpty();
        ends.writeAndClose(fifo, "def");
        assertThat(next()).isEqualTo("def");
        assertThat(next()).isEqualTo(END);
    }

    @Test
    void theNextReaderTellsTheEndThatCameBetween() throws Exception {
        Descriptor writer = ends.writer(fifo);
        ends.write(writer, "abc");
        assertThat(next()).isEqualTo("abc");
        PipeReader before = reader;
        giveAway();
        writer.close();

        assertThat(next()).isEqualTo(END);
        assertThat(before.end()).as("of the earlier reader").isEqualTo(3);
    }

    @Test
    void theNextReaderKnowsAWriterThatHasNotWritten() throws Exception {
        Descriptor writer = ends.writer(fifo);
        assertThat(next()).isEmpty();
        giveAway();
        writer.close();

        assertThat(next()).isEqualTo(END);
    }

    @Test
    void whoHasGivenThePipeAwayDoesNotCloseIt() throws Exception {
        PipeReader before = reader;
        giveAway();
        Owner.run(task, before::close);

        ends.writeAndClose(fifo, "abc");
        assertThat(next()).isEqualTo("abc");
    }

    private void giveAway() {
        ReadingEnd end = Owner.get(task, reader::giveAway);
        reader = new PipeReader(task.itsEngine(), task, end, listener);
    }

    // Position

    @Test
    void positionCountsWhatWasReadAndEndWhatIsThere() throws Exception {
        assertThat(reader.position()).isZero();
        assertThat(reader.end()).isZero();

        Descriptor writer = ends.writer(fifo);
        ends.write(writer, 6000);
        assertThat(reader.end()).isEqualTo(6000);
        assertThat(next()).hasSize(4096);
        assertThat(reader.position()).isEqualTo(4096);
        assertThat(reader.end()).isEqualTo(6000);
        assertThat(next()).hasSize(1904);
        writer.close();
        assertThat(next()).isEqualTo(END);
        assertThat(next()).isEmpty();
        assertThat(reader.position()).isEqualTo(6000);
        assertThat(reader.end()).isEqualTo(6000);
    }

    @Test
    void endIsThePositionOnceTheReaderIsClosed() throws Exception {
        ends.write(ends.writer(fifo), 100);
        Owner.run(task, reader::close);

        assertThat(reader.end()).isEqualTo(reader.position()).isZero();
    }

    @Test
    void endNeverGoesBackAndNeverRunsAheadWhileOthersReadWriteAndClose() throws Exception {
        int sessions = 500;
        long bytes = 7L * sessions;
        AtomicBoolean done = new AtomicBoolean();

        Crowd.run(3, number -> {
            switch (number) {
                case 0 -> {
                    for (int i = 0; i < sessions; i++) {
                        ends.writeAndClose(fifo, "a line\n");
                        while (i % 3 == 0 && reader.position() < reader.end()) {
                            Soon.letOthersRun();
                        }
                    }
                }
                case 1 -> {
                    while (reader.position() < bytes) {
                        next();
                    }
                    done.set(true);
                }
                default -> {
                    long last = 0;
                    while (!done.get()) {
                        long now = reader.end();
                        assertThat(now).isBetween(last, bytes);
                        last = now;
                    }
                }
            }
        });

        assertThat(reader.position()).isEqualTo(bytes);
    }

    /** What one read gives. */
    private String next() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        int count = Owner.get(task, () -> reader.read(buffer));
        return count == Intake.END_OF_SESSION
                ? END
                : StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
    }

    private void awaitReopening() {
        await().pollInSameThread().untilAsserted(() -> {
            assertThat(next()).isEmpty();
            assertThat(listener.told()).last().isEqualTo("reopened");
        });
    }

    /** What so many reads give, without those that gave nothing yet. */
    private void collect(List<String> seen, int reads) throws IOException {
        for (int i = 0; i < reads; i++) {
            String each = next();
            if (!each.isEmpty()) {
                seen.add(each);
            }
        }
    }

    /** Does nothing, and counts how often. */
    private static final class IdleTask extends PipeTask {

        private volatile int runs;

        IdleTask(PipeEngine engine) {
            super(engine);
        }

        PipeEngine itsEngine() {
            return engine();
        }

        int runs() {
            return runs;
        }

        void awaitRuns(int count) {
            await().pollInSameThread().until(() -> runs >= count);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
        protected Outcome work(Worker worker) {
            runs++;
            return Outcome.WAIT;
        }

        @Override
        protected void release() {}
    }
}
