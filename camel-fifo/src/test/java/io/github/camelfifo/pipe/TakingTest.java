package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.pipe.PipeTask.Outcome;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class TakingTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private Path fifo;
    private TestTask nobody;
    private PipeReader reader;
    private Taking taking;
    private Worker worker;

    @BeforeEach
    void openReader() throws Exception {
        fifo = folder.fifo("fifo");
        PipeEngine engine = engines.start(1);
        nobody = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        reader = new PipeReader(
                engine,
                nobody,
                ReadingEnd.opened(
                        new NamedPipe(engine.posix(), fifo, new PipeOptions(false, 0600), new RecordingListener())
                                .openForReading()),
                new RecordingListener());
        worker = engine.memory();
        taking = new Taking(reader, 8, false);
    }

    @AfterEach
    void closeReader() {
        Owner.run(nobody, reader::close);
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(taking.bytes().hasRemaining()).isFalse();
    }

    @Test
    void holdsWhatWasReadInAnArray() throws Exception {
        ends.write(ends.writer(fifo), "abc");

        assertThat(fill(8)).isEqualTo(3);

        assertThat(taking.bytes().hasArray()).isTrue();
        assertThat(content()).isEqualTo("abc");
    }

    @Test
    void takesNoMoreThanItIsAllowedAndNoMoreThanItHolds() throws Exception {
        ends.write(ends.writer(fifo), "abcdefghijklmnop");

        assertThat(fill(2)).isEqualTo(2);
        assertThat(content()).isEqualTo("ab");
        assertThat(fill(1_000)).isEqualTo(8);
        assertThat(content()).isEqualTo("cdefghij");
    }

    @Test
    void keepsNothingOfTheLastReadWhenTheNextGivesNothing() throws Exception {
        ends.writeAndClose(fifo, "abc");
        fill(8);

        assertThat(fill(8)).isEqualTo(Intake.END_OF_SESSION);
        assertThat(taking.bytes().hasRemaining()).isFalse();
        assertThat(fill(8)).isEqualTo(Intake.NOTHING_YET);
        assertThat(taking.bytes().hasRemaining()).isFalse();
    }

    @Test
    void isEmptyAfterAReadThatFails() throws Exception {
        ends.write(ends.writer(fifo), "abc");
        fill(1);
        engines.faults().instead("read", call -> call.fail("EIO"));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> fill(8));
        assertThat(taking.bytes().hasRemaining()).isFalse();
    }

    @Test
    void holdsWhatWasReadOutsideOfTheHeapWhereThatWillDo() throws Exception {
        taking = new Taking(reader, 8, true);
        ends.write(ends.writer(fifo), "abc");

        assertThat(fill(2)).isEqualTo(2);
        assertThat(content()).isEqualTo("ab");
        assertThat(fill(8)).isEqualTo(1);
        ByteBuffer last = taking.bytes();
        assertThat(content()).isEqualTo("c");
        assertThat(fill(8)).isEqualTo(Intake.NOTHING_YET);
        assertThat(taking.bytes().hasRemaining()).isFalse();
        // whoever has used it up still looks at it
        assertThat(last.hasRemaining()).isFalse();
    }

    @Test
    void isEmptyOutsideOfTheHeapAfterAReadThatFails() throws Exception {
        taking = new Taking(reader, 8, true);
        ends.write(ends.writer(fifo), "abc");
        fill(1);
        ByteBuffer last = taking.bytes();
        String unused = content();
        engines.faults().instead("read", call -> call.fail("EIO"));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> fill(8));
        assertThat(taking.bytes().hasRemaining()).isFalse();
        assertThat(last.hasRemaining()).isFalse();
    }

    private int fill(int limit) throws IOException {
        return Owner.get(nobody, () -> taking.fill(worker, limit));
    }

    private String content() {
        return StandardCharsets.ISO_8859_1.decode(taking.bytes()).toString();
    }
}
