package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class PipesTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    @Test
    void givesTheSamePartsEveryTime() throws Exception {
        try (Pipes pipes = open()) {
            assertThat(pipes.engine()).isSameAs(pipes.engine());
            assertThat(pipes.writers()).isSameAs(pipes.writers());
            assertThat(pipes.uses()).isSameAs(pipes.uses());
            assertThat(pipes.claims()).isSameAs(pipes.claims());
        }
    }

    @Test
    void whatItMakesWorksTogether() throws Exception {
        Path fifo = folder.path("fifo");
        try (Pipes pipes = open()) {
            NamedPipe pipe = pipes.namedPipe(fifo, new PipeOptions(true, 0600));
            PipeUse use = pipes.uses().begin(pipe, true);
            use.locate();
            ReadingTask task = new ReadingTask(pipes.engine(), pipe.openForReading());
            task.schedule();
            try (PipeWriter writer = pipes.writers().writer(pipe, false, 0)) {
                TestRequest request = new TestRequest("abc");
                request.sendTo(writer);
                await().until(request::isDone);
            }
            await().untilAsserted(() -> assertThat(task.sessions()).containsExactly("abc"));
            task.close();
            assertThat(task.awaitClosed(10_000)).isTrue();
            use.close();
        }
        assertThat(fifo).doesNotExist();
    }

    @Test
    void closingClosesWritersThatNobodyHasClosed() throws Exception {
        folder.fifo("fifo");
        Descriptor reader = ends.reader(folder.path("fifo"));
        Pipes pipes = open();
        PipeWriter connected =
                pipes.writers().writer(pipes.namedPipe(folder.path("fifo"), new PipeOptions(false, 0600)), false, 0);
        PipeWriter waiting =
                pipes.writers().writer(pipes.namedPipe(folder.path("other"), new PipeOptions(true, 0600)), false, 0);
        assertThat(new TestRequest("abc").sendTo(connected)).isTrue();
        TestRequest request = new TestRequest("def");
        assertThat(request.sendTo(waiting)).isFalse();

        pipes.close();

        assertThat(request.failure()).isInstanceOf(WriterClosedException.class);
        assertThat(request.completions()).isEqualTo(1);
        assertThat(ends.read(reader)).isEqualTo("abc");
    }

    @Test
    void leavesNothingOpenWhenItCannotBeOpened() {
        engines.faults().fail("eventfd", 2, Errno.EMFILE);

        assertThatExceptionOfType(ErrnoException.class).isThrownBy(this::open);
    }

    @Test
    void aThousandIdlePipesNeedNoThreadEachAndNoCpu() throws Exception {
        List<ReadingTask> tasks = new ArrayList<>();
        try (Pipes pipes = open()) {
            for (int i = 0; i < 1_000; i++) {
                NamedPipe pipe = pipes.namedPipe(folder.path("fifo" + i), new PipeOptions(true, 0600));
                ReadingTask task = new ReadingTask(pipes.engine(), pipe.openForReading());
                tasks.add(task);
                task.schedule();
            }
            await().until(() -> tasks.stream().allMatch(task -> task.runs() > 0));
            assertThat(LeakCheck.ourThreads()).hasSizeLessThan(20);
            // next to no event any more
            await().until(() -> {
                int waits = engines.faults().count("epoll_wait");
                await().pollDelay(Duration.ofMillis(200)).until(() -> true);
                return engines.faults().count("epoll_wait") <= waits + 20;
            });

            for (int i = 0; i < 1_000; i += 100) {
                ends.writeAndClose(folder.path("fifo" + i), "hello " + i);
            }
            for (int i = 0; i < 1_000; i += 100) {
                ReadingTask task = tasks.get(i);
                String expected = "hello " + i;
                await().untilAsserted(() -> assertThat(task.sessions()).containsExactly(expected));
            }
            tasks.forEach(PipeTask::close);
        }
    }

    private Pipes open() throws ErrnoException {
        return new Pipes(
                engines.faults().posix(), engines.threadFactory(), 16, new RecordingListener(), engines.errors()::add);
    }
}
