package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class PipeUsesTest {

    private static final boolean DELETE = true;
    private static final boolean KEEP = false;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final Faults faults = new Faults();
    private final PipeUses uses = new PipeUses();
    private Path fifo;
    private NamedPipe pipe;

    @BeforeEach
    void makePipe() {
        fifo = folder.path("fifo");
        pipe = new NamedPipe(faults.posix(), fifo, new PipeOptions(true, 0600), new RecordingListener());
    }

    @Test
    void locatingMakesTheFifoAndLeavesNothingOpenUnlessItIsToBeRemoved() throws Exception {
        PipeUse use = uses.begin(pipe, KEEP);
        assertThat(fifo).doesNotExist();

        use.locate();

        assertThat(fifo).exists();
        assertThat(LeakCheck.openDescriptors()).doesNotContain(fifo.toString());
        use.close();
        assertThat(fifo).exists();
    }

    @Test
    void itIsLocatedOnce() throws Exception {
        PipeUse use = uses.begin(pipe, KEEP);
        use.locate();
        int before = faults.count("open");

        use.locate();

        assertThat(faults.count("open")).isEqualTo(before);
        use.close();
    }

    @Test
    void aFailedLocatingIsTriedAgain() throws Exception {
        PipeUse use = uses.begin(pipe, DELETE);
        Files.writeString(fifo, "mine");
        assertThatExceptionOfType(NotANamedPipeException.class).isThrownBy(use::locate);
        Files.delete(fifo);

        use.locate();

        assertThat(fifo).exists();
        use.close();
        assertThat(fifo).doesNotExist();
    }

    @Test
    void theLastUserRemovesIt() throws Exception {
        PipeUse first = uses.begin(pipe, DELETE);
        PipeUse second = uses.begin(pipe, KEEP);
        first.locate();
        second.locate();

        first.close();
        assertThat(fifo).exists();
        second.close();
        assertThat(fifo).doesNotExist();
    }

    @Test
    void aUserThatHasNotLocatedItCountsToo() throws Exception {
        PipeUse first = uses.begin(pipe, DELETE);
        PipeUse second = uses.begin(pipe, DELETE);
        first.locate();

        first.close();
        assertThat(fifo).exists();
        second.close();
        assertThat(fifo).doesNotExist();
    }

    @Test
    void nobodyRemovesItWhenNobodyWantedThat() throws Exception {
        PipeUse use = uses.begin(pipe, KEEP);
        use.locate();
        use.close();

        assertThat(fifo).exists();
    }

    @Test
    void whoNeverLocatedItRemovesNothing() throws Exception {
        folder.fifo("fifo");

        uses.begin(pipe, DELETE).close();

        assertThat(fifo).exists();
    }

    @Test
    void anotherFifoThatHasTakenItsPlaceIsLeft() throws Exception {
        PipeUse use = uses.begin(pipe, DELETE);
        use.locate();
        Files.delete(fifo);
        folder.fifo("fifo");

        use.close();

        assertThat(fifo).exists();
    }

    @Test
    void ofSeveralThatWereUsedAtThePathTheOneThatIsThereIsRemoved() throws Exception {
        PipeUse first = uses.begin(pipe, DELETE);
        first.locate();
        Files.delete(fifo);
        PipeUse second = uses.begin(pipe, DELETE);
        second.locate();

        first.close();
        second.close();

        assertThat(fifo).doesNotExist();
    }

    @Test
    void closingAgainDoesNothing() throws Exception {
        PipeUse first = uses.begin(pipe, DELETE);
        PipeUse second = uses.begin(pipe, DELETE);
        first.locate();

        first.close();
        first.close();
        assertThat(fifo).exists();
        second.close();
    }

    @Test
    void locatingAfterClosingMakesNothing() throws Exception {
        PipeUse use = uses.begin(pipe, DELETE);
        use.close();

        use.locate();

        assertThat(fifo).doesNotExist();
    }

    @Test
    void otherPathsAreOtherUses() throws Exception {
        PipeUse use = uses.begin(pipe, DELETE);
        PipeUse other = uses.begin(
                new NamedPipe(
                        faults.posix(), folder.path("other"), new PipeOptions(true, 0600), new RecordingListener()),
                DELETE);
        use.locate();
        other.locate();

        use.close();

        assertThat(fifo).doesNotExist();
        assertThat(folder.path("other")).exists();
        other.close();
        assertThat(folder.path("other")).doesNotExist();
    }

    @Test
    void aRemovalThatFailsIsAnErrorAndLeavesNothingOpen() throws Exception {
        PipeUse use = uses.begin(pipe, DELETE);
        use.locate();
        faults.fail("unlink", Errno.EACCES);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(use::close)
                .withMessage("unlink failed: Permission denied (EACCES): " + fifo);
    }

    @Test
    void whileManyComeAndGoItIsThereForEachAndGoneInTheEnd() throws Exception {
        for (int round = 0; round < 50; round++) {
            Crowd.run(6, number -> {
                for (int i = 0; i < 10; i++) {
                    PipeUse use = uses.begin(pipe, DELETE);
                    use.locate();
                    try (Descriptor found = faults.posix().openPath(fifo.toString())) {
                        assertThat(found.status().isFifo()).isTrue();
                    }
                    use.close();
                }
            });
            assertThat(fifo).doesNotExist();
        }
    }
}
