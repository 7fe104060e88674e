package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class NamedPipeTest {

    private static final int PERMISSION_BITS = 07777;
    private static final int O_PATH = 010000000;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final POSIX system = POSIXFactory.getNativePOSIX();
    private final Faults faults = new Faults();
    private final Posix posix = faults.posix();

    // Looking

    @Test
    void aCheckOpensAndMakesNothing() throws Exception {
        NamedPipe pipe = pipe("a/fifo", true, 0600);
        faults.instead("open", call -> {
            assertThat((Integer) call.argument(1) & O_PATH).isNotZero();
            return call.proceed();
        });

        pipe.checkReadable();
        pipe.checkWritable();
        assertThat(folder.path("a")).doesNotExist();
        Files.createDirectory(folder.path("a"));
        folder.fifo("a/fifo");
        pipe.checkReadable();
        pipe.checkWritable();
    }

    @Test
    void aCheckSaysWhatOpeningWouldSay() throws Exception {
        assertThatExceptionOfType(NoSuchNamedPipeException.class)
                .isThrownBy(() -> pipe("fifo", false, 0600).checkReadable());
        assertThatExceptionOfType(NoSuchNamedPipeException.class)
                .isThrownBy(() -> new NamedPipe(
                                posix, Path.of("/dev/fd/9999"), new PipeOptions(true, 0600), new RecordingListener())
                        .checkWritable());
        Files.writeString(folder.path("fifo"), "no FIFO");
        assertThatExceptionOfType(NotANamedPipeException.class)
                .isThrownBy(() -> pipe("fifo", true, 0600).checkReadable())
                .withMessage("Not a named pipe but a regular file: " + folder.path("fifo"));
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> pipe("fifo/below", true, 0600).checkWritable())
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOTDIR));
    }

    @Test
    void aCheckNeedsTheRightThatItIsAskedFor() throws Exception {
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        Files.setAttribute(folder.fifo("readable"), "unix:mode", 0644);
        Files.setAttribute(folder.fifo("writable"), "unix:mode", 0622);

        AnotherUser.act(() -> {
            pipe("readable", true, 0600).checkReadable();
            pipe("writable", true, 0600).checkWritable();
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> pipe("readable", true, 0600).checkWritable());
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> pipe("writable", true, 0600).checkReadable())
                    .withMessage("access failed: Permission denied (EACCES): " + folder.path("writable"));
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> pipe("a/b/fifo", true, 0600).checkReadable())
                    .withMessage("access failed: Permission denied (EACCES): " + folder.path());
        });
    }

    /** As some containers do; then only opening tells. */
    @Test
    void aCheckThatTheSystemForbidsRefusesNothing() throws Exception {
        folder.fifo("fifo");
        faults.instead("faccessat", call -> call.fail("EPERM"));

        pipe("fifo", true, 0600).checkWritable();
    }

    // Making

    @Test
    void doesNothingUntilItIsAsked() {
        pipe("fifo", true, 0600);

        assertThat(folder.path("fifo")).doesNotExist();
    }

    @Test
    void isMadeWhenNothingIsThere() throws Exception {
        try (Descriptor found = pipe("fifo", true, 0600).locate()) {
            assertThat(found.status().isFifo()).isTrue();
            assertThat(found.path()).isEqualTo(folder.path("fifo").toString());
        }
        assertThat(permissions("fifo")).isEqualTo(0600);
    }

    @Test
    void isNotMadeUnlessWanted() {
        assertThatExceptionOfType(NoSuchNamedPipeException.class)
                .isThrownBy(() -> pipe("fifo", false, 0600).locate())
                .withMessage("Named pipe does not exist: " + folder.path("fifo"));
        assertThat(folder.path("fifo")).doesNotExist();
    }

    @Test
    void missingParentFoldersAreNotMadeEitherUnlessWanted() {
        assertThatExceptionOfType(NoSuchNamedPipeException.class)
                .isThrownBy(() -> pipe("a/fifo", false, 0600).openForReading());
        assertThat(folder.path("a")).doesNotExist();
    }

    @Test
    void missingParentFoldersAreMadeForTheOwnerOnly() throws Exception {
        int umask = system.umask(0);
        try {
            pipe("a/b/fifo", true, 0666).locate().close();
        } finally {
            system.umask(umask);
        }
        assertThat(permissions("a")).isEqualTo(0700);
        assertThat(permissions("a/b")).isEqualTo(0700);
        assertThat(permissions("a/b/fifo")).isEqualTo(0666);
    }

    @Test
    void aParentThatIsThereKeepsItsPermissions() throws Exception {
        Files.createDirectory(folder.path("a"));
        Files.setAttribute(folder.path("a"), "unix:mode", 0755);

        pipe("a/fifo", true, 0600).locate().close();

        assertThat(permissions("a")).isEqualTo(0755);
    }

    @Test
    void aParentThatIsAFileIsAnErrorThatNamesIt() throws Exception {
        Files.writeString(folder.path("a"), "mine");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> pipe("a/fifo", true, 0600).locate())
                .withMessageContaining(folder.path("a").toString());
        assertThat(folder.path("a")).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(ints = {0000, 0022, 0077, 0777})
    void permissionsAreExactWhateverTheUmask(int umask) throws Exception {
        int before = system.umask(umask);
        try {
            for (int permissions : new int[] {0600, 0660, 0666, 0622, 0200, 0777, 0}) {
                String name = "fifo-" + permissions;
                pipe(name, true, permissions).locate().close();
                assertThat(permissions(name)).as(name).isEqualTo(permissions);
            }
        } finally {
            system.umask(before);
        }
    }

    @Test
    void permissionsAreNarrowBetweenMakingAndSettingThem() throws Exception {
        AtomicInteger between = new AtomicInteger(-1);
        faults.before("chmod", 1, () -> between.set(permissions("fifo")));
        int umask = system.umask(0);
        try {
            pipe("fifo", true, 0266).locate().close();
        } finally {
            system.umask(umask);
        }

        assertThat(between).hasValue(0200);
        assertThat(permissions("fifo")).isEqualTo(0266);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "fstat", "chmod"})
    void oneThatCouldNotBeGivenItsPermissionsIsNotLeftBehind(String call) throws Exception {
        // the first open finds nothing there
        faults.instead(
                call, each -> each.number() == (call.equals("open") ? 2 : 1) ? each.fail("ENOMEM") : each.proceed());

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> pipe("fifo", true, 0660).locate())
                .withMessageStartingWith(call + " failed: Cannot allocate memory (ENOMEM)");
        assertThat(folder.path("fifo")).doesNotExist();

        pipe("fifo", true, 0660).locate().close();
        assertThat(permissions("fifo")).isEqualTo(0660);
    }

    @Test
    void aFifoThatWasThereKeepsItsPermissions() throws Exception {
        Path fifo = folder.fifo("fifo");
        Files.setAttribute(fifo, "unix:mode", 0644);

        pipe("fifo", true, 0600).locate().close();

        assertThat(permissions("fifo")).isEqualTo(0644);
    }

    @Test
    void aFifoThatSomebodyElseMakesAtTheLastMomentIsUsedAndKeepsItsPermissions() throws Exception {
        faults.before("mkfifo", 1, () -> {
            folder.fifo("fifo");
            Files.setAttribute(folder.path("fifo"), "unix:mode", 0644);
        });

        try (Descriptor found = pipe("fifo", true, 0666).locate()) {
            assertThat(found.status().permissions()).isEqualTo(0644);
        }
    }

    @Test
    void aFileThatSomebodyElseMakesAtTheLastMomentIsRefusedAndLeft() {
        faults.before("mkfifo", 1, () -> Files.writeString(folder.path("fifo"), "mine"));

        assertRefused(pipe("fifo", true, 0600), "a regular file");
        assertThat(folder.path("fifo")).hasContent("mine");
    }

    @Test
    void aFileThatReplacesTheNewFifoAtTheLastMomentIsRefusedAndKeepsItsPermissions() throws Exception {
        faults.after("mkfifo", 1, () -> {
            Files.delete(folder.path("fifo"));
            Files.writeString(folder.path("fifo"), "mine");
            Files.setAttribute(folder.path("fifo"), "unix:mode", 0600);
        });

        assertRefused(pipe("fifo", true, 0666), "a regular file");
        assertThat(permissions("fifo")).isEqualTo(0600);
    }

    @Test
    void aLinkThatReplacesTheNewFifoAtTheLastMomentIsNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.path("secret"), "mine");
        Files.setAttribute(secret, "unix:mode", 0600);
        faults.after("mkfifo", 1, () -> {
            Files.delete(folder.path("fifo"));
            Files.createSymbolicLink(folder.path("fifo"), secret);
        });

        assertRefused(pipe("fifo", true, 0666), "a symbolic link");
        assertThat(permissions("secret")).isEqualTo(0600);
    }

    @Test
    void manyThatMakeItAtOnceAllGetTheSame() throws Exception {
        int threads = 8;
        for (int round = 0; round < 50; round++) {
            String name = "deep" + round + "/er/fifo";
            Set<FileIdentity> found = ConcurrentHashMap.newKeySet();

            Crowd.run(threads, number -> {
                try (Descriptor each = pipe(name, true, 0660).locate()) {
                    found.add(each.status().identity());
                }
            });

            assertThat(found).hasSize(1);
            assertThat(permissions(name)).isEqualTo(0660);
        }
    }

    @Test
    void whatTheSystemRefusesToMakeIsAnErrorThatNamesThePath() {
        faults.fail("mkfifo", Errno.EACCES);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> pipe("fifo", true, 0600).locate())
                .withMessage("mkfifo failed: Permission denied (EACCES): " + folder.path("fifo"));
    }

    @Test
    void aFailureAfterOpeningLeavesNothingOpen() {
        folder.fifo("fifo");
        faults.instead("fstat", call -> call.fail("EIO"));

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> pipe("fifo", true, 0600).openForReading())
                .withMessage("fstat failed: Input/output error (EIO): " + folder.path("fifo"));
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> pipe("new", true, 0600).openForReading())
                .withMessage("fstat failed: Input/output error (EIO): " + folder.path("new"));
    }

    @Test
    void aFifoThatIsRemovedAsSoonAsItIsMadeIsMadeAgain() throws Exception {
        faults.after("mkfifo", 1, () -> Files.delete(folder.path("fifo")));

        pipe("fifo", true, 0640).locate().close();

        assertThat(permissions("fifo")).isEqualTo(0640);
    }

    @Test
    void aFifoThatIsRemovedEachTimeIsAnErrorInTheEnd() {
        faults.instead("mkfifo", call -> 0);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> pipe("fifo", true, 0600).locate())
                .withMessageContaining(folder.path("fifo").toString());
    }

    // What is no FIFO

    @Test
    void aRegularFileIsRefusedByNameAndLeftAsItWas() throws Exception {
        Path file = Files.writeString(folder.path("fifo"), "mine");
        Files.setAttribute(file, "unix:mode", 0644);
        Object changed = Files.getAttribute(file, "unix:ctime");

        assertRefused(pipe("fifo", true, 0600), "a regular file");

        assertThat(file).hasContent("mine");
        assertThat(Files.getAttribute(file, "unix:ctime")).isEqualTo(changed);
    }

    @Test
    void aFolderIsRefusedByNameAndLeft() throws Exception {
        Files.createDirectory(folder.path("fifo"));

        assertRefused(pipe("fifo", true, 0600), "a directory");

        assertThat(folder.path("fifo")).isEmptyDirectory();
    }

    @Test
    void aSocketIsRefusedByName() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.path("fifo")));

            assertRefused(pipe("fifo", true, 0600), "a socket");
        }
    }

    @Test
    void aDeviceIsRefusedByNameAndNotOpened() {
        NamedPipe device =
                new NamedPipe(posix, Path.of("/dev/null"), new PipeOptions(true, 0600), new RecordingListener());

        assertThatExceptionOfType(NotANamedPipeException.class)
                .isThrownBy(device::openForReading)
                .withMessage("Not a named pipe but a character device: /dev/null");
        // O_PATH, which opens no device
        assertThat(faults.count("open")).isEqualTo(1);
    }

    @Test
    void aDanglingLinkIsRefusedAndNothingIsMadeWhereItLeads() throws Exception {
        Path link = Files.createSymbolicLink(folder.path("fifo"), folder.path("nowhere"));

        assertRefused(pipe("fifo", true, 0600), "a symbolic link that leads nowhere, or a file that comes and goes");

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(folder.path("nowhere")).doesNotExist();
    }

    @Test
    void aLinkToARegularFileIsRefusedByWhatItLeadsTo() throws Exception {
        Path file = Files.writeString(folder.path("file"), "mine");
        Files.createSymbolicLink(folder.path("fifo"), file);

        assertRefused(pipe("fifo", true, 0600), "a regular file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aLinkToAFifoIsFollowed() throws Exception {
        Path fifo = folder.fifo("target");
        Files.createSymbolicLink(folder.path("fifo"), fifo);

        try (Descriptor found = pipe("fifo", true, 0600).locate();
                Descriptor direct = posix.openPath(fifo.toString())) {
            assertThat(found.status().identity()).isEqualTo(direct.status().identity());
        }
    }

    // Opening

    @Test
    void opensForReadingWithoutAWriter() throws Exception {
        try (Descriptor reader = pipe("fifo", true, 0600).openForReading()) {
            ends.writeAndClose(folder.path("fifo"), "abc");
            assertThat(ends.read(reader)).isEqualTo("abc");
        }
    }

    @Test
    void opensForWritingOnlyWhenSomebodyReads() throws Exception {
        NamedPipe pipe = pipe("fifo", true, 0600);
        assertThat(openForWriting(pipe)).isNull();
        assertThat(folder.path("fifo")).exists();

        Descriptor reader = ends.reader(folder.path("fifo"));
        try (Descriptor writer = openForWriting(pipe)) {
            ends.write(writer, "abc");
            assertThat(ends.read(reader)).isEqualTo("abc");
        }
    }

    @Test
    void whatWasCheckedIsWhatIsOpened() throws Exception {
        Path fifo = folder.fifo("fifo");
        // open: O_PATH, fstat: the check, open: the same inode again, whatever the path leads to by then
        faults.before("open", 2, () -> {
            Files.move(fifo, folder.path("moved"));
            Files.writeString(fifo, "planted");
        });

        try (Descriptor reader = pipe("fifo", true, 0600).openForReading()) {
            assertThat(reader.status().isFifo()).isTrue();
            ends.writeAndClose(folder.path("moved"), "abc");
            assertThat(ends.read(reader)).isEqualTo("abc");
        }
    }

    @Test
    void anErrorWhenOpeningForWritingIsNotTakenForAMissingReader() {
        folder.fifo("fifo");
        faults.fail("open", 2, Errno.EMFILE);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> openForWriting(pipe("fifo", true, 0600)))
                .matches(ErrnoException::isOutOfDescriptors);
    }

    // Removing

    @Test
    void removesTheVeryFifo() throws Exception {
        NamedPipe pipe = pipe("fifo", true, 0600);
        try (Descriptor used = pipe.locate()) {
            assertThat(pipe.delete(used.status().identity())).isTrue();
            assertThat(folder.path("fifo")).doesNotExist();
            assertThat(pipe.delete(used.status().identity())).isFalse();
        }
    }

    @Test
    void doesNotRemoveAnotherThatHasTakenItsPlace() throws Exception {
        NamedPipe pipe = pipe("fifo", true, 0600);
        try (Descriptor used = pipe.locate()) {
            Files.delete(folder.path("fifo"));
            folder.fifo("fifo");

            assertThat(pipe.delete(used.status().identity())).isFalse();
            assertThat(folder.path("fifo")).exists();
        }
    }

    @Test
    void doesNotRemoveALinkToIt() throws Exception {
        Path fifo = folder.fifo("target");
        Path link = Files.createSymbolicLink(folder.path("fifo"), fifo);
        NamedPipe pipe = pipe("fifo", true, 0600);
        try (Descriptor used = pipe.locate()) {
            assertThat(pipe.delete(used.status().identity())).isFalse();
        }
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(fifo).exists();
    }

    @Test
    void doesNotRemoveItUnderAnotherNameThatWasMovedIn() throws Exception {
        NamedPipe pipe = pipe("fifo", true, 0600);
        try (Descriptor used = pipe.locate()) {
            Files.move(folder.path("fifo"), folder.path("moved"));
            Files.writeString(folder.path("fifo"), "mine");

            assertThat(pipe.delete(used.status().identity())).isFalse();
        }
        assertThat(folder.path("fifo")).hasContent("mine");
        assertThat(folder.path("moved")).exists();
    }

    @Test
    void aRemovalThatTheSystemRefusesIsAnErrorThatNamesThePath() throws Exception {
        NamedPipe pipe = pipe("fifo", true, 0600);
        faults.fail("unlink", Errno.EACCES);
        try (Descriptor used = pipe.locate()) {
            FileIdentity identity = used.status().identity();
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> pipe.delete(identity))
                    .withMessage("unlink failed: Permission denied (EACCES): " + folder.path("fifo"));
        }
    }

    /** As a producer does: null when nobody reads. */
    static Descriptor openForWriting(NamedPipe pipe) throws IOException {
        try (Descriptor found = pipe.locate()) {
            return pipe.openForWriting(found);
        }
    }

    private NamedPipe pipe(String name, boolean autoCreate, int permissions) {
        return new NamedPipe(
                posix, folder.path(name), new PipeOptions(autoCreate, permissions), new RecordingListener());
    }

    private int permissions(String name) throws IOException {
        return (Integer) Files.getAttribute(folder.path(name), "unix:mode") & PERMISSION_BITS;
    }

    private static void assertRefused(NamedPipe pipe, String kind) {
        assertThatExceptionOfType(NotANamedPipeException.class)
                .isThrownBy(pipe::locate)
                .withMessage("Not a named pipe but " + kind + ": " + pipe.path());
    }
}
