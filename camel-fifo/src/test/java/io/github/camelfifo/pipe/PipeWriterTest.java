package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class PipeWriterTest {

    private static final int LARGE = 200_000;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final RecordingListener listener = new RecordingListener();
    private final List<PipeWriter> open = new ArrayList<>();
    private Path fifo;
    private PathWatch watch;
    private PipeUses uses;
    private PipeWriters writers;
    private PipeWriter writer;

    @BeforeEach
    void openWriter() throws Exception {
        fifo = folder.fifo("fifo");
        PipeEngine engine = engines.start(4);
        watch = new PathWatch(engine);
        uses = new PipeUses();
        writers = new PipeWriters(engine, listener, uses, watch);
        writer = another();
    }

    @AfterEach
    void closeWriters() {
        engines.faults().clear();
        open.forEach(PipeWriter::close);
        watch.close();
    }

    // A reader is there

    @Test
    void aFrameThatFitsIsWrittenAtOnceInTheCallersThread() throws Exception {
        Descriptor reader = ends.reader(fifo);
        AtomicReference<Thread> writing = new AtomicReference<>();
        engines.faults().before("write", 1, () -> writing.set(Thread.currentThread()));
        TestRequest request = new TestRequest("abc");

        assertThat(request.sendTo(writer)).isTrue();

        assertThat(ends.read(reader)).isEqualTo("abc");
        assertThat(writing).hasValue(Thread.currentThread());
        assertThat(request.failure()).isNull();
        assertThat(request.isDiscarded()).isFalse();
        assertThat(request.bytesWritten()).isEqualTo(3);
        assertThat(request.completions()).isEqualTo(1);
        assertThat(listener.told()).isEmpty();
    }

    @Test
    void everyFrameUpToPipeBufIsASingleWrite() throws Exception {
        ends.reader(fifo);
        int before = engines.faults().count("write");

        new TestRequest("x".repeat(4096)).sendTo(writer);
        new TestRequest("y").sendTo(writer);

        assertThat(engines.faults().count("write")).isEqualTo(before + 2);
    }

    @Test
    void nothingIsOpenedBeforeTheFirstFrame() throws Exception {
        ends.reader(fifo);
        int before = descriptorsOfFifo();

        new TestRequest("abc").sendTo(writer);
        assertThat(descriptorsOfFifo()).isEqualTo(before + 1);
        new TestRequest("def").sendTo(writer);
        assertThat(descriptorsOfFifo()).isEqualTo(before + 1);
    }

    @Test
    void anEmptyFrameIsDoneAtOnce() throws Exception {
        Descriptor reader = ends.reader(fifo);
        TestRequest request = new TestRequest("");

        assertThat(request.sendTo(writer)).isTrue();
        assertThat(request.failure()).isNull();
        assertThat(ends.read(reader)).isEmpty();
    }

    @Test
    void aFrameLargerThanThePipeIsWrittenAsTheReaderTakesIt() throws Exception {
        Descriptor reader = ends.reader(fifo);
        TestRequest request = new TestRequest("x".repeat(LARGE));

        assertThat(request.sendTo(writer)).isFalse();
        assertThat(request.isDone()).isFalse();
        String read = readWhole(reader, LARGE);

        await().until(request::isDone);
        assertThat(read).isEqualTo("x".repeat(LARGE));
        assertThat(request.failure()).isNull();
        assertThat(request.bytesWritten()).isEqualTo(LARGE);
        assertThat(request.completedBy().getName()).startsWith("fifo test");
    }

    @Test
    void aProcessReadsWhatIsWritten() throws Exception {
        try (ShellProcess cat = ShellProcess.sh("cat \"$1\"", fifo)) {
            TestRequest request = new TestRequest("hello\n");
            request.sendTo(writer);
            await().until(request::isDone);
            writer.close();
            assertThat(cat.await()).isEqualTo("hello\n");
        }
    }

    // Nobody reads

    @Test
    void aFrameWaitsForALateReaderWithoutAThread() throws Exception {
        TestRequest request = new TestRequest("abc");

        assertThat(request.sendTo(writer)).isFalse();
        await().untilAsserted(() -> assertThat(listener.told()).containsExactly("no reader"));
        assertThat(request.isDone()).isFalse();
        Descriptor reader = ends.reader(fifo);

        await().until(request::isDone);
        assertThat(request.failure()).isNull();
        assertThat(ends.read(reader)).isEqualTo("abc");
        assertThat(listener.told()).first().isEqualTo("no reader");
        assertThat(request.completions()).isEqualTo(1);
    }

    @Test
    void aReaderThatIsWaitedForIsLookedForInPausesAndNotInALoop() throws Exception {
        new TestRequest("abc").sendTo(writer);
        await().during(Duration.ofMillis(200)).until(() -> true);
        long begin = System.nanoTime();
        int opens = engines.faults().count("open");

        await().during(Duration.ofMillis(400)).until(() -> true);
        await().until(() -> engines.faults().count("open") >= opens + 2);
        int more = engines.faults().count("open") - opens;

        // two opens a look, a look each 10 ms
        long looks = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 10 + 2;
        assertThat(more).isLessThanOrEqualTo((int) (2 * looks));
    }

    @Test
    void aFrameFailsWhenNoReaderHasComeInTime() throws Exception {
        long start = System.nanoTime();
        TestRequest request = new TestRequest("abc", TestRequest.waiting(100, 60_000));

        assertThat(request.sendTo(writer)).isFalse();
        await().until(request::isDone);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(request.failure())
                .isInstanceOf(NoReaderException.class)
                .hasMessage("No process has the named pipe open for reading (waited 100 ms): " + fifo);
        assertThat(((NoReaderException) request.failure()).getPath()).isEqualTo(fifo.toString());
        assertThat(((NoReaderException) request.failure()).getBytesWritten()).isZero();
        assertThat(request.completions()).isEqualTo(1);
        assertThat(ends.read(ends.reader(fifo))).isEmpty();
    }

    @Test
    void eachFrameHasItsOwnTime() throws Exception {
        TestRequest patient = new TestRequest("patient");
        patient.sendTo(writer);
        long start = System.nanoTime();
        TestRequest second = new TestRequest("second", TestRequest.waiting(1_500, 60_000));
        second.sendTo(writer);
        TestRequest first = new TestRequest("first", TestRequest.waiting(50, 60_000));
        first.sendTo(writer);

        await().until(first::isDone);
        boolean secondIsDone = second.isDone();
        boolean isInTime = System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(1_500);
        assertThat(secondIsDone && isInTime).isFalse();
        await().until(second::isDone);
        assertThat(patient.isDone()).isFalse();
        assertThat(first.failure()).hasMessageContaining("(waited 50 ms)");
        assertThat(second.failure()).hasMessageContaining("(waited 1500 ms)");

        Descriptor reader = ends.reader(fifo);
        await().until(patient::isDone);
        assertThat(ends.read(reader)).isEqualTo("patient");
    }

    @Test
    void aFrameThatDoesNotWaitFailsAtOnceInTheCallersThread() {
        TestRequest request = new TestRequest("abc", TestRequest.impatient(NoReader.FAIL));

        assertThat(request.sendTo(writer)).isTrue();

        assertThat(request.failure())
                .isInstanceOf(NoReaderException.class)
                .hasMessage("No process has the named pipe open for reading: " + fifo);
        assertThat(request.isDiscarded()).isFalse();
    }

    @Test
    void aFrameThatMayBeDiscardedIsDiscardedAtOnceInTheCallersThread() throws Exception {
        TestRequest request = new TestRequest("abc", TestRequest.impatient(NoReader.DISCARD));

        assertThat(request.sendTo(writer)).isTrue();

        assertThat(request.failure()).isNull();
        assertThat(request.isDiscarded()).isTrue();
        assertThat(request.bytesWritten()).isZero();
        assertThat(ends.read(ends.reader(fifo))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WAIT")
    void aFrameThatDoesNotWaitIsDoneAtOnceAlsoBehindOthersThatDo(NoReader noReader) throws Exception {
        List<TestRequest> waiting = sendAll(writer, 5);
        await().untilAsserted(() -> assertThat(listener.told()).containsExactly("no reader"));
        TestRequest request = new TestRequest("impatient", TestRequest.impatient(noReader));

        request.sendTo(writer);

        await().until(request::isDone);
        assertThat(request.isDiscarded()).isEqualTo(noReader == NoReader.DISCARD);
        assertThat(request.failure() instanceof NoReaderException).isEqualTo(noReader == NoReader.FAIL);
        assertThat(waiting).noneMatch(TestRequest::isDone);

        Descriptor reader = ends.reader(fifo);
        await().until(() -> waiting.stream().allMatch(TestRequest::isDone));
        assertThat(ends.read(reader)).isEqualTo("01234");
    }

    @Test
    void theMissingReaderIsToldOnceForManyFramesAndSoIsItsCome() throws Exception {
        List<TestRequest> waiting = sendAll(writer, 50);
        await().untilAsserted(() -> assertThat(listener.told()).containsExactly("no reader"));

        ends.reader(fifo);
        await().until(() -> waiting.stream().allMatch(TestRequest::isDone));

        assertThat(listener.told()).containsExactly("no reader", "reader came");
    }

    @Test
    void whoWaitsForEverWaitsOnlyUntilTheWriterPreparesToStop() throws Exception {
        TestRequest endless = new TestRequest("endless", TestRequest.waiting(0, 0));
        TestRequest limited = new TestRequest("limited");
        endless.sendTo(writer);
        limited.sendTo(writer);
        await().during(Duration.ofMillis(100)).until(() -> !endless.isDone());

        writer.prepareToStop();

        await().until(endless::isDone);
        assertThat(endless.failure())
                .isInstanceOf(WriterClosedException.class)
                .hasMessage("Stopped before the message was written to the named pipe: " + fifo);
        assertThat(limited.isDone()).isFalse();
        TestRequest late = new TestRequest("late", TestRequest.waiting(0, 0));
        late.sendTo(writer);
        await().until(late::isDone);
        assertThat(late.failure()).isInstanceOf(WriterClosedException.class);
        // with a reader nothing waits
        Descriptor reader = ends.reader(fifo);
        await().until(limited::isDone);
        TestRequest free = new TestRequest("!", TestRequest.waiting(0, 0));
        free.sendTo(writer);
        await().until(free::isDone);
        assertThat(ends.read(reader)).isEqualTo("limited!");
    }

    @Test
    void allWritersCanBePreparedAtOnce() throws Exception {
        folder.fifo("other");
        PipeWriter other = another("other");
        TestRequest first = new TestRequest("a", TestRequest.waiting(0, 0));
        TestRequest second = new TestRequest("b", TestRequest.waiting(0, 0));
        first.sendTo(writer);
        second.sendTo(other);

        writers.prepareToStop();

        await().until(() -> first.isDone() && second.isDone());
        assertThat(first.failure()).isInstanceOf(WriterClosedException.class);
        assertThat(second.failure()).isInstanceOf(WriterClosedException.class);
    }

    // The reader is stuck

    @Test
    void aFrameFailsWhenThePipeStaysFullAndNothingOfItIsInTheStream() throws Exception {
        Descriptor reader = ends.reader(fifo);
        int filled = fillThePipe();
        long start = System.nanoTime();
        TestRequest request = new TestRequest("abc", TestRequest.waiting(60_000, 100));

        request.sendTo(writer);
        await().until(request::isDone);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(request.failure())
                .isInstanceOf(PipeFullException.class)
                .hasMessage("The named pipe is full and its reader takes nothing (waited 100 ms): " + fifo);
        assertThat(((PipeFullException) request.failure()).getBytesWritten()).isZero();
        assertThat(readWhole(reader, filled)).hasSize(filled).doesNotContain("abc");
        sendWhole(writer, "def");
        assertThat(ends.read(reader)).isEqualTo("def");
    }

    @Test
    void aLargeFrameSaysHowMuchHadGoneAndItsRestComesBeforeTheNextFrame() throws Exception {
        Descriptor reader = ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE), TestRequest.waiting(60_000, 100));
        TestRequest next = new TestRequest("next");
        large.sendTo(writer);
        next.sendTo(writer);

        await().until(large::isDone);
        long written = large.bytesWritten();
        assertThat(written).isBetween(1L, LARGE - 1L);
        assertThat(large.failure())
                .isInstanceOf(PipeFullException.class)
                .hasMessage("The named pipe is full and its reader takes nothing (waited 100 ms): " + fifo + " ("
                        + written + " bytes of the message were written)");
        assertThat(((PipeFullException) large.failure()).getBytesWritten()).isEqualTo(written);
        assertThat(next.isDone()).isFalse();

        assertThat(readWhole(reader, LARGE + 4)).isEqualTo("x".repeat(LARGE) + "next");
        await().until(next::isDone);
        assertThat(next.failure()).isNull();
        assertThat(large.completions()).isEqualTo(1);
        assertThat(listener.told()).isEmpty();
    }

    @Test
    void theRestOfAFailedFrameIsWrittenAlsoWhenNoFrameFollows() throws Exception {
        Descriptor reader = ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE), TestRequest.waiting(60_000, 50));
        large.sendTo(writer);
        await().until(large::isDone);

        assertThat(readWhole(reader, LARGE)).isEqualTo("x".repeat(LARGE));

        sendWhole(writer, "next");
        assertThat(ends.read(reader)).isEqualTo("next");
    }

    @Test
    void aSlowReaderIsNoStuckOne() throws Exception {
        Descriptor reader = ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE), TestRequest.waiting(60_000, 2_000));
        long start = System.nanoTime();
        large.sendTo(writer);

        int read = 0;
        while (!large.isDone()) {
            read += ends.read(reader, 8_192).length();
            await().during(Duration.ofMillis(150)).until(() -> true);
        }

        assertThat(large.failure()).isNull();
        // until all was written, not until all was read
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2_000));
        assertThat(readWhole(reader, LARGE - read)).hasSize(LARGE - read);
    }

    @Test
    void whoWaitsForRoomForEverIsNotGivenUp() throws Exception {
        Descriptor reader = ends.reader(fifo);
        int filled = fillThePipe();
        TestRequest request = new TestRequest("abc", TestRequest.waiting(1, 0));
        request.sendTo(writer);

        await().during(Duration.ofMillis(200)).until(() -> !request.isDone());

        readWhole(reader, filled);
        await().until(request::isDone);
        assertThat(request.failure()).isNull();
    }

    @Test
    void timeSpentWaitingForAReaderIsNotTimeSpentWaitingForRoom() throws Exception {
        TestRequest large = new TestRequest("x".repeat(LARGE));
        TestRequest behind = new TestRequest("behind", TestRequest.waiting(60_000, 2_000));
        large.sendTo(writer);
        behind.sendTo(writer);
        await().during(Duration.ofMillis(2_100)).until(() -> !behind.isDone());

        Descriptor reader = ends.reader(fifo);
        await().until(() -> engines.faults().posix().available(reader) > 0);
        assertThat(readWhole(reader, LARGE + 6)).endsWith("xbehind");

        await().until(behind::isDone);
        assertThat(behind.failure()).isNull();
    }

    // The reader goes

    @Test
    void whatAReaderLeavesUnreadIsThereForTheNextOne() throws Exception {
        Descriptor first = ends.reader(fifo);
        new TestRequest("abc").sendTo(writer);
        new TestRequest("def").sendTo(writer);
        assertThat(ends.read(first, 2)).isEqualTo("ab");
        first.close();

        assertThat(ends.read(ends.reader(fifo))).isEqualTo("cdef");
    }

    @Test
    void aFrameWaitsForTheNextReaderAndFollowsWhatTheOldOneLeft() throws Exception {
        Descriptor first = ends.reader(fifo);
        new TestRequest("abc").sendTo(writer);
        first.close();
        TestRequest request = new TestRequest("def");

        assertThat(request.sendTo(writer)).isFalse();
        await().untilAsserted(() -> assertThat(listener.told()).containsExactly("reader gone"));
        Descriptor second = ends.reader(fifo);

        await().until(request::isDone);
        assertThat(ends.read(second)).isEqualTo("abcdef");
        assertThat(listener.told()).containsExactly("reader gone", "reader came");
    }

    @ParameterizedTest
    @EnumSource
    void whoHasWaitedForRoomIsTreatedAsWithoutAReaderWhenTheReaderGoes(NoReader noReader) throws Exception {
        Descriptor reader = ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE));
        large.sendTo(writer);
        TestRequest behind = new TestRequest("behind", TestRequest.policy(noReader, 1, 60_000));
        behind.sendTo(writer);
        await().during(Duration.ofMillis(50)).until(() -> !behind.isDone());

        reader.close();

        await().atMost(Duration.ofSeconds(5)).until(behind::isDone);
        assertThat(behind.isDiscarded()).isEqualTo(noReader == NoReader.DISCARD);
        assertThat(behind.failure() instanceof NoReaderException).isEqualTo(noReader != NoReader.DISCARD);
        assertThat(large.isDone()).isFalse();
    }

    @Test
    void aReaderThatGoesInTheMiddleOfAFrameAndComesBackGetsTheRest() throws Exception {
        Descriptor first = ends.reader(fifo);
        String frame = IntStream.range(0, LARGE / 8)
                .mapToObj("%07d\n"::formatted)
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();
        TestRequest large = new TestRequest(frame);
        large.sendTo(writer);
        String head = readWhole(first, 100_000);
        first.close();
        await().untilAsserted(() -> assertThat(listener.told()).containsExactly("reader gone"));
        assertThat(large.isDone()).isFalse();

        Descriptor second = ends.reader(fifo);
        String tail = readWhole(second, frame.length() - head.length());

        await().until(large::isDone);
        assertThat(large.failure()).isNull();
        assertThat(head + tail).isEqualTo(frame);
        assertThat(listener.told()).containsExactly("reader gone", "reader came");
    }

    @ParameterizedTest
    @EnumSource
    void aBegunFrameWaitsForTheNextReaderWhateverItsPolicyAndThenFails(NoReader noReader) throws Exception {
        Descriptor first = ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE), TestRequest.policy(noReader, 150, 60_000));
        long start = System.nanoTime();
        large.sendTo(writer);
        first.close();

        await().until(large::isDone);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(150));
        assertThat(large.isDiscarded()).isFalse();
        assertThat(large.failure())
                .isInstanceOf(NoReaderException.class)
                .hasMessage("No process has the named pipe open for reading (waited 150 ms): " + fifo + " ("
                        + large.bytesWritten() + " bytes of the message were written)");
        TestRequest next = new TestRequest("next");
        next.sendTo(writer);
        Descriptor second = ends.reader(fifo);
        assertThat(readWhole(second, LARGE + 4)).isEqualTo("x".repeat(LARGE) + "next");
        await().until(next::isDone);
    }

    @Test
    void readersThatComeAndGoGetEveryByteOnce() throws Exception {
        int frames = 500;
        StringBuilder read = new StringBuilder();
        AtomicInteger done = new AtomicInteger();
        Random random = new Random(5);

        Crowd.run(2, number -> {
            if (number == 0) {
                for (int i = 0; i < frames; i++) {
                    TestRequest request = new TestRequest(i + "-" + "x".repeat(i * 37 % 9000) + "\n");
                    request.whenCompleted(done::incrementAndGet);
                    if (request.sendTo(writer)) {
                        done.incrementAndGet();
                    }
                }
                return;
            }
            while (done.get() < frames) {
                try (Descriptor reader = ends.reader(fifo)) {
                    for (int i = random.nextInt(20); i >= 0; i--) {
                        read.append(ends.read(reader, 1 + random.nextInt(20_000)));
                    }
                }
            }
        });
        read.append(ends.read(ends.reader(fifo)));

        assertThat(read.toString().lines()).hasSize(frames).allSatisfy(line -> {
            int number = Integer.parseInt(line.substring(0, line.indexOf('-')));
            assertThat(line).isEqualTo(number + "-" + "x".repeat(number * 37 % 9000));
        });
        assertThat(read.toString().lines().map(line -> line.substring(0, line.indexOf('-'))))
                .containsExactlyElementsOf(
                        IntStream.range(0, frames).mapToObj(Integer::toString).toList());
    }

    // Order

    @Test
    void framesOfManyThreadsAreWholeAndThoseOfEachThreadInOrder() throws Exception {
        int threads = 8;
        int frames = 40;
        int size = 100_000;
        List<String> lines = new ArrayList<>();
        ConcurrentLinkedQueue<TestRequest> requests = new ConcurrentLinkedQueue<>();
        Descriptor reader = ends.reader(fifo);

        Crowd.run(threads + 1, number -> {
            if (number == threads) {
                StringBuilder all = new StringBuilder();
                while (all.length() < threads * frames * size) {
                    all.append(ends.read(reader, 1 << 16));
                }
                all.toString().lines().forEach(lines::add);
                return;
            }
            for (int i = 0; i < frames; i++) {
                String head = number + "-" + i + "-";
                char filler = (char) ('a' + number);
                TestRequest request =
                        new TestRequest(head + Character.toString(filler).repeat(size - 1 - head.length()) + "\n");
                requests.add(request);
                request.sendTo(writer);
            }
        });

        await().until(() -> requests.stream().allMatch(TestRequest::isDone));
        assertThat(lines).hasSize(threads * frames);
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.failure()).isNull();
            assertThat(request.completions()).isEqualTo(1);
        });
        for (int number = 0; number < threads; number++) {
            String prefix = number + "-";
            String filler = Character.toString('a' + number);
            List<String> mine =
                    lines.stream().filter(line -> line.startsWith(prefix)).toList();
            assertThat(mine).hasSize(frames);
            for (int i = 0; i < frames; i++) {
                String head = prefix + i + "-";
                assertThat(mine.get(i).equals(head + filler.repeat(size - 1 - head.length())))
                        .as("frame %s is whole and in its place", head)
                        .isTrue();
            }
        }
    }

    @Test
    void framesOfOneThreadKeepTheirOrderHoweverTheyAreWritten() throws Exception {
        int frames = 20_000;
        Descriptor reader = ends.reader(fifo);
        StringBuilder read = new StringBuilder();
        AtomicInteger atOnce = new AtomicInteger();
        String expected = IntStream.range(0, frames)
                .mapToObj(i -> i + "\n")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();

        Crowd.run(2, number -> {
            if (number == 0) {
                for (int i = 0; i < frames; i++) {
                    if (new TestRequest(i + "\n").sendTo(writer)) {
                        atOnce.incrementAndGet();
                    }
                }
            } else {
                while (read.length() < expected.length()) {
                    read.append(ends.read(reader, 500));
                }
            }
        });

        assertThat(read.toString()).isEqualTo(expected);
        assertThat(atOnce.get()).isPositive();
    }

    // Completion

    @Test
    void aCompletionMayWriteAgain() throws Exception {
        int frames = 5_000;
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Runnable> sendNext = new AtomicReference<>();
        sendNext.set(() -> {
            while (sent.incrementAndGet() < frames) {
                // goes on here when it is done at once, otherwise in its completion
                if (!new TestRequest("x").whenCompleted(sendNext.get()).sendTo(writer)) {
                    return;
                }
            }
            done.set(true);
        });
        new TestRequest("x").whenCompleted(sendNext.get()).sendTo(writer);

        Descriptor reader = ends.reader(fifo);
        StringBuilder read = new StringBuilder();
        await().until(() -> {
            read.append(ends.read(reader));
            return done.get() && read.length() == frames;
        });
    }

    @Test
    void aSlowCompletionDelaysNoOtherFrame() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        TestRequest slow = new TestRequest("slow").whenCompleted(() -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        slow.sendTo(writer);
        TestRequest next = new TestRequest("next");
        next.sendTo(writer);

        Descriptor reader = ends.reader(fifo);

        await().until(next::isDone);
        assertThat(ends.read(reader)).isEqualTo("slownext");
        sendWhole(writer, "!");
        goOn.countDown();
    }

    @Test
    void aCompletionThatThrowsIsReportedAndDisturbsNobodyElse() throws Exception {
        TestRequest bad = new TestRequest("bad").whenCompleted(() -> {
            throw new IllegalStateException("expected");
        });
        bad.sendTo(writer);
        List<TestRequest> others = sendAll(writer, 10);

        Descriptor reader = ends.reader(fifo);

        await().until(() -> others.stream().allMatch(TestRequest::isDone));
        assertThat(ends.read(reader)).isEqualTo("bad0123456789");
        // the others need not wait for it
        await().untilAsserted(() -> assertThat(engines.errors()).hasSize(1));
        assertThat(bad.completions()).isEqualTo(1);
        assertThat(engines.takeErrors().get(0)).hasMessage("expected");
    }

    @Test
    void aCompletionThatThrowsAtCloseDoesNotKeepTheOthersFromTheirs() {
        TestRequest bad = new TestRequest("bad").whenCompleted(() -> {
            throw new IllegalStateException("expected");
        });
        bad.sendTo(writer);
        List<TestRequest> others = sendAll(writer, 10);

        try {
            writer.close();
        } catch (IllegalStateException e) {
            // it may be told so or the error handler, but the others have to be done
            assertThat(e).hasMessage("expected");
        }

        await().untilAsserted(() -> assertThat(others).allMatch(TestRequest::isDone));
        engines.takeErrors();
    }

    @Test
    void eachOfAHundredThousandFramesIsDoneExactlyOnceInRacesOfWritesTimeoutsReadersAndCloses() throws Exception {
        int threads = 4;
        int frames = 25_000;
        long seed = System.nanoTime();
        AtomicInteger running = new AtomicInteger(threads);
        ConcurrentLinkedQueue<TestRequest> requests = new ConcurrentLinkedQueue<>();

        Crowd.run(threads + 1, number -> {
            Random random = new Random(seed + number);
            if (number == threads) {
                while (running.get() > 0) {
                    try (Descriptor reader = ends.reader(fifo)) {
                        for (int i = random.nextInt(200); i >= 0; i--) {
                            ends.read(reader, 8192);
                        }
                    }
                    if (random.nextBoolean()) {
                        await().during(Duration.ofMillis(random.nextInt(8))).until(() -> true);
                    }
                }
                return;
            }
            List<NoReader> policies = List.of(NoReader.values());
            PipeWriter mine = another();
            try {
                for (int i = 0; i < frames; i++) {
                    TestRequest request = new TestRequest(
                            new byte[random.nextInt(50) == 0 ? 10_000 : 100],
                            TestRequest.policy(
                                    policies.get(random.nextInt(3)), random.nextInt(4), 1 + random.nextInt(4)));
                    requests.add(request);
                    request.sendTo(mine);
                    if (random.nextInt(2_000) == 0) {
                        mine.close();
                        mine = another();
                    }
                }
            } finally {
                running.decrementAndGet();
                mine.close();
            }
        });

        assertThat(requests).hasSize(threads * frames);
        await().alias("seed " + seed).until(() -> requests.stream().allMatch(TestRequest::isDone));
        assertThat(requests).as("seed %s", seed).allMatch(request -> request.completions() == 1);
        assertThat(requests).as("seed %s", seed).anyMatch(request -> request.failure() == null);
        assertThat(requests).as("seed %s", seed).anyMatch(request -> request.failure() instanceof NoReaderException);
        assertThat(requests).as("seed %s", seed).allMatch(PipeWriterTest::isPlausible);
    }

    // Closing

    @Test
    void closingFailsWhatWaits() {
        List<TestRequest> waiting = sendAll(writer, 3);

        writer.close();

        assertThat(waiting).allSatisfy(request -> {
            assertThat(request.completions()).isEqualTo(1);
            assertThat(request.failure())
                    .isInstanceOf(WriterClosedException.class)
                    .hasMessage("Stopped before the message was written to the named pipe: " + fifo);
        });
    }

    @Test
    void closingInTheMiddleOfAFrameSaysHowMuchHadGoneAndHowMuchIsLost() throws Exception {
        ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE));
        large.sendTo(writer);

        writer.close();

        long written = large.bytesWritten();
        assertThat(written).isBetween(1L, LARGE - 1L);
        assertThat(large.failure())
                .isInstanceOf(WriterClosedException.class)
                .hasMessage("Stopped before the message was written to the named pipe: " + fifo + " (" + written
                        + " bytes of the message were written)");
        // a worker that has the task just then lets go of the pipe, and tells
        await().untilAsserted(() -> assertThat(listener.told())
                .containsExactly((LARGE - written) + " bytes lost: stopped in the middle of a frame"));
    }

    @Test
    void closingTellsHowMuchNobodyHasRead() throws Exception {
        Descriptor reader = ends.reader(fifo);
        new TestRequest("abcdef").sendTo(writer);
        ends.read(reader, 2);
        reader.close();

        writer.close();

        assertThat(listener.told()).containsExactly("4 bytes lost: nobody has read them");
    }

    @Test
    void closingTellsNothingOfBytesThatSomebodyMayStillRead() throws Exception {
        Descriptor reader = ends.reader(fifo);
        new TestRequest("abcdef").sendTo(writer);

        writer.close();

        assertThat(listener.told()).isEmpty();
        assertThat(ends.read(reader)).isEqualTo("abcdef");
    }

    @Test
    void afterClosingEverythingFailsAtOnce() throws Exception {
        Descriptor reader = ends.reader(fifo);
        writer.close();
        TestRequest request = new TestRequest("abc");

        assertThat(request.sendTo(writer)).isTrue();

        assertThat(request.failure()).isInstanceOf(WriterClosedException.class);
        assertThat(ends.read(reader)).isEmpty();
    }

    @Test
    void closingAgainDoesNothing() throws Exception {
        ends.reader(fifo);
        new TestRequest("abc").sendTo(writer);
        writer.close();
        PipeWriter next = another();
        assertThat(new TestRequest("def").sendTo(next)).isTrue();

        writer.close();

        assertThat(new TestRequest("ghi").sendTo(next)).isTrue();
    }

    @Test
    void twoMayCloseAtOnce() throws Exception {
        int rounds = 2_000;
        AtomicReference<PipeWriter> current = new AtomicReference<>();
        AtomicInteger ready = new AtomicInteger();
        AtomicInteger go = new AtomicInteger();

        Crowd.run(2, number -> {
            for (int round = 1; round <= rounds; round++) {
                ready.incrementAndGet();
                if (number == 0) {
                    await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(() -> ready.get() == 2);
                    ready.set(0);
                    // on a path of its own, so that its close is the last one there
                    current.set(another("alone"));
                    go.set(round);
                }
                // no barrier wakes two threads as closely together
                while (go.get() < round && !Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                current.get().close();
            }
        });
    }

    /** Who removes the FIFO after its last user does not find it there again. */
    @Test
    void aClosedWriterMakesNothingAnewAtItsPathThoughAWorkerHasItStill() throws Exception {
        Path own = folder.fifo("own");
        Descriptor reader = ends.reader(own);
        PipeWriter following = following(own);
        TestRequest large = new TestRequest("x".repeat(LARGE), TestRequest.waiting(60_000, 50));
        large.sendTo(following);
        await().until(large::isDone);
        Files.delete(own);
        // it follows
        await().until(() -> Files.exists(own));
        CountDownLatch writes = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        // the rest of the frame, for which no message waits
        engines.faults().before("write", 1, () -> {
            writes.countDown();
            goOn.await();
        });
        ends.read(reader);
        assertThat(writes.await(20, TimeUnit.SECONDS)).isTrue();

        following.close();
        Files.delete(own);

        await().during(Duration.ofMillis(300)).until(() -> !Files.exists(own));
        goOn.countDown();
        await().until(() -> engines.faults().posix().isHungUp(reader));
        assertThat(own).doesNotExist();
    }

    @Test
    void framesThatAreWrittenWhileTheWriterIsClosedAreEachDoneOnce() throws Exception {
        int rounds = 300;
        int frames = 20;
        ends.reader(fifo);
        for (int round = 0; round < rounds; round++) {
            PipeWriter mine = another();
            ConcurrentLinkedQueue<TestRequest> requests = new ConcurrentLinkedQueue<>();
            Crowd.run(3, number -> {
                for (int i = 0; i < frames; i++) {
                    if (number == 0 && i == frames / 2) {
                        mine.close();
                    }
                    TestRequest request = new TestRequest("x".repeat(1 + i * 300));
                    requests.add(request);
                    request.sendTo(mine);
                }
            });
            await().until(() -> requests.stream().allMatch(TestRequest::isDone));
            assertThat(requests).as("round %d", round).allMatch(request -> request.completions() == 1);
        }
    }

    // Sharing

    @Test
    void writersToOnePathShareOneDescriptorAndOneQueue() throws Exception {
        PipeWriter second = another();
        TestRequest first = new TestRequest("x".repeat(LARGE));
        Descriptor reader = ends.reader(fifo);
        first.sendTo(writer);
        TestRequest next = new TestRequest("next");
        next.sendTo(second);
        // the reader's and one for both writers
        assertThat(descriptorsOfFifo()).isEqualTo(2);

        assertThat(readWhole(reader, LARGE + 4)).isEqualTo("x".repeat(LARGE) + "next");
        await().until(() -> first.isDone() && next.isDone());
    }

    @Test
    void closingOneOfThoseThatShareFailsItsOwnFramesOnly() throws Exception {
        PipeWriter second = another();
        List<TestRequest> ofFirst = sendAll(writer, 3);
        List<TestRequest> ofSecond = sendAll(second, 3);

        writer.close();

        assertThat(ofFirst)
                .allSatisfy(request -> assertThat(request.failure()).isInstanceOf(WriterClosedException.class));
        assertThat(ofSecond).noneMatch(TestRequest::isDone);
        Descriptor reader = ends.reader(fifo);
        await().until(() -> ofSecond.stream().allMatch(TestRequest::isDone));
        assertThat(ends.read(reader)).isEqualTo("012");
    }

    @Test
    void closingOneInTheMiddleOfItsFrameLeavesTheStreamWholeForTheOther() throws Exception {
        PipeWriter second = another();
        Descriptor reader = ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE));
        large.sendTo(writer);
        TestRequest next = new TestRequest("next");
        next.sendTo(second);

        writer.close();

        assertThat(large.failure()).isInstanceOf(WriterClosedException.class);
        assertThat(readWhole(reader, LARGE + 4)).isEqualTo("x".repeat(LARGE) + "next");
        await().until(next::isDone);
        assertThat(listener.told()).isEmpty();
    }

    @Test
    void theDescriptorIsKeptUntilTheLastOneCloses() throws Exception {
        PipeWriter second = another();
        ends.reader(fifo);
        new TestRequest("abc").sendTo(writer);
        writer.close();
        assertThat(descriptorsOfFifo()).isEqualTo(2);

        second.close();

        await().until(() -> descriptorsOfFifo() == 1);
    }

    // Faults

    @Test
    void whenCallsFailAtRandomFramesStayWholeAndInOrder() throws Exception {
        int frames = 2_000;
        long seed = System.nanoTime();
        Random random = new Random(seed);
        engines.faults().instead("write", call -> switch (random.nextInt(6)) {
            case 0 -> call.fail(Errno.EINTR);
            case 1 -> call.fail(Errno.EAGAIN);
            case 2 -> call.proceedWith(1 + random.nextInt(100));
            default -> call.proceed();
        });
        Descriptor reader = ends.reader(fifo);
        ConcurrentLinkedQueue<TestRequest> requests = new ConcurrentLinkedQueue<>();
        StringBuilder read = new StringBuilder();
        String expected = IntStream.range(0, frames)
                .mapToObj(i -> i + "x".repeat(i % 1000) + "\n")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();

        Crowd.run(2, number -> {
            if (number == 0) {
                for (int i = 0; i < frames; i++) {
                    TestRequest request = new TestRequest(i + "x".repeat(i % 1000) + "\n");
                    requests.add(request);
                    request.sendTo(writer);
                }
            } else {
                while (read.length() < expected.length()) {
                    read.append(ends.read(reader, 10_000));
                }
            }
        });

        await().alias("seed " + seed).until(() -> requests.stream().allMatch(TestRequest::isDone));
        assertThat(read.toString()).as("seed %s", seed).isEqualTo(expected);
        assertThat(requests).allMatch(request -> request.failure() == null && request.completions() == 1);
    }

    @Test
    void aFailedWriteFailsItsFrameOnly() throws Exception {
        Descriptor reader = ends.reader(fifo);
        engines.faults().instead("write", call -> call.number() == 1 ? call.fail("EIO") : call.proceed());
        TestRequest bad = new TestRequest("bad");

        assertThat(bad.sendTo(writer)).isTrue();

        assertThat(bad.failure())
                .isInstanceOf(ErrnoException.class)
                .hasMessage("write failed: Input/output error (EIO): " + fifo);
        assertThat(new TestRequest("good").sendTo(writer)).isTrue();
        assertThat(ends.read(reader)).isEqualTo("good");
    }

    @Test
    void theRestOfAFrameWhoseWriteFailedInTheMiddleIsWrittenAfterAll() throws Exception {
        Descriptor reader = ends.reader(fifo);
        engines.faults().instead("write", call -> switch (call.number()) {
            case 1 -> call.proceedWith(2);
            case 2 -> call.fail("ENOSPC");
            default -> call.proceed();
        });
        TestRequest bad = new TestRequest("abcdef");

        assertThat(bad.sendTo(writer)).isTrue();

        assertThat(bad.failure()).hasMessageContaining("ENOSPC");
        // nobody has to send another frame for that
        assertThat(readWhole(reader, 6)).isEqualTo("abcdef");
        sendWhole(writer, "next");
        assertThat(ends.read(reader)).isEqualTo("next");
    }

    @Test
    void whatAFailedFrameSaysOfItsBytesDoesNotChangeWhenItsRestIsWritten() throws Exception {
        Descriptor reader = ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE), TestRequest.waiting(60_000, 50));
        large.sendTo(writer);
        await().until(large::isDone);
        long said = ((UndeliveredException) large.failure()).getBytesWritten();

        readWhole(reader, LARGE);

        assertThat(large.bytesWritten()).isEqualTo(said);
    }

    @Test
    void aRestThatCannotBeWrittenIsReportedAndWhatWaitsIsWrittenAtOnce() throws Exception {
        Descriptor reader = ends.reader(fifo);
        TestRequest large = new TestRequest("x".repeat(LARGE), TestRequest.waiting(60_000, 50));
        large.sendTo(writer);
        List<TestRequest> waiting = sendAll(writer, 3);
        await().until(large::isDone);
        engines.faults().instead("write", call -> call.number() == 1 ? call.fail("EIO") : call.proceed());

        String read = readWhole(reader, (int) large.bytesWritten());

        assertThat(read).isEqualTo("x".repeat((int) large.bytesWritten()));
        await().until(() -> waiting.stream().allMatch(TestRequest::isDone));
        assertThat(ends.read(reader)).isEqualTo("012");
        assertThat(listener.told()).hasSize(1);
        assertThat(listener.told().get(0))
                .startsWith((LARGE - large.bytesWritten()) + " bytes lost: write failed: Input/output error (EIO)");
    }

    @Test
    void whatKeepsThePipeFromBeingOpenedReachesTheFrame() throws Exception {
        Files.delete(fifo);
        Files.writeString(fifo, "mine");
        TestRequest request = new TestRequest("abc");

        assertThat(request.sendTo(writer)).isTrue();

        assertThat(request.failure())
                .isInstanceOf(NotANamedPipeException.class)
                .hasMessage("Not a named pipe but a regular file: " + fifo);
        assertThat(fifo).hasContent("mine");
        Files.delete(fifo);
        TestRequest missing = new TestRequest("abc");
        assertThat(missing.sendTo(writer)).isTrue();
        assertThat(missing.failure())
                .isInstanceOf(NoSuchNamedPipeException.class)
                .hasMessage("Named pipe does not exist: " + fifo);

        folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        assertThat(new TestRequest("def").sendTo(writer)).isTrue();
        assertThat(ends.read(reader)).isEqualTo("def");
    }

    @Test
    void whileThereAreNoDescriptorsFramesFailAndThenGoThrough() throws Exception {
        Descriptor reader = ends.reader(fifo);
        engines.faults().failAll("open", Errno.EMFILE);
        TestRequest bad = new TestRequest("bad");
        assertThat(bad.sendTo(writer)).isTrue();
        assertThat(bad.failure()).isInstanceOf(ErrnoException.class).hasMessageContaining("EMFILE");

        engines.faults().clear();

        assertThat(new TestRequest("good").sendTo(writer)).isTrue();
        assertThat(ends.read(reader)).isEqualTo("good");
    }

    private PipeWriter another() {
        return another("fifo");
    }

    private PipeWriter another(String name) {
        PipeWriter another = writers.writer(
                new NamedPipe(
                        engines.faults().posix(),
                        folder.path(name),
                        new PipeOptions(false, 0600),
                        new RecordingListener()),
                false,
                0);
        synchronized (open) {
            open.add(another);
        }
        return another;
    }

    /** Makes anew what is removed at the path. */
    private PipeWriter following(Path path) {
        PipeWriter following = writers.writer(
                new NamedPipe(engines.faults().posix(), path, new PipeOptions(true, 0600), listener), false, 10);
        open.add(following);
        return following;
    }

    /** Sends a frame for which there is room. A worker may have the pipe just then, and writes it in that case. */
    private static void sendWhole(PipeWriter to, String frame) {
        TestRequest request = new TestRequest(frame);
        request.sendTo(to);
        await().until(request::isDone);
        assertThat(request.failure()).isNull();
    }

    private static List<TestRequest> sendAll(PipeWriter to, int count) {
        List<TestRequest> all =
                IntStream.range(0, count).mapToObj(i -> new TestRequest("" + i)).toList();
        all.forEach(request -> request.sendTo(to));
        return all;
    }

    /** Without the writer that is tested. */
    private int fillThePipe() throws Exception {
        try (Descriptor other = ends.writer(fifo)) {
            return ends.fill(other, 4096);
        }
    }

    private String readWhole(Descriptor reader, int length) {
        StringBuilder read = new StringBuilder();
        await().until(() -> {
            read.append(ends.read(reader, length - read.length() + 1));
            return read.length() >= length;
        });
        return read.toString();
    }

    private int descriptorsOfFifo() {
        return (int) LeakCheck.openDescriptors().stream()
                .filter(each -> each.equals(fifo.toString()))
                .count();
    }

    private static boolean isPlausible(TestRequest request) {
        if (request.isDiscarded()) {
            return request.failure() == null
                    && request.bytesWritten() == 0
                    && request.policy().noReader() == NoReader.DISCARD;
        }
        return request.failure() == null
                ? !request.piece().hasRemaining()
                : request.failure() instanceof UndeliveredException e && e.getBytesWritten() <= request.bytesWritten();
    }
}
