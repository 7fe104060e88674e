package io.github.camelfifo.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class DescriptorTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final Faults faults = new Faults();
    private final Posix posix = faults.posix();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("fifo");
    }

    @Test
    void isClosedOnceHoweverManyThreadsCloseIt() throws Exception {
        int rounds = 2_000;
        int threads = 4;
        Descriptor[] current = new Descriptor[1];
        CyclicBarrier round = new CyclicBarrier(threads, () -> {
            try {
                current[0] = posix.openPath(fifo.toString());
            } catch (ErrnoException e) {
                throw new IllegalStateException(e);
            }
        });

        Crowd.run(threads, number -> {
            for (int i = 0; i < rounds; i++) {
                round.await();
                current[0].close();
            }
        });

        assertThat(faults.count("close")).isEqualTo(rounds);
    }

    @Test
    void aNumberThatIsInUseAgainIsNotClosedByItsFormerOwner() throws Exception {
        Descriptor former = posix.openPath(fifo.toString());
        int number = former.fd();
        former.close();
        Descriptor next = ends.closedLater(posix.openPath(fifo.toString()));
        // the lowest number that is free, open(2); some other thread of the JVM may have taken it
        assumeThat(next.fd()).isEqualTo(number);

        former.close();

        assertThat(next.status().isFifo()).isTrue();
    }

    @Test
    void knowsWhetherItIsOpen() throws Exception {
        Descriptor descriptor = posix.openPath(fifo.toString());
        assertThat(descriptor.isOpen()).isTrue();
        assertThat(descriptor).hasToString(fifo + " (descriptor " + descriptor.fd() + ")");

        int number = descriptor.fd();
        descriptor.close();

        assertThat(descriptor.isOpen()).isFalse();
        assertThat(descriptor).hasToString(fifo + " (descriptor " + number + ", closed)");
    }

    @Test
    void everyCallOnAClosedOneFailsAndReachesNobodyElse() throws Exception {
        Descriptor closed = posix.openPath(fifo.toString());
        closed.close();
        // has the number now
        ends.reader(fifo);

        assertBadDescriptor(() -> posix.read(closed, ByteBuffer.allocateDirect(1)), "read");
        assertBadDescriptor(() -> posix.write(closed, ByteBuffer.allocateDirect(1)), "write");
        assertBadDescriptor(() -> posix.available(closed), "ioctl(FIONREAD)");
        assertBadDescriptor(closed::status, "fstat");
        try (Epoll epoll = posix.epoll()) {
            assertBadDescriptor(() -> epoll.add(closed, Epoll.IN, 1), "epoll_ctl");
        }
        assertThatThrownBy(() -> posix.reopenForReading(closed)).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(() -> closed.chmod(0777)).isInstanceOf(ErrnoException.class);
    }

    @Test
    void leadsToTheVeryFileAlsoWhenThatWasRemovedAndReplaced() throws Exception {
        try (Descriptor old = posix.openPath(fifo.toString())) {
            Files.delete(fifo);
            folder.fifo("fifo");
            try (Descriptor again = posix.reopenForReading(old);
                    Descriptor kept = old.openInode();
                    Descriptor other = posix.openPath(fifo.toString())) {
                FileIdentity identity = old.status().identity();
                assertThat(again.status().identity()).isEqualTo(identity);
                assertThat(kept.status().identity()).isEqualTo(identity);
                assertThat(other.status().identity()).isNotEqualTo(identity);
                assertThat(kept.path()).isEqualTo(fifo.toString());
            }
        }
    }

    @Test
    void openInodeMakesNeitherAReaderNorAWriter() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        ends.closedLater(reader.openInode());

        reader.close();
        assertThat(posix.hasReader(writer)).isFalse();

        Descriptor next = ends.reader(fifo);
        ends.closedLater(writer.openInode());
        writer.close();
        assertThat(posix.read(next, ByteBuffer.allocateDirect(1))).isEqualTo(Posix.END_OF_FILE);
    }

    private void assertBadDescriptor(ThrowingCallable action, String call) {
        assertThatThrownBy(action)
                .isInstanceOf(ErrnoException.class)
                .hasMessage(call + " failed: Bad file descriptor (EBADF): " + fifo);
    }
}
