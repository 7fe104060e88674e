package io.github.camelfifo.posix;

import static io.github.camelfifo.testing.PipeEnds.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.constants.platform.Sysconf;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the code takes for granted of Linux, fifo(7), pipe(7) and epoll(7). If one of these fails, the kernel under it is
 * another one than the code was made for.
 */
@ExtendWith(LeakCheck.class)
class KernelFactsTest {

    private static final int PIPE_BUF = 4096;
    private static final int AT_ONCE = 0;
    private static final int LONG = 10_000;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final Posix posix = Posix.system();
    private final POSIX system = POSIXFactory.getNativePOSIX();
    private final Epoll.Event event = new Epoll.Event();
    private Epoll epoll;
    private Path fifo;

    @BeforeEach
    void makeFifo() throws Exception {
        epoll = posix.epoll();
        fifo = folder.fifo("fifo");
    }

    @AfterEach
    void closeEpoll() {
        epoll.close();
    }

    // Opening, end of file, reopening

    @Test
    void withoutAWriterOpeningForReadingSucceedsAndReadGivesEndOfFileAndNoEventComes() throws Exception {
        Descriptor reader = ends.reader(fifo);
        epoll.add(reader, Epoll.IN, 1);

        assertThat(read(reader)).isEqualTo(Posix.END_OF_FILE);
        assertThat(epoll.await(event, AT_ONCE)).isFalse();
    }

    @Test
    void aWriterThatOpensAndWritesNothingMakesNoEventAndReadWouldBlock() throws Exception {
        Descriptor reader = ends.reader(fifo);
        epoll.add(reader, Epoll.IN, 1);
        ends.writer(fifo);

        assertThat(read(reader)).isEqualTo(Posix.WOULD_BLOCK);
        assertThat(epoll.await(event, AT_ONCE)).isFalse();
    }

    @Test
    void afterTheLastWriterHasClosedEveryWaitGivesAnEventForEver() throws Exception {
        Descriptor reader = ends.reader(fifo);
        epoll.add(reader, Epoll.IN, 1);
        ends.writeAndClose(fifo, "abc");

        assertThat(epoll.await(event, LONG)).isTrue();
        assertThat(ends.read(reader)).isEqualTo("abc");
        for (int i = 0; i < 100; i++) {
            assertThat(epoll.await(event, AT_ONCE)).isTrue();
            assertThat(read(reader)).isEqualTo(Posix.END_OF_FILE);
        }
    }

    @Test
    void aWriterThatComesAndGoesWithoutAByteMakesAnEvent() throws Exception {
        Descriptor reader = ends.reader(fifo);
        epoll.add(reader, Epoll.IN, 1);
        ends.writer(fifo).close();

        assertThat(epoll.await(event, LONG)).isTrue();
        assertThat(read(reader)).isEqualTo(Posix.END_OF_FILE);
    }

    @Test
    void aDescriptorOpenedAnewAfterEndOfFileIsSilent() throws Exception {
        Descriptor old = ends.reader(fifo);
        ends.writeAndClose(fifo, "abc");
        ends.read(old);

        Descriptor fresh = ends.closedLater(posix.reopenForReading(old));
        epoll.add(fresh, Epoll.IN, 1);

        assertThat(epoll.await(event, AT_ONCE)).isFalse();
        ends.writeAndClose(fifo, "def");
        assertThat(epoll.await(event, LONG)).isTrue();
        assertThat(ends.read(fresh)).isEqualTo("def");
    }

    @Test
    void aDescriptorOpenedAfterASessionGetsItsBytesButNeverSeesItEnd() throws Exception {
        Descriptor old = ends.reader(fifo);
        epoll.add(old, Epoll.IN, 1);
        ends.writeAndClose(fifo, "abc");

        Descriptor fresh = ends.closedLater(posix.reopenForReading(old));
        Epoll other = posix.epoll();
        try (other) {
            other.add(fresh, Epoll.IN, 2);
            assertThat(posix.available(fresh)).isEqualTo(3);
            assertThat(ends.read(fresh)).isEqualTo("abc");
            assertThat(other.await(event, AT_ONCE)).isFalse();
        }
        assertThat(epoll.await(event, LONG)).isTrue();
    }

