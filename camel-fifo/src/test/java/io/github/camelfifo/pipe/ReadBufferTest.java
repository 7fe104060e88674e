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
class ReadBufferTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final ReadBuffer buffer = new ReadBuffer(8);
    private Path fifo;
    private PipeReader reader;

    @BeforeEach
    void openReader() throws Exception {
        fifo = folder.fifo("fifo");
        PipeEngine engine = engines.start(1);
        TestTask nobody = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        reader = new PipeReader(
                engine,
                nobody,
                new NamedPipe(engine.posix(), fifo, new PipeOptions(false, 0600), new RecordingListener())
                        .openForReading(),
                false,
                new RecordingListener());
    }

    @AfterEach
    void closeReader() {
        reader.close();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(buffer.bytes().hasRemaining()).isFalse();
        assertThat(buffer.capacity()).isEqualTo(8);
    }

    @Test
    void holdsWhatWasReadInAnArray() throws Exception {
        ends.write(ends.writer(fifo), "abc");

        assertThat(buffer.fill(reader, 8)).isEqualTo(3);

        assertThat(buffer.bytes().hasArray()).isTrue();
        assertThat(content()).isEqualTo("abc");
    }

    @Test
    void takesNoMoreThanItIsAllowedAndNoMoreThanItHolds() throws Exception {
        ends.write(ends.writer(fifo), "abcdefghijklmnop");

        assertThat(buffer.fill(reader, 2)).isEqualTo(2);
        assertThat(content()).isEqualTo("ab");
        assertThat(buffer.fill(reader, 1_000)).isEqualTo(8);
        assertThat(content()).isEqualTo("cdefghij");
    }

    @Test
    void keepsNothingOfTheLastReadWhenTheNextGivesNothing() throws Exception {
        ends.writeAndClose(fifo, "abc");
        buffer.fill(reader, 8);

        assertThat(buffer.fill(reader, 8)).isEqualTo(PipeReader.END_OF_SESSION);
        assertThat(buffer.bytes().hasRemaining()).isFalse();
        assertThat(buffer.fill(reader, 8)).isEqualTo(PipeReader.NOTHING_YET);
        assertThat(buffer.bytes().hasRemaining()).isFalse();
    }

    @Test
    void isEmptyAfterAReadThatFails() throws Exception {
        ends.write(ends.writer(fifo), "abc");
        buffer.fill(reader, 1);
        engines.faults().instead("read", call -> call.fail("EIO"));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> buffer.fill(reader, 8));
        assertThat(buffer.bytes().hasRemaining()).isFalse();
    }

    @Test
    void holdsWhatWasReadOutsideOfTheHeapWhereThatWillDo() throws Exception {
        ends.write(ends.writer(fifo), "abc");

        assertThat(buffer.read(reader, 2)).isEqualTo(2);
        assertThat(text(buffer.directBytes())).isEqualTo("ab");
        assertThat(buffer.read(reader, 8)).isEqualTo(1);
        assertThat(text(buffer.directBytes())).isEqualTo("c");
        assertThat(buffer.read(reader, 8)).isEqualTo(PipeReader.NOTHING_YET);
        assertThat(buffer.directBytes().hasRemaining()).isFalse();
    }

    @Test
    void isEmptyOutsideOfTheHeapAfterAReadThatFails() throws Exception {
        ends.write(ends.writer(fifo), "abc");
        buffer.read(reader, 1);
        engines.faults().instead("read", call -> call.fail("EIO"));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> buffer.read(reader, 8));
        assertThat(buffer.directBytes().hasRemaining()).isFalse();
    }

    private String content() {
        return text(buffer.bytes());
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }
}
