package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.pipe.PipeTask.Outcome;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** System calls that fail where it hurts most: what is to wake somebody, to lock, or to tell of the end. */
@ExtendWith(LeakCheck.class)
class PipeFaultTest {

    private static final WritePolicy LOCKING =
            new WritePolicy(NoReader.WAIT, 60_000, WhenFull.WAIT, 60_000, true, false);

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final RecordingListener listener = new RecordingListener();
    private final List<PipeWriter> open = new ArrayList<>();

    @AfterEach
    void closeWriters() {
        engines.faults().clear();
        open.forEach(PipeWriter::close);
    }

    // Waking

    @Test
    void aTaskIsRunThoughNobodyCouldBeWokenForIt() throws Exception {
        PipeEngine engine = engines.start(2);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        task.schedule();
        await().until(() -> task.runs() == 1);
        engines.faults().fail("eventfd_write", Errno.EAGAIN);
        // another one: the first may still be in work, and needs nobody to be woken then
        TestTask second = new TestTask(engine, (self, worker) -> Outcome.WAIT);

        second.schedule();

        await().until(() -> second.runs() == 1);
        assertThat(engines.takeErrors()).hasSize(1);
    }

    @Test
    void tasksInTheQueueAreRunThoughNobodyCouldBeWokenForThem() throws Exception {
        PipeEngine engine = engines.start(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestTask slow = new TestTask(engine, (self, worker) -> {
            goOn.await();
            return Outcome.WAIT;
        });
        TestTask second = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        TestTask third = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        slow.schedule();
        await().until(() -> slow.runs() == 1);
        engines.faults().instead("eventfd_write", call -> call.number() <= 2 ? call.fail("EIO") : call.proceed());

        second.schedule();
        third.schedule();
        goOn.countDown();

        await().until(() -> second.runs() == 1 && third.runs() == 1);
        assertThat(engines.takeErrors()).isNotEmpty();
    }

    @Test
    void workersEndThoughTheyCouldNotBeToldAtOnce() throws Exception {
        PipeEngine engine = engines.unmanaged(2);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        task.schedule();
        await().until(() -> task.runs() == 1);
        engines.faults().instead("eventfd_write", call -> call.number() <= 3 ? call.fail("EIO") : call.proceed());

        engine.close();

        assertThat(engine.workers.size()).isZero();
    }

    @Test
    void workersDoNotRunInCirclesUntilTheStoppingThreadGetsOn() throws Exception {
        PipeEngine engine = engines.unmanaged(2);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        task.schedule();
        await().until(() -> task.runs() == 1);
        int waits = engines.faults().count("epoll_wait");
        // as long as another process may well have the processor
        engines.faults().after("eventfd_write", 1, () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)));

        engine.close();