    @Test
    void procLeadsToTheSameInodeAlsoWhenThePathWasRemovedOrReplaced() throws Exception {
        Descriptor old = ends.reader(fifo);
        Files.delete(fifo);
        assertThat(ends.closedLater(posix.reopenForReading(old)).status().identity())
                .isEqualTo(old.status().identity());

        folder.fifo("fifo");
        Descriptor fresh = ends.closedLater(posix.reopenForReading(old));
        ends.closedLater(posix.reopenForWriting(old));
        assertThat(fresh.status().identity()).isEqualTo(old.status().identity());
    }

    @Test
    void aPipeLivesWhileAnyDescriptorIsOpen() throws Exception {
        Descriptor old = ends.reader(fifo);
        ends.writeAndClose(fifo, "abc");
        Descriptor fresh = ends.closedLater(posix.reopenForReading(old));
        old.close();

        assertThat(ends.read(fresh)).isEqualTo("abc");
    }

    @Test
    void anOldDescriptorGoesOnAfterEndOfFile() throws Exception {
        Descriptor old = ends.reader(fifo);
        ends.writeAndClose(fifo, "abc");
        ends.read(old);
        assertThat(read(old)).isEqualTo(Posix.END_OF_FILE);

        Descriptor writer = ends.writer(fifo);
        assertThat(read(old)).isEqualTo(Posix.WOULD_BLOCK);
        ends.write(writer, "def");
        assertThat(ends.read(old)).isEqualTo("def");
        writer.close();
        assertThat(read(old)).isEqualTo(Posix.END_OF_FILE);
    }

    @Test
    void aSecondWriterThatOpensBeforeTheEndWasSeenMakesOneStreamOfBoth() throws Exception {
        Descriptor reader = ends.reader(fifo);
        ends.writeAndClose(fifo, "abc");
        Descriptor second = ends.writer(fifo);
        ends.write(second, "def");

        assertThat(ends.read(reader)).isEqualTo("abcdef");
        assertThat(read(reader)).isEqualTo(Posix.WOULD_BLOCK);
    }

    @Test
    void unreadBytesAreGoneWithTheLastDescriptor() throws Exception {
        Descriptor reader = ends.reader(fifo);
        ends.writeAndClose(fifo, "abc");
        reader.close();

        assertThat(posix.available(ends.reader(fifo))).isZero();
    }

