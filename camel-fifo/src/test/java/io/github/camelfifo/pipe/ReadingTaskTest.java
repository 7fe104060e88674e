package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Readers with an engine, and writers that come and go as they please. */
@ExtendWith(LeakCheck.class)
class ReadingTaskTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final List<ReadingTask> tasks = new ArrayList<>();

    @AfterEach
    void closeTasks() throws Exception {
        engines.faults().clear();
        for (ReadingTask each : tasks) {
            each.close();
        }
        for (ReadingTask each : tasks) {
            assertThat(each.awaitClosed(10_000)).isTrue();
        }
    }

    @Test
    void readsWhatAProcessWritesAndNoticesItsEnd() throws Exception {
        ReadingTask task = reading(engines.start(4), "fifo");

        try (ShellProcess writer = ShellProcess.sh("echo hello > \"$1\"", folder.path("fifo"))) {
            writer.await();
        }

        await().untilAsserted(() -> assertThat(task.sessions()).containsExactly("hello\n"));
    }

    @Test
    void ofFourHundredWritersThatOpenWriteAndCloseNoneIsLost() throws Exception {
        ReadingTask task = reading(engines.start(4), "fifo");

        try (ShellProcess writers = ShellProcess.sh(
                "i=0; while [ $i -lt 400 ]; do echo line $i > \"$1\"; i=$((i+1)); done", folder.path("fifo"))) {
            writers.await();
        }

        await().untilAsserted(() -> assertThat(task.all().lines())
                .containsExactlyElementsOf(
                        IntStream.range(0, 400).mapToObj(i -> "line " + i).toList()));
        await().untilAsserted(() -> assertThat(task.unended()).isEmpty());
    }

    @Test
    void ofProcessesThatOpenWriteAndCloseAtOnceNoLineIsLost() throws Exception {
        ReadingTask task = reading(engines.start(4), "fifo");

        try (ShellProcess writers = ShellProcess.sh(
                "for p in 1 2 3 4 5 6 7 8; do"
                        + " (i=0; while [ $i -lt 50 ]; do echo $p-$i > \"$1\"; i=$((i+1)); done) & done; wait",
                folder.path("fifo"))) {
            writers.await();
        }

        List<String> expected = IntStream.rangeClosed(1, 8)
                .boxed()
                .flatMap(p -> IntStream.range(0, 50).mapToObj(i -> p + "-" + i))
                .toList();
        await().untilAsserted(() -> assertThat(task.all().lines()).containsExactlyInAnyOrderElementsOf(expected));
    }

    @Test
    void ofThousandsOfSessionsNoByteIsLostAndNoneIsTwice() throws Exception {
        int writers = 3;
        int sessions = 2_000;
        ReadingTask task = reading(engines.start(2), "fifo");
        Path fifo = folder.path("fifo");

        Crowd.run(writers, number -> {
            for (int i = 0; i < sessions; i++) {
                ends.writeAndClose(fifo, number + "-" + i + "\n");
            }
        });

        await().untilAsserted(() -> assertThat(task.all().lines().count()).isEqualTo((long) writers * sessions));
        for (int number = 0; number < writers; number++) {
            String prefix = number + "-";
            assertThat(task.all().lines().filter(line -> line.startsWith(prefix)))
                    .containsExactlyElementsOf(IntStream.range(0, sessions)
                            .mapToObj(i -> prefix + i)
                            .toList());
        }
    }

    @Test
    void itSurvivesCallsThatFailAtRandom() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ReadingTask task = reading(engines.start(2), "fifo");
        engines.faults().instead("read", call -> switch (random.nextInt(10)) {
            case 0 -> call.fail(Errno.EINTR);
            case 1 -> call.fail(Errno.EAGAIN);
            case 2 -> call.fail("EIO");
            case 3 -> call.proceedWith(1);
            default -> call.proceed();
        });
        engines.faults().instead("open", call -> random.nextInt(4) == 0 ? call.fail(Errno.EMFILE) : call.proceed());
        engines.faults().instead("ioctl", call -> random.nextInt(8) == 0 ? call.fail("EIO") : call.proceed());

        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String line = "line " + i + "\n";
            expected.append(line);
            ends.writeAndClose(folder.path("fifo"), line);
            if (i % 3 == 0) {
                // so that it has something to fail at, however busy this machine is
                await().alias("seed " + seed).until(() -> task.reader().position() == expected.length());
            }
        }

        await().alias("seed " + seed).untilAsserted(() -> assertThat(task.all()).isEqualTo(expected.toString()));
        assertThat(task.failures()).as("failures, seed %s", seed).isPositive();
    }

    @Test
    void whileNothingCanBeReopenedItNeitherSpinsNorLosesAnythingAndThenRecovers() throws Exception {
        ReadingTask task = reading(engines.start(2), "fifo");
        Path fifo = folder.path("fifo");
        await().until(() -> task.runs() > 0);
        int runs = task.runs();
        int opens = engines.faults().count("open");
        engines.faults().failAll("open", Errno.EMFILE);
        ends.writeAndClose(fifo, "abc");
        await().untilAsserted(() -> assertThat(task.sessions()).containsExactly("abc"));

        // the end of the session, once more when armed for changes, and then once a second
        long start = System.nanoTime();
        await().until(() -> engines.faults().count("open") >= opens + 4);
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
        assertThat(task.runs() - runs).isLessThanOrEqualTo(10);
        assertThat(task.failures()).isZero();

        ends.writeAndClose(fifo, "def");
        await().untilAsserted(() -> assertThat(task.sessions()).containsExactly("abc", "def"));

        engines.faults().clear();
        ends.writeAndClose(fifo, "ghi");
        await().untilAsserted(() -> assertThat(task.sessions()).containsExactly("abc", "def", "ghi"));
    }

    @Test
    void withoutAWriterNothingRuns() throws Exception {
        ReadingTask task = reading(engines.start(2), "fifo");
        await().until(() -> task.runs() > 0);
        ends.writeAndClose(folder.path("fifo"), "abc");
        await().untilAsserted(() -> assertThat(task.sessions()).containsExactly("abc"));

        int runs = task.runs();
        await().during(Duration.ofMillis(300)).until(() -> task.runs() <= runs + 1);
        // a worker may still be on its way back to waiting
        await().until(() -> {
            int waits = engines.faults().count("epoll_wait");
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            return engines.faults().count("epoll_wait") == waits;
        });
    }

    @Test
    void aFloodedPipeDoesNotStarveAQuietOneEvenWithASingleWorker() throws Exception {
        PipeEngine engine = engines.start(1);
        ReadingTask flooded = reading(engine, "flooded");
        ReadingTask quiet = reading(engine, "quiet");
        try (ShellProcess flood = ShellProcess.sh("yes > \"$1\"", folder.path("flooded"))) {
            await().until(() -> flooded.reader().position() > 100_000);
            for (int i = 0; i < 20; i++) {
                int expected = i + 1;
                ends.writeAndClose(folder.path("quiet"), ".");
                await().untilAsserted(() -> assertThat(quiet.all()).hasSize(expected));
            }
            assertThat(flood.isAlive()).isTrue();
        }
    }

    @Test
    void aClosedReaderIsGoneForItsWriters() throws Exception {
        ReadingTask task = reading(engines.start(2), "fifo");
        Descriptor writer = ends.writer(folder.path("fifo"));
        ends.write(writer, "abc");
        await().untilAsserted(() -> assertThat(task.unended()).isEqualTo("abc"));

        task.close();
        assertThat(task.awaitClosed(10_000)).isTrue();

        assertThat(engines.faults().posix().hasReader(writer)).isFalse();
    }

    @Test
    void openingAndClosingThousandsOfReadersLeavesNothing() throws Exception {
        PipeEngine engine = engines.start(4);
        Path fifo = folder.fifo("fifo");
        NamedPipe pipe = new NamedPipe(engine.posix(), fifo, new PipeOptions(false, 0600), new RecordingListener());
        for (int i = 0; i < 2_000; i++) {
            ReadingTask task = new ReadingTask(engine, pipe.openForReading());
            task.schedule();
            if (i % 2 == 0) {
                ends.writeAndClose(fifo, "x");
            }
            task.close();
            assertThat(task.awaitClosed(10_000)).isTrue();
        }
        assertThat(LeakCheck.openDescriptors()).doesNotContain(fifo.toString());
    }

    private ReadingTask reading(PipeEngine engine, String name) throws Exception {
        NamedPipe pipe =
                new NamedPipe(engine.posix(), folder.path(name), new PipeOptions(true, 0600), new RecordingListener());
        ReadingTask task = new ReadingTask(engine, pipe.openForReading());
        tasks.add(task);
        task.schedule();
        return task;
    }
}