        assertThat(engines.faults().count("epoll_wait") - waits).isLessThan(10);
    }

    // Sessions

    @Test
    void aSessionWhoseReaderCannotBeWatchedFailsAndTheNextOnesAreApart() throws Exception {
        Path fifo = folder.fifo("fifo");
        PipeWriter writer = writer(fifo, true);
        Descriptor reader = ends.reader(fifo);
        engines.faults().fail("inotify_init1", Errno.EMFILE);

        TestRequest first = new TestRequest("first");
        first.sendTo(writer);
        await().until(first::isDone);
        assertThat(first.failure()).hasMessage("inotify_init1 failed: Too many open files (EMFILE): " + fifo);

        for (String each : List.of("second", "third")) {
            TestRequest request = new TestRequest(each);
            request.sendTo(writer);
            StringBuilder read = new StringBuilder();
            Descriptor current = reader;
            await().until(() -> {
                read.append(ends.read(current));
                return request.isDone();
            });
            assertThat(request.failure()).isNull();
            assertThat(read).hasToString(each);
            reader = ends.reader(fifo);
            current.close();
        }
    }

    @Test
    void aSessionThatHasBeenReadIsDoneThoughNobodyWillTellOfTheReadersEnd() throws Exception {
        Path fifo = folder.fifo("fifo");
        PipeWriter writer = writer(fifo, true);
        Descriptor reader = ends.reader(fifo);
        engines.faults().instead("epoll_ctl", call -> call.fail("ENOSPC"));

        TestRequest request = new TestRequest("abc");
        request.sendTo(writer);
        await().until(() -> ends.read(reader).equals("abc"));

        await().until(request::isDone);
        assertThat(request.failure()).isNull();
        assertThat(engines.takeErrors()).hasSize(1);
    }

    @Test
    void aSessionThatCannotBeBroughtToItsEndIsNotJoinedByTheNextOne() throws Exception {
        Path fifo = folder.fifo("fifo");
        PipeWriter writer = writer(fifo, true);
        Descriptor reader = ends.reader(fifo);
        engines.faults().instead("ioctl", call -> call.number() <= 4 ? call.fail("EIO") : call.proceed());

        TestRequest first = new TestRequest("first");
        first.sendTo(writer);
        await().until(first::isDone);
        assertThat(first.failure()).hasMessage("ioctl(FIONREAD) failed: Input/output error (EIO): " + fifo);
        await().until(() -> Posix.system().isHungUp(reader));
        TestRequest second = new TestRequest("second");
        second.sendTo(writer);

        assertThat(ends.read(reader)).isEqualTo("first");
        engines.takeErrors();
    }

    @Test
    void aReaderHasItsTimeToCloseItsEndThoughTheWriterStoodStillMeanwhile() throws Exception {
        Path fifo = folder.fifo("fifo");
        PipeWriter writer = writer(fifo, true);
        Descriptor reader = ends.reader(fifo);
        TestRequest first = new TestRequest("first");
        first.sendTo(writer);
        await().until(() -> ends.read(reader).equals("first"));
        await().until(first::isDone);
        int looks = engines.faults().count("inotify_read");
        // longer than a reader is waited for that keeps its end
        engines.faults()
                .before(
                        "inotify_read",
                        3,
                        () -> await().pollInSameThread()
                                .during(Duration.ofMillis(1_100))
                                .until(() -> true));

        TestRequest second = new TestRequest("second");
        second.sendTo(writer);

        // none would follow the look after which the next session begins
        await().until(() -> engines.faults().count("inotify_read") >= looks + 5);
        Descriptor next = ends.reader(fifo);
        reader.close();
        await().until(() -> ends.read(next).equals("second"));
        await().until(second::isDone);
    }

    // The lock

    @Test
    void aFrameThatCouldNotBeBegunKeepsNoLock() throws Exception {
        Path fifo = folder.fifo("fifo");
        PipeWriter writer = writer(fifo, false);
        Descriptor reader = ends.reader(fifo);
        engines.faults().instead("write", call -> call.fail("EIO"));

        TestRequest request = new TestRequest("abc", LOCKING);
        request.sendTo(writer);

        assertThat(request.failure()).hasMessage("write failed: Input/output error (EIO): " + fifo);
        assertThat(Posix.system().tryLock(reader)).isTrue();
    }

    @Test
    void aLockThatCannotBeGivenUpIsGivenUpWithTheDescriptor() throws Exception {
        Path fifo = folder.fifo("fifo");
        PipeWriter writer = writer(fifo, false);
        Descriptor reader = ends.reader(fifo);
        engines.faults().instead("flock", call -> call.number() == 2 ? call.fail("ENOLCK") : call.proceed());

        TestRequest request = new TestRequest("abc", LOCKING);
        request.sendTo(writer);

        assertThat(request.isDone()).isTrue();
        assertThat(request.failure()).isNull();
        assertThat(Posix.system().tryLock(reader)).isTrue();
        Posix.system().unlock(reader);
        assertThat(engines.takeErrors()).hasSize(1);
        assertThat(new TestRequest("def", LOCKING).sendTo(writer)).isTrue();
        assertThat(ends.read(reader)).isEqualTo("abcdef");
    }

    // Room

    @Test
    void whereTheKernelDoesNotTellOfRoomItIsLookedForAndToldOnce() throws Exception {
        Path fifo = folder.fifo("fifo");
        PipeWriter writer = writer(fifo, false);
        Descriptor reader = ends.reader(fifo);
        int filled;
        try (Descriptor other = ends.writer(fifo)) {
            filled = ends.fill(other, 4096);
        }
        engines.faults().instead("epoll_ctl", call -> call.fail("ENOSPC"));
        int attempts = engines.faults().count("epoll_ctl");
        TestRequest request = new TestRequest("abc");

        request.sendTo(writer);
        await().until(() -> engines.faults().count("epoll_ctl") >= attempts + 3);
        assertThat(request.isDone()).isFalse();
        StringBuilder read = new StringBuilder();
        await().until(() -> {
            read.append(ends.read(reader));
            return request.isDone();
        });
        read.append(ends.read(reader));

        assertThat(request.failure()).isNull();
        assertThat(read.substring(filled)).isEqualTo("abc");
        assertThat(engines.takeErrors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error).hasMessage("epoll_ctl failed: No space left on device (ENOSPC): " + fifo));
    }

    private PipeWriter writer(Path fifo, boolean sessions) throws Exception {
        PipeEngine engine = engines.start(2);
        PipeWriter writer = new PipeWriters(engine, listener, new PipeUses(), new PathWatch(engine))
                .writer(new NamedPipe(engine.posix(), fifo, new PipeOptions(false, 0600), listener), sessions, 0);
        open.add(writer);
        return writer;
    }
}