    @Test
    void oPathKeepsNoBytesAndCountsNeitherAsReaderNorAsWriter() throws Exception {
        Descriptor look = ends.closedLater(posix.openPath(fifo.toString()));
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> posix.reopenForWriting(look))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENXIO));

        Descriptor reader = ends.reader(fifo);
        ends.writeAndClose(fifo, "abc");
        reader.close();
        assertThat(read(ends.reader(fifo))).isEqualTo(Posix.END_OF_FILE);
    }

    @Test
    void mkfifoHonoursTheUmaskAndCanOnlyGetNarrowerByIt() throws Exception {
        int umask = system.umask(0077);
        try (Folder open = posix.openFolder(folder.path().toString())) {
            open.mkfifo("narrower", 0666);
        } finally {
            system.umask(umask);
        }
        try (Descriptor found = posix.openPath(folder.path("narrower").toString())) {
            assertThat(found.status().permissions()).isEqualTo(0600);
        }
    }

    @Test
    void anInodeNumberIsNotGivenAwayWhileADescriptorIsOpen() throws Exception {
        try (Descriptor old = posix.openPath(fifo.toString())) {
            Files.delete(fifo);
            for (int i = 0; i < 200; i++) {
                try (Descriptor other = posix.openPath(folder.fifo("fifo" + i).toString())) {
                    assertThat(other.status().identity())
                            .isNotEqualTo(old.status().identity());
                }
                Files.delete(folder.path("fifo" + i));
            }
        }
    }

    // Writing

    @Test
    void withoutAReaderOpeningForWritingFailsWithEnxio() {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> ends.writer(fifo))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENXIO));
    }

    @Test
    void whatAReaderLeavesUnreadStaysForTheNextOneAsLongAsTheWriterKeepsItsDescriptor() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        ends.write(writer, "abcdef");
        ends.read(reader, 3);
        reader.close();

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> ends.write(writer, "x"))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EPIPE));
        assertThat(posix.available(writer)).isEqualTo(3);

        Descriptor next = ends.reader(fifo);
        assertThat(ends.write(writer, "ghi")).isEqualTo(3);
        assertThat(ends.read(next)).isEqualTo("defghi");
    }

    @Test
    void aWritingEndWithoutAReaderIsReportedEveryTime() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        ends.fill(writer, PIPE_BUF);
        epoll.add(writer, Epoll.OUT, 1);
        assertThat(epoll.await(event, AT_ONCE)).isFalse();

        reader.close();

        for (int i = 0; i < 100; i++) {
            assertThat(epoll.await(event, AT_ONCE)).isTrue();
        }
    }

    @Test
    void writesOfUpToPipeBufAreAllOrNothing() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        for (int size : new int[] {PIPE_BUF, PIPE_BUF - 1, 3000, 1365, 7}) {
            ends.fill(writer, size);
            // leaves room, but for one byte less than a whole write
            ends.read(reader, size - 1);
            assertThat(ends.write(writer, size)).isIn(0, size);
            ends.read(reader);
        }
    }

    @Test
    void afterAnEventForRoomAWriteOfPipeBufNeverHasToWait() throws Exception {
        int rounds = 5_000;
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        epoll.add(writer, Epoll.OUT | Epoll.ONE_SHOT, 1);
        ByteBuffer frame = ByteBuffer.allocateDirect(PIPE_BUF);
        AtomicInteger written = new AtomicInteger();

        Crowd.run(2, number -> {
            if (number == 0) {
                for (int i = 0; i < rounds; i++) {
                    epoll.arm(writer, Epoll.OUT | Epoll.ONE_SHOT, 1);
                    assertThat(epoll.await(event, LONG)).isTrue();
                    assertThat(posix.write(writer, frame.clear())).isEqualTo(PIPE_BUF);
                    written.incrementAndGet();
                }
            } else {
                ByteBuffer some = ByteBuffer.allocateDirect(1777);
                long read = 0;
                while (read < (long) rounds * PIPE_BUF) {
                    read += Math.max(0, posix.read(reader, some.clear()));
                }
            }
        });

        assertThat(written).hasValue(rounds);
    }

    @Test
    void aLargerWriteMayBePartial() throws Exception {
        ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);

        assertThat(ends.write(writer, 1 << 20)).isPositive().isLessThan(1 << 20);
    }

    @Test
    void aPipeIsFullByItsPagesAndNotByItsBytes() throws Exception {
        assumeThat(system.sysconf(Sysconf._SC_PAGESIZE)).isEqualTo(4096);
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        assumeThat(ends.fill(writer, PIPE_BUF)).as("default size").isEqualTo(65_536);
        ends.read(reader);

        assertThat(ends.fill(writer, 2049)).isEqualTo(16 * 2049);
    }

    @Test
    void bytesInThePipeAreCountedOnEitherEnd() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        ends.write(writer, 10_000);
        ends.read(reader, 1);

        assertThat(posix.available(reader)).isEqualTo(9_999);
        assertThat(posix.available(writer)).isEqualTo(9_999);
    }

    // Looking without taking

    @Test
    void aPipeWithUnreadBytesIsAlwaysReadable() throws Exception {
        Descriptor reader = ends.reader(fifo);
        ends.write(ends.writer(fifo), "abc");
        epoll.add(reader, Epoll.IN | Epoll.ONE_SHOT, 1);

        for (int i = 0; i < 100; i++) {
            assertThat(epoll.await(event, AT_ONCE)).isTrue();
            epoll.arm(reader, Epoll.IN | Epoll.ONE_SHOT, 1);
        }
    }

    @Test
    void teeCopiesFromTheHeadAndTakesNothing() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        try (AnonymousPipe scratch = posix.pipe()) {
            assertThat(posix.tee(reader, scratch.writingEnd(), 100)).isEqualTo(Posix.WOULD_BLOCK);
            ends.write(writer, "abcdef");
            assertThat(posix.tee(reader, scratch.writingEnd(), 100)).isEqualTo(6);
            assertThat(posix.tee(reader, scratch.writingEnd(), 2)).isEqualTo(2);
            assertThat(ends.read(scratch.readingEnd())).isEqualTo("abcdefab");
            ends.read(reader, 4);
            assertThat(posix.tee(reader, scratch.writingEnd(), 100)).isEqualTo(2);
            assertThat(ends.read(scratch.readingEnd())).isEqualTo("ef");
            ends.read(reader);
            writer.close();
            assertThat(posix.tee(reader, scratch.writingEnd(), 100)).isEqualTo(Posix.END_OF_FILE);
        }
    }

    @Test
    void whatTeeCopiesTakesAsManySlotsAsItDidSoACopyThatIsFullTellsOfAFullPipe() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        assumeThat(posix.capacity(reader)).as("default size").isEqualTo(65_536);
        try (AnonymousPipe scratch = posix.pipe();
                AnonymousPipe letter = posix.pipe()) {
            ends.write(letter.writingEnd(), "x");
            for (int i = 0; i < 15; i++) {
                posix.tee(letter.readingEnd(), writer, 1);
            }
            posix.tee(reader, scratch.writingEnd(), Integer.MAX_VALUE);
            assertThat(posix.isFull(scratch.writingEnd())).isFalse();
            assertThat(posix.isFull(writer)).isFalse();

            ends.read(scratch.readingEnd());
            posix.tee(letter.readingEnd(), writer, 1);
            posix.tee(reader, scratch.writingEnd(), Integer.MAX_VALUE);
            assertThat(posix.isFull(scratch.writingEnd())).isTrue();
            assertThat(posix.isFull(writer)).isTrue();
        }
    }

    @Test
    void aWriteForWhichThereIsNotEnoughRoomMakesNoEventOnAPipeThatIsNotEmpty() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        ends.write(writer, "a");
        epoll.add(reader, Epoll.IN | Epoll.EDGE_TRIGGERED, 1);
        assertThat(epoll.await(event, AT_ONCE)).isTrue();

        try (ShellProcess blocked = ShellProcess.sh("dd if=/dev/zero bs=1000000 count=1 status=none > \"$1\"", fifo)) {
            await().until(() -> posix.isFull(writer));
            assertThat(epoll.await(event, AT_ONCE)).isFalse();
            assertThat(blocked.isAlive()).isTrue();
        }
    }

    @Test
    void aReadablePipeThatIsWatchedEdgeTriggeredHasAnEventForEachWriteAndOneAtTheEnd() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        ends.write(writer, "a");
        epoll.add(reader, Epoll.IN | Epoll.EDGE_TRIGGERED, 1);
        for (int i = 0; i < 10; i++) {
            assertThat(epoll.await(event, AT_ONCE)).isTrue();
            assertThat(epoll.await(event, AT_ONCE)).isFalse();
            ends.write(writer, "a");
        }
        assertThat(epoll.await(event, AT_ONCE)).isTrue();
        assertThat(posix.isHungUp(reader)).isFalse();

        writer.close();
        assertThat(epoll.await(event, AT_ONCE)).isTrue();
        assertThat(epoll.await(event, AT_ONCE)).isFalse();
        assertThat(posix.isHungUp(reader)).isTrue();
    }

    @Test
    void ofAWriterThatHadGoneBeforeADescriptorKnowsOnlyWhenAnotherHasGone() throws Exception {
        Descriptor holder = ends.reader(fifo);
        ends.writeAndClose(fifo, "abc");
        Descriptor late = ends.reader(fifo);
        assertThat(posix.isHungUp(holder)).isTrue();
        assertThat(posix.isHungUp(late)).isFalse();

        ends.writer(fifo).close();
        assertThat(posix.isHungUp(late)).isTrue();
    }

    // epoll

    @Test
    void aOneShotDescriptorThatFiredIsSilentWhenItsWriterGoesToo() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        epoll.add(reader, Epoll.IN | Epoll.ONE_SHOT, 1);
        ends.write(writer, "x");
        assertThat(epoll.await(event, LONG)).isTrue();

        writer.close();
        assertThat(epoll.await(event, AT_ONCE)).isFalse();

        epoll.arm(reader, Epoll.IN | Epoll.ONE_SHOT, 1);
        assertThat(epoll.await(event, LONG)).isTrue();
    }

    @Test
    void severalThreadsMayWaitOnOneSetAndEachEventReachesExactlyOneOfThem() throws Exception {
        int rounds = 20_000;
        int waiters = 4;
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        epoll.add(reader, Epoll.IN | Epoll.ONE_SHOT, 1);
        ends.write(writer, "x");
        AtomicInteger events = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();

        Crowd.run(waiters, number -> {
            Epoll.Event mine = new Epoll.Event();
            ByteBuffer one = ByteBuffer.allocateDirect(1);
            ByteBuffer next = bytes("x");
            while (events.get() < rounds) {
                if (!epoll.await(mine, 1)) {
                    continue;
                }
                assertThat(atOnce.incrementAndGet()).isEqualTo(1);
                assertThat(posix.read(reader, one.clear())).isEqualTo(1);
                events.incrementAndGet();
                posix.write(writer, next.clear());
                atOnce.decrementAndGet();
                epoll.arm(reader, Epoll.IN | Epoll.ONE_SHOT, 1);
            }
        });

        assertThat(events.get()).isBetween(rounds, rounds + waiters);
    }

    @Test
    void aClosedDescriptorIsReportedOnAsLongAsThereIsACopyOfIt() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        epoll.add(reader, Epoll.IN, 1);
        int copy = system.dup(reader.fd());
        try {
            reader.close();
            ends.write(writer, "x");
            assertThat(epoll.await(event, LONG)).isTrue();
            assertThat(event.id()).isEqualTo(1);
        } finally {
            system.close(copy);
        }
    }

    @Test
    void aDescriptorThatWasTakenOutBeforeClosingIsNotReportedThroughItsCopy() throws Exception {
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        epoll.add(reader, Epoll.IN, 1);
        int copy = system.dup(reader.fd());
        try {
            epoll.remove(reader);
            reader.close();
            ends.write(writer, "x");
            assertThat(epoll.await(event, AT_ONCE)).isFalse();
        } finally {
            system.close(copy);
        }
    }

    @Test
    void aClosedNumberIsGivenAwayAgainAtOnce() throws Exception {
        boolean again = false;
        // a thread of the JVM may come in between, but not every time
        for (int i = 0; i < 10 && !again; i++) {
            Descriptor first = posix.openPath(fifo.toString());
            int number = first.fd();
            first.close();
            try (Descriptor next = posix.openPath(fifo.toString())) {
                again = next.fd() == number;
            }
        }
        assertThat(again).isTrue();
    }

    private int read(Descriptor reader) throws ErrnoException {
        return posix.read(reader, ByteBuffer.allocateDirect(PIPE_BUF));
    }
}
