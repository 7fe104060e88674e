package io.github.camelfifo.posix;

import static io.github.camelfifo.testing.PipeEnds.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every call, against real FIFOs. */
@ExtendWith(LeakCheck.class)
class PosixTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final Posix posix = Posix.system();

    @Test
    void isLoadedOnce() {
        assertThat(Posix.system()).isSameAs(posix);
    }

    @Test
    void linuxIsAccepted() {
        NativeLibrary.requireLinux("Linux");
        NativeLibrary.requireLinux("LINUX");
    }

    @Test
    void anyOtherSystemIsRefusedInOneSentenceThatNamesIt() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> NativeLibrary.requireLinux("Windows 11"))
                .withMessage("Named pipes need Linux (epoll, /proc/self/fd); this system is Windows 11");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> NativeLibrary.requireLinux("Mac OS X"));
    }

    @Test
    void systemLooksAtTheSystemEachTime() {
        String real = System.getProperty("os.name");
        System.setProperty("os.name", "FreeBSD");
        try {
            assertThatThrownBy(Posix::system)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageEndingWith("this system is FreeBSD");
        } finally {
            System.setProperty("os.name", real);
        }
    }

    @Test
    void openPathSaysThatNothingIsThere() {
        Path path = folder.path("missing");

        assertFails(() -> posix.openPath(path.toString()), "open", Errno.ENOENT, path);
    }

    @Test
    void openPathFollowsALink() throws Exception {
        Path fifo = folder.fifo("fifo");
        Path link = Files.createSymbolicLink(folder.path("link"), fifo);

        try (Descriptor target = posix.openPath(link.toString());
                Descriptor direct = posix.openPath(fifo.toString())) {
            assertThat(target.status().identity()).isEqualTo(direct.status().identity());
        }
    }

    @Test
    void statusTellsAllKindsOfFilesApart() throws Exception {
        Path socket = folder.path("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Map<Path, String> kinds = Map.of(
                    folder.fifo("fifo"),
                    "a named pipe",
                    Files.createFile(folder.path("file")),
                    "a regular file",
                    folder.path(),
                    "a directory",
                    socket,
                    "a socket",
                    Path.of("/dev/null"),
                    "a character device");
            for (Map.Entry<Path, String> each : kinds.entrySet()) {
                try (Descriptor found = posix.openPath(each.getKey().toString())) {
                    assertThat(found.status().kind()).isEqualTo(each.getValue());
                    assertThat(found.status().isFifo())
                            .isEqualTo(each.getValue().equals("a named pipe"));
                }
            }
        }
        assertThat(new FileStatus(new FileIdentity(1, 1), 0060644, 0, 0).kind()).isEqualTo("a block device");
        assertThat(new FileStatus(new FileIdentity(1, 1), 0644, 0, 0).kind()).isEqualTo("a file of unknown kind");
    }

    @Test
    void statusGivesWhatTheJdkSees() throws Exception {
        Path fifo = folder.fifo("fifo");
        Map<String, Object> expected = Files.readAttributes(fifo, "unix:dev,ino,mode,uid,gid");

        try (Descriptor found = posix.openPath(fifo.toString())) {
            FileStatus status = found.status();
            assertThat(status.identity())
                    .isEqualTo(new FileIdentity((Long) expected.get("dev"), (Long) expected.get("ino")));
            assertThat(status.mode()).isEqualTo(expected.get("mode"));
            assertThat(status.uid()).isEqualTo(expected.get("uid"));
            assertThat(status.gid()).isEqualTo(expected.get("gid"));
        }
    }

    @Test
    void readGivesWhatIsThereThenWouldBlockThenEndOfFile() throws Exception {
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        ByteBuffer buffer = ByteBuffer.allocateDirect(10);

        assertThat(posix.read(reader, buffer)).isEqualTo(Posix.WOULD_BLOCK);
        ends.write(writer, "abc");
        assertThat(posix.read(reader, buffer)).isEqualTo(3);
        assertThat(buffer.position()).isEqualTo(3);
        writer.close();
        assertThat(posix.read(reader, buffer)).isEqualTo(Posix.END_OF_FILE);
        assertThat(buffer.position()).isEqualTo(3);
    }

    @Test
    void readFillsTheBufferFromItsPositionToItsLimit() throws Exception {
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        ends.write(ends.writer(fifo), "abcdef");
        ByteBuffer buffer = bytes("----------").position(2).limit(6);

        assertThat(posix.read(reader, buffer)).isEqualTo(4);

        assertThat(buffer.position()).isEqualTo(6);
        byte[] all = new byte[10];
        buffer.clear().get(all);
        assertThat(all).asString().isEqualTo("--abcd----");
        assertThat(ends.read(reader)).isEqualTo("ef");
    }

    @Test
    void writeTakesTheBufferFromItsPositionToItsLimit() throws Exception {
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);

        ByteBuffer direct = bytes("--abcd--").position(2).limit(6);
        assertThat(posix.write(writer, direct)).isEqualTo(4);
        assertThat(direct.position()).isEqualTo(6);
        assertThat(ends.read(reader)).isEqualTo("abcd");

        ByteBuffer heap = ByteBuffer.wrap("--abcd--".getBytes(StandardCharsets.US_ASCII))
                .position(2)
                .limit(6);
        assertThat(posix.write(writer, heap)).isEqualTo(4);
        assertThat(heap.position()).isEqualTo(6);
        assertThat(ends.read(reader)).isEqualTo("abcd");

        ByteBuffer slice = ByteBuffer.wrap("--abcd--".getBytes(StandardCharsets.US_ASCII))
                .slice(1, 6)
                .position(1)
                .limit(5);
        assertThat(posix.write(writer, slice)).isEqualTo(4);
        assertThat(ends.read(reader)).isEqualTo("abcd");
    }

    @Test
    void writeMovesOnlyByWhatThereWasRoomFor() throws Exception {
        Path fifo = folder.fifo("fifo");
        ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

        int written = posix.write(writer, buffer);

        assertThat(written).isPositive().isLessThan(1 << 20);
        assertThat(buffer.position()).isEqualTo(written);
        assertThat(posix.write(writer, buffer)).isEqualTo(Posix.WOULD_BLOCK);
        assertThat(buffer.position()).isEqualTo(written);
    }

    @Test
    void writeSaysThatNobodyReads() throws Exception {
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        reader.close();
        ByteBuffer buffer = bytes("abc");

        assertFails(() -> posix.write(writer, buffer), "write", Errno.EPIPE, fifo);
        assertThat(buffer.position()).isZero();
    }

    @Test
    void openingForWritingSaysThatNobodyReads() throws Exception {
        Path fifo = folder.fifo("fifo");

        try (Descriptor found = posix.openPath(fifo.toString())) {
            assertFails(() -> posix.reopenForWriting(found), "open", Errno.ENXIO, fifo);
        }
    }

    @Test
    void availableCountsUnreadBytesOnBothEnds() throws Exception {
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        assertThat(posix.available(reader)).isZero();

        ends.write(writer, 5000);
        assertThat(posix.available(reader)).isEqualTo(5000);
        assertThat(posix.available(writer)).isEqualTo(5000);

        ends.read(reader, 1000);
        assertThat(posix.available(reader)).isEqualTo(4000);
        assertThat(posix.available(writer)).isEqualTo(4000);
    }

    @Test
    void availableSaysOfAFolderThatItHasNoSuchThing() throws Exception {
        try (Descriptor file = posix.openPath(folder.path().toString())) {
            assertThatThrownBy(() -> posix.available(file))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessage("ioctl(FIONREAD) failed: Bad file descriptor (EBADF): " + folder.path());
        }
    }

    @Test
    void hasReaderFollowsTheReadersWhateverIsInThePipe() throws Exception {
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        assertThat(posix.hasReader(writer)).isTrue();

        ends.fill(writer, 4096);
        assertThat(posix.hasReader(writer)).isTrue();

        reader.close();
        assertThat(posix.hasReader(writer)).isFalse();

        Descriptor next = ends.reader(fifo);
        assertThat(posix.hasReader(writer)).isTrue();
        ends.read(next);
        next.close();
        assertThat(posix.hasReader(writer)).isFalse();
    }

    @Test
    void chmodSetsPermissionsExactlyWhateverTheUmask() throws Exception {
        POSIX system = POSIXFactory.getNativePOSIX();
        Path fifo = folder.fifo("fifo");
        int umask = system.umask(0777);
        try (Descriptor found = posix.openPath(fifo.toString())) {
            for (int permissions : new int[] {0666, 0620, 0, 0777, 0600}) {
                found.chmod(permissions);
                assertThat(found.status().permissions()).isEqualTo(permissions);
            }
        } finally {
            system.umask(umask);
        }
    }

    @Test
    void chmodChangesTheVeryFileThatIsOpenAlsoWhenThePathIsAnothers() throws Exception {
        Path fifo = folder.fifo("fifo");
        try (Descriptor found = posix.openPath(fifo.toString())) {
            Files.move(fifo, folder.path("moved"));
            Files.writeString(fifo, "");
            Files.setAttribute(fifo, "unix:mode", 0600);

            found.chmod(0640);

            assertThat(permissions(folder.path("moved"))).isEqualTo(0640);
            assertThat(permissions(fifo)).isEqualTo(0600);
        }
    }

    @Test
    void anEventfdIsReadableOnceSomebodyHasPosted() throws Exception {
        Epoll.Event event = new Epoll.Event();
        try (Descriptor eventfd = posix.eventfd();
                Epoll epoll = posix.epoll()) {
            epoll.add(eventfd, Epoll.IN, 7);
            assertThat(epoll.await(event, 0)).isFalse();

            posix.post(eventfd);

            assertThat(epoll.await(event, 0)).isTrue();
            assertThat(event.id()).isEqualTo(7);
            assertThat(epoll.await(event, 0)).isTrue();
        }
    }

    @Test
    void aReopenedDescriptorIsNamedByThePathAndNotByProc() throws Exception {
        Path fifo = folder.fifo("fifo");

        assertThat(ends.reader(fifo).path()).isEqualTo(fifo.toString());
    }

    @Test
    void nothingThatIsOpenedHereIsInheritedByAProcess() throws Exception {
        Path fifo = folder.fifo("fifo");
        try (Descriptor found = posix.openPath(fifo.toString());
                Descriptor reader = posix.reopenForReading(found);
                Descriptor writer = posix.reopenForWriting(found);
                Descriptor eventfd = posix.eventfd();
                Epoll epoll = posix.epoll()) {
            assertThat(epoll).isNotNull();
            for (Descriptor each : new Descriptor[] {found, reader, writer, eventfd}) {
                assertThat(flags(each) & Linux.O_CLOEXEC).as(each.toString()).isNotZero();
            }
            try (var all = Files.list(Path.of("/proc/self/fd"))) {
                all.filter(each -> target(each).contains("eventpoll"))
                        .forEach(each -> assertThat(flags(each.getFileName().toString()) & Linux.O_CLOEXEC)
                                .isNotZero());
            }
        }
    }

    private static int permissions(Path path) throws Exception {
        return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
    }

    private static int flags(Descriptor descriptor) {
        return flags(Integer.toString(descriptor.fd()));
    }

    private static int flags(String number) {
        try {
            return Files.readAllLines(Path.of("/proc/self/fdinfo", number)).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring("flags:".length()).trim(), 8))
                    .findFirst()
                    .orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (java.io.IOException e) {
            // closed since the folder was listed
            return "";
        }
    }

    private static void assertFails(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String call, Errno errno, Path path) {
        assertThatExceptionOfType(ErrnoException.class).isThrownBy(action).satisfies(e -> {
            assertThat(e.errno()).isEqualTo(errno);
            assertThat(e.getMessage()).startsWith(call + " failed: ").endsWith(" (" + errno + "): " + path);
        });
    }
}
