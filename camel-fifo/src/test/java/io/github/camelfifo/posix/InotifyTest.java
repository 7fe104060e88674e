package io.github.camelfifo.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class InotifyTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final Faults faults = new Faults();
    private Inotify inotify;
    private Path fifo;
    private Descriptor reader;
    private int watch;

    @BeforeEach
    void watchFifo() throws Exception {
        inotify = faults.posix().inotify("inotify");
        fifo = folder.fifo("fifo");
        reader = ends.reader(fifo);
        watch = inotify.watch(reader);
    }

    @AfterEach
    void close() {
        inotify.close();
    }

    @Test
    void readingAndWritingAreNotTold() throws Exception {
        ends.writeAndClose(fifo, "bytes");
        ends.read(reader);

        assertThat(inotify.take()).isEmpty();
    }

    @Test
    void unlinkingIsToldAtOnceWhileTheFifoIsOpen() throws Exception {
        Files.delete(fifo);

        assertThat(inotify.take()).containsExactly(watch);
        assertThat(inotify.take()).isEmpty();
    }

    @Test
    void renamingIsTold() throws Exception {
        Files.move(fifo, folder.path("elsewhere"));

        assertThat(inotify.take()).containsExactly(watch);
    }

    @Test
    void replacingIsTold() throws Exception {
        FifoFolder.rename(folder.fifo("new"), fifo);

        assertThat(inotify.take()).containsExactly(watch);
    }

    @Test
    void renamingAFolderAboveIsNotTold() throws Exception {
        Path parent = Files.createDirectory(folder.path("parent"));
        Files.move(fifo, parent.resolve("fifo"));
        inotify.take();
        Files.move(parent, folder.path("away"));

        assertThat(inotify.take()).isEmpty();
    }

    @Test
    void theSameInodeIsOneWatch() throws Exception {
        assertThat(inotify.watch(ends.reader(fifo))).isEqualTo(watch);
    }

    @Test
    void whatIsWatchedNoLongerIsNotTold() throws Exception {
        inotify.unwatch(watch);
        inotify.take();
        Files.delete(fifo);

        assertThat(inotify.take()).isEmpty();
        inotify.unwatch(watch);
    }

    @Test
    void moreEventsThanOneReadGivesAreAllTaken() throws Exception {
        List<Integer> watches = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            watches.add(inotify.watch(ends.reader(folder.fifo("fifo" + i))));
        }
        for (int i = 0; i < 1_000; i++) {
            Files.delete(folder.path("fifo" + i));
        }

        assertThat(inotify.take()).containsExactlyInAnyOrderElementsOf(watches);
    }

    @Test
    void aRefusalIsAnErrorThatNamesTheFifo() throws Exception {
        faults.instead("inotify_add_watch", call -> call.fail("ENOSPC"));

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> inotify.watch(reader))
                .withMessageContaining("inotify_add_watch failed")
                .withMessageContaining("ENOSPC")
                .withMessageContaining(fifo.toString());
    }

    @Test
    void anInterruptedCallIsMadeAgain() throws Exception {
        faults.fail("inotify_add_watch", Errno.EINTR);

        assertThat(inotify.watch(reader)).isEqualTo(watch);
    }
}
