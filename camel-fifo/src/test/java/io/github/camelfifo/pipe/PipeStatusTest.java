package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import io.github.camelfifo.testing.Soon;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a pipe is like is told of the pipe that is open, and never of another file that got its descriptor's number. */
@ExtendWith(LeakCheck.class)
class PipeStatusTest {

    private static final long CAPACITY = 65_536;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final RecordingListener listener = new RecordingListener();
    private final AtomicReference<Thread> closing = new AtomicReference<>();
    private PipeEngine engine;
    private PathWatch watch;
    private Path fifo;
    private NamedPipe pipe;
    private long inode;

    @BeforeEach
    void startEngine() throws Exception {
        fifo = folder.fifo("fifo");
        inode = FifoFolder.inode(fifo);
        engine = engines.start(2);
        watch = new PathWatch(engine);
        pipe = new NamedPipe(engines.faults().posix(), fifo, new PipeOptions(false, 0600), listener);
    }

    @AfterEach
    void closeWatch() {
        watch.close();
    }

    /** Has something run on another thread when the status is asked for, and waits until that thread is blocked. */
    private void whileItLooks(Runnable action) {
        engines.faults().before("ioctl", 1, () -> {
            Thread closer = new Thread(action);
            closing.set(closer);
            closer.start();
            Soon.await().until(() -> closer.getState() == Thread.State.BLOCKED);
        });
    }

    @Test
    void aReaderTellsWhatIsInThePipeAndNotDone() throws Exception {
        IdleTask task = new IdleTask(engine);
        PipeReader reader = new PipeReader(engine, task, ReadingEnd.opened(pipe.openForReading()), listener);
        ends.writeAndClose(fifo, "abc");

        assertThat(reader.status(inode, () -> 0)).isEqualTo(new PipeStatus(inode, 3, CAPACITY));
        assertThat(reader.status(inode, () -> Thread.holdsLock(reader) ? 2 : 0))
                .as("the reader does not read meanwhile")
                .isEqualTo(new PipeStatus(inode, 1, CAPACITY));
        Owner.run(task, reader::close);
        assertThat(reader.status(inode, () -> 0)).isNull();
    }

    @Test
    void whoHasGivenThePipeAwayTellsNothing() throws Exception {
        IdleTask task = new IdleTask(engine);
        PipeReader reader = new PipeReader(engine, task, ReadingEnd.opened(pipe.openForReading()), listener);
        ReadingEnd end = Owner.get(task, reader::giveAway);

        assertThat(reader.status(inode, () -> 0)).isNull();
        end.descriptor().close();
    }

    @Test
    void aReaderIsNotClosedWhileSomebodyLooks() throws Exception {
        IdleTask task = new IdleTask(engine);
        PipeReader reader = new PipeReader(engine, task, ReadingEnd.opened(pipe.openForReading()), listener);
        whileItLooks(() -> Owner.run(task, reader::close));

        assertThat(reader.status(inode, () -> 0)).isEqualTo(new PipeStatus(inode, 0, CAPACITY));

        closing.get().join();
        assertThat(reader.status(inode, () -> 0)).isNull();
    }

    @Test
    void aWriterTellsOfThePipeThatItHasOpen() throws Exception {
        PipeWriters writers = new PipeWriters(engine, listener, new PipeUses(), watch);
        PipeWriter writer = writers.writer(pipe, false, 0);
        ends.reader(fifo);
        assertThat(writer.status()).isNull();

        assertThat(new TestRequest("abc").sendTo(writer)).isTrue();

        assertThat(writer.status()).isEqualTo(new PipeStatus(inode, 3, CAPACITY));
        writer.close();
        assertThat(writer.status()).isNull();
    }

    @Test
    void aWriterIsNotClosedWhileSomebodyLooks() throws Exception {
        PipeWriters writers = new PipeWriters(engine, listener, new PipeUses(), watch);
        PipeWriter writer = writers.writer(pipe, false, 0);
        ends.reader(fifo);
        assertThat(new TestRequest("abc").sendTo(writer)).isTrue();
        whileItLooks(writer::close);

        assertThat(writer.status()).isEqualTo(new PipeStatus(inode, 3, CAPACITY));

        closing.get().join();
        assertThat(writer.status()).isNull();
    }

    /** Does nothing. */
    private static final class IdleTask extends PipeTask {

        IdleTask(PipeEngine engine) {
            super(engine);
        }

        @Override
        protected Outcome work(Worker worker) {
            return Outcome.WAIT;
        }

        @Override
        protected void release() {}
    }
}
