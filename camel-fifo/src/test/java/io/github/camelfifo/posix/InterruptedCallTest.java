package io.github.camelfifo.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call that a signal interrupts is made again, and nobody notices; but not close(2). */
@ExtendWith(LeakCheck.class)
class InterruptedCallTest {

    private static final int TIMES = 3;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final Faults faults = new Faults();
    private final Posix posix = faults.posix();
    private Path fifo;
    private Descriptor reader;
    private Descriptor writer;

    /** A call that is interrupted. */
    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    @BeforeEach
    void openBothEnds() throws Exception {
        fifo = folder.fifo("fifo");
        reader = ends.reader(fifo);
        writer = ends.writer(fifo);
        ends.write(writer, "abc");
    }

    @Test
    void openIsMadeAgain() throws Exception {
        assertMadeAgain("open", () -> ends.closedLater(posix.openPath(fifo.toString())));
    }

    @Test
    void readIsMadeAgain() throws Exception {
        assertMadeAgain(
                "read",
                () -> assertThat(posix.read(reader, ByteBuffer.allocateDirect(9)))
                        .isEqualTo(3));
    }

    @Test
    void writeIsMadeAgain() throws Exception {
        assertMadeAgain(
                "write",
                () -> assertThat(posix.write(writer, ByteBuffer.allocateDirect(9)))
                        .isEqualTo(9));
    }

    @Test
    void fionreadIsMadeAgain() throws Exception {
        assertMadeAgain("ioctl", () -> assertThat(posix.available(reader)).isEqualTo(3));
    }

    @Test
    void pollIsMadeAgain() throws Exception {
        assertMadeAgain("poll", () -> assertThat(posix.hasReader(writer)).isTrue());
    }

    @Test
    void fstatIsMadeAgain() throws Exception {
        try (Descriptor found = posix.openPath(fifo.toString())) {
            assertMadeAgain("fstat", () -> assertThat(found.status().isFifo()).isTrue());
        }
    }

    @Test
    void mkfifoIsMadeAgain() throws Exception {
        try (Folder open = posix.openFolder(folder.path().toString())) {
            assertMadeAgain("mkfifo", () -> open.mkfifo("new", 0600));
        }
    }

    @Test
    void mkdirIsMadeAgain() throws Exception {
        try (Folder open = posix.openFolder(folder.path().toString())) {
            assertMadeAgain("mkdir", () -> open.mkdir("new", 0700));
        }
    }

    @Test
    void readlinkatIsMadeAgain() throws Exception {
        Files.createSymbolicLink(folder.path("link"), Path.of("fifo"));
        try (Folder open = posix.openFolder(folder.path().toString());
                Descriptor link = open.openNoFollow("link", "link")) {
            assertMadeAgain("readlinkat", () -> assertThat(link.linkText()).isEqualTo("fifo"));
        }
    }

    @Test
    void chmodIsMadeAgain() throws Exception {
        try (Descriptor found = posix.openPath(fifo.toString())) {
            assertMadeAgain("chmod", () -> found.chmod(0620));
            assertThat(found.status().permissions()).isEqualTo(0620);
        }
    }

    @Test
    void unlinkIsMadeAgain() throws Exception {
        try (Folder open = posix.openFolder(folder.path().toString())) {
            assertMadeAgain("unlink", () -> open.unlink("fifo"));
        }
        assertThat(fifo).doesNotExist();
    }

    @Test
    void postIsMadeAgain() throws Exception {
        try (Descriptor eventfd = posix.eventfd();
                Epoll epoll = posix.epoll()) {
            assertMadeAgain("eventfd_write", () -> posix.post(eventfd));
            epoll.add(eventfd, Epoll.IN, 7);
            assertThat(epoll.await(new Epoll.Event(), 0)).isTrue();
        }
    }

    @Test
    void epollCtlIsMadeAgain() throws Exception {
        try (Epoll epoll = posix.epoll()) {
            assertMadeAgain("epoll_ctl", () -> epoll.add(reader, Epoll.IN, 7));
            assertMadeAgain("epoll_ctl", () -> epoll.arm(reader, Epoll.IN, 8));
            assertMadeAgain("epoll_ctl", () -> epoll.remove(reader));
        }
    }

    @Test
    void epollWaitEndsEarlyWithoutAnEventAndFindsItTheNextTime() throws Exception {
        try (Epoll epoll = posix.epoll()) {
            epoll.add(reader, Epoll.IN, 7);
            faults.fail("epoll_wait", Errno.EINTR);
            Epoll.Event event = new Epoll.Event();

            assertThat(epoll.await(event, -1)).isFalse();
            assertThat(epoll.await(event, -1)).isTrue();
            assertThat(event.id()).isEqualTo(7);
        }
    }

    @Test
    void closeIsNotMadeAgain() throws Exception {
        Descriptor other = posix.openPath(fifo.toString());
        int number = other.fd();
        int before = faults.count("close");
        faults.instead("close", call -> {
            call.proceed();
            return call.fail(Errno.EINTR);
        });

        other.close();

        assertThat(faults.count("close")).isEqualTo(before + 1);
        // the number is somebody else's now, who must not lose it
        Descriptor next = ends.closedLater(posix.openPath(fifo.toString()));
        assumeThat(next.fd()).isEqualTo(number);
        other.close();
        assertThat(faults.count("close")).isEqualTo(before + 1);
        assertThat(next.status().isFifo()).isTrue();
    }

    private void assertMadeAgain(String call, Action action) throws Exception {
        int before = faults.count(call);
        faults.instead(call, each -> each.number() <= TIMES ? each.fail(Errno.EINTR) : each.proceed());

        action.run();

        assertThat(faults.count(call)).isEqualTo(before + TIMES + 1);
        faults.clear();
    }
}
