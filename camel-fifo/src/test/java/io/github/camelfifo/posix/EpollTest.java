package io.github.camelfifo.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class EpollTest {

    private static final int AT_ONCE = 0;
    private static final int LONG = 10_000;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final Posix posix = Posix.system();
    private final Epoll.Event event = new Epoll.Event();
    private Epoll epoll;
    private Path fifo;
    private Descriptor reader;
    private Descriptor writer;

    @BeforeEach
    void openAll() throws Exception {
        epoll = posix.epoll();
        fifo = folder.fifo("fifo");
        reader = ends.reader(fifo);
        writer = ends.writer(fifo);
    }

    @AfterEach
    void closeEpoll() {
        epoll.close();
    }

    @Test
    void anEventCarriesTheWholeId() throws Exception {
        for (long id : new long[] {1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0x0123456789ABCDEFL}) {
            epoll.add(reader, Epoll.IN, id);
            ends.write(writer, "x");
            assertThat(epoll.await(event, LONG)).isTrue();
            assertThat(event.id()).isEqualTo(id);
            ends.read(reader);
            epoll.remove(reader);
        }
    }

    @Test
    void aFreshIdReplacesTheOldOneWhenArmedAgain() throws Exception {
        epoll.add(reader, Epoll.IN, 1);
        epoll.arm(reader, Epoll.IN, 2);
        ends.write(writer, "x");

        assertThat(epoll.await(event, LONG)).isTrue();
        assertThat(event.id()).isEqualTo(2);
    }

    @Test
    void waitsForTheTimeGivenAndNoLonger() throws Exception {
        epoll.add(reader, Epoll.IN, 1);

        long start = System.nanoTime();
        assertThat(epoll.await(event, 50)).isFalse();
        assertThat(System.nanoTime() - start).isBetween(49_000_000L, 5_000_000_000L);
        assertThat(epoll.await(event, AT_ONCE)).isFalse();
    }

    @Test
    void aOneShotDescriptorIsSilentUntilItIsArmedAgainAndThenTellsWhatIsThereAlready() throws Exception {
        epoll.add(reader, Epoll.IN | Epoll.ONE_SHOT, 1);
        ends.write(writer, "x");
        assertThat(epoll.await(event, LONG)).isTrue();

        ends.write(writer, "y");
        assertThat(epoll.await(event, AT_ONCE)).isFalse();

        epoll.arm(reader, Epoll.IN | Epoll.ONE_SHOT, 2);
        assertThat(epoll.await(event, LONG)).isTrue();
        assertThat(event.id()).isEqualTo(2);
        assertThat(epoll.await(event, AT_ONCE)).isFalse();
    }

    @Test
    void tellsThatThereIsRoom() throws Exception {
        ends.fill(writer, 4096);
        epoll.add(writer, Epoll.OUT | Epoll.ONE_SHOT, 1);
        assertThat(epoll.await(event, AT_ONCE)).isFalse();

        ends.read(reader, 4096);

        assertThat(epoll.await(event, LONG)).isTrue();
        assertThat(event.id()).isEqualTo(1);
    }

    @Test
    void aRemovedDescriptorIsSilentAndCanBeAddedAgain() throws Exception {
        epoll.add(reader, Epoll.IN, 1);
        epoll.remove(reader);
        ends.write(writer, "x");
        assertThat(epoll.await(event, AT_ONCE)).isFalse();

        epoll.add(reader, Epoll.IN, 2);
        assertThat(epoll.await(event, LONG)).isTrue();
        assertThat(event.id()).isEqualTo(2);
    }

    @Test
    void saysWhatWasDoneWithAWrongDescriptorAndToWhich() throws Exception {
        assertThatThrownBy(() -> epoll.remove(reader))
                .isInstanceOf(ErrnoException.class)
                .hasMessage("epoll_ctl failed: No such file or directory (ENOENT): " + fifo);

        epoll.add(reader, Epoll.IN, 1);
        assertThatThrownBy(() -> epoll.add(reader, Epoll.IN, 2))
                .isInstanceOf(ErrnoException.class)
                .hasMessage("epoll_ctl failed: File exists (EEXIST): " + fifo);
    }

    @Test
    void aClosedSetFails() {
        epoll.close();

        assertThatThrownBy(() -> epoll.await(event, AT_ONCE))
                .isInstanceOf(ErrnoException.class)
                .hasMessageStartingWith("epoll_wait failed: Bad file descriptor (EBADF)");
    }

    @Test
    void givesOneEventAWaitSoThatTheOtherIsLeftToAnotherThread() throws Exception {
        Path otherFifo = folder.fifo("other");
        Descriptor otherReader = ends.reader(otherFifo);
        ends.write(ends.writer(otherFifo), "x");
        ends.write(writer, "x");
        epoll.add(reader, Epoll.IN | Epoll.ONE_SHOT, 1);
        epoll.add(otherReader, Epoll.IN | Epoll.ONE_SHOT, 2);

        Set<Long> ids = new HashSet<>();
        assertThat(epoll.await(event, AT_ONCE)).isTrue();
        ids.add(event.id());
        assertThat(epoll.await(event, AT_ONCE)).isTrue();
        ids.add(event.id());

        assertThat(ids).containsExactlyInAnyOrder(1L, 2L);
        assertThat(epoll.await(event, AT_ONCE)).isFalse();
    }

    @Test
    void anEdgeTriggeredDescriptorTellsOfEachChangeOnce() throws Exception {
        try (Descriptor eventfd = posix.eventfd()) {
            epoll.add(eventfd, Epoll.IN | Epoll.EDGE_TRIGGERED, 1);
            for (int i = 0; i < 100; i++) {
                posix.post(eventfd);
                assertThat(epoll.await(event, LONG)).isTrue();
                assertThat(epoll.await(event, AT_ONCE)).isFalse();
            }
        }
    }

    /** As the engine's run queue works: several posts may make one event, and then whoever gets it posts again. */
    @Test
    void whatIsQueuedBeforeAPostIsFoundByOneOfManyThatWait() throws Exception {
        int works = 40_000;
        Queue<Integer> queue = new ConcurrentLinkedQueue<>();
        AtomicInteger taken = new AtomicInteger();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (Descriptor eventfd = posix.eventfd()) {
            epoll.add(eventfd, Epoll.IN | Epoll.EDGE_TRIGGERED, 1);
            Crowd.run(6, number -> {
                if (number < 2) {
                    for (int i = 0; i < works / 2; i++) {
                        queue.add(i);
                        posix.post(eventfd);
                    }
                    return;
                }
                Epoll.Event mine = new Epoll.Event();
                // short, so that it ends; each work has to be found by an event all the same
                while (taken.get() < works && System.nanoTime() < deadline) {
                    if (epoll.await(mine, 10)) {
                        if (queue.poll() != null) {
                            taken.incrementAndGet();
                        }
                        if (!queue.isEmpty()) {
                            posix.post(eventfd);
                        }
                    }
                }
            });
        }
        assertThat(taken).hasValue(works);
    }
}
