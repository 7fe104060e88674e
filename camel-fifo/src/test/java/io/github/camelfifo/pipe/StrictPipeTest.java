package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Soon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused because somebody else could have planted it, and that nothing can be planted in between. */
@ExtendWith(LeakCheck.class)
class StrictPipeTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final Faults faults = new Faults();
    private final Posix posix = faults.posix();
    private final String me = posix.users().text(posix.users().effectiveUserId());
    private final String other = posix.users().text(AnotherUser.UID);

    @Test
    void aFifoOfOursIsUsed() throws Exception {
        folder.fifo("fifo");

        try (Descriptor reader = strict("fifo", 0600).openForReading()) {
            ends.writeAndClose(folder.path("fifo"), "abc");
            assertThat(ends.read(reader)).isEqualTo("abc");
        }
    }

    @Test
    void aFifoThatIsNotThereIsMadeAndUsed() throws Exception {
        try (Descriptor found = strict("a/b/fifo", 0660).locate()) {
            assertThat(found.status().permissions()).isEqualTo(0660);
            assertThat(found.path()).isEqualTo(folder.path("a/b/fifo").toString());
        }
    }

    @Test
    void aFifoThatIsNotThereIsAnErrorWhereNoneIsToBeMade() {
        NamedPipe pipe = pipe(folder.path("a/fifo"), TestOptions.strict(false, 0600));

        assertThatExceptionOfType(NoSuchNamedPipeException.class).isThrownBy(pipe::locate);
    }

    @ParameterizedTest
    @CsvSource({"600,600", "600,660", "200,600", "0,600", "640,660", "662,666"})
    void narrowerPermissionsAreAccepted(String there, String accepted) throws Exception {
        Files.setAttribute(folder.fifo("fifo"), "unix:mode", Integer.parseInt(there, 8));

        strict("fifo", Integer.parseInt(accepted, 8)).locate().close();
    }

    @ParameterizedTest
    @CsvSource({
        "660,600,rw-rw----,rw-------",
        "601,600,rw------x,rw-------",
        "666,660,rw-rw-rw-,rw-rw----",
        "640,620,rw-r-----,rw--w----",
        "700,600,rwx------,rw-------",
    })
    void widerPermissionsAreRefusedByName(String there, String widest, String thereText, String acceptedText)
            throws Exception {
        Files.setAttribute(folder.fifo("fifo"), "unix:mode", Integer.parseInt(there, 8));

        assertThatExceptionOfType(UntrustedPipeException.class)
                .isThrownBy(() -> strict("fifo", Integer.parseInt(widest, 8)).openForReading())
                .withMessage("strict=true refuses a named pipe of user " + me + " with permissions " + thereText
                        + " and accepts a named pipe of user " + accepted() + " with at most " + acceptedText + ": "
                        + folder.path("fifo"));
    }

    @Test
    void somebodyElsesFifoIsRefusedByName() throws Exception {
        AnotherUser.give(folder.fifo("fifo"));

        assertThatExceptionOfType(UntrustedPipeException.class)
                .isThrownBy(() -> NamedPipeTest.openForWriting(strict("fifo", 0600)))
                .withMessage("strict=true refuses a named pipe of user " + other + " with permissions rw-------"
                        + " and accepts a named pipe of user root (0) with at most rw-------: "
                        + folder.path("fifo"));
    }

    @Test
    void rootsFifoIsAcceptedByAnyUser() throws Exception {
        AnotherUser.assumeRoot();
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        folder.fifo("fifo");

        AnotherUser.act(() -> strict("fifo", 0600).locate().close());
    }

    @Test
    void aThirdUsersFifoIsRefusedWithBothThatAreAccepted() throws Exception {
        AnotherUser.assumeRoot();
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        Files.setAttribute(folder.fifo("fifo"), "unix:uid", 54321);

        AnotherUser.act(() -> assertThatExceptionOfType(UntrustedPipeException.class)
                .isThrownBy(() -> strict("fifo", 0600).locate())
                .withMessageContaining("a named pipe of user 54321 with")
                .withMessageContaining("accepts a named pipe of user " + other + " or root (0) with at most"));
    }

    @Test
    void aLinkIsRefusedEvenOneOfOursToAFifoOfOurs() throws Exception {
        Path fifo = folder.fifo("target");
        Files.createSymbolicLink(folder.path("fifo"), fifo);

        assertRefused(strict("fifo", 0600), "a symbolic link to " + fifo + " of user " + me);
    }

    @Test
    void aLinkThatLeadsNowhereIsRefusedAndNothingMadeWhereItLeads() throws Exception {
        Files.createSymbolicLink(folder.path("fifo"), folder.path("nowhere"));

        assertRefused(strict("fifo", 0600), "a symbolic link to " + folder.path("nowhere") + " of user " + me);
        assertThat(folder.path("nowhere")).doesNotExist();
    }

    @Test
    void somethingElseIsRefusedAsThat() throws Exception {
        Files.writeString(folder.path("fifo"), "mine");

        assertThatExceptionOfType(NotANamedPipeException.class)
                .isThrownBy(() -> strict("fifo", 0600).locate())
                .withMessage("Not a named pipe but a regular file: " + folder.path("fifo"));
    }

    // Folders

    @Test
    void linksOfOursInTheFoldersAboveAreFollowed() throws Exception {
        Files.createDirectories(folder.path("real/deep"));
        Files.createSymbolicLink(folder.path("absolute"), folder.path("real"));
        Files.createSymbolicLink(folder.path("relative"), Path.of("absolute"));
        folder.fifo("real/deep/fifo");

        try (Descriptor found = strict("relative/deep/../deep/fifo", 0600).locate();
                Descriptor direct = posix.openPath(folder.path("real/deep/fifo").toString())) {
            assertThat(found.status().identity()).isEqualTo(direct.status().identity());
            assertThat(found.path())
                    .isEqualTo(folder.path("relative/deep/../deep/fifo").toString());
        }
    }

    @Test
    void foldersAreMadeBehindALinkOfOurs() throws Exception {
        Files.createDirectory(folder.path("real"));
        Files.createSymbolicLink(folder.path("link"), Path.of("real"));

        strict("link/new/fifo", 0600).locate().close();

        assertThat(folder.path("real/new/fifo")).exists();
    }

    @Test
    void somebodyElsesLinkInTheFoldersAboveIsRefusedByName() throws Exception {
        Files.createDirectory(folder.path("real"));
        Path link = AnotherUser.give(Files.createSymbolicLink(folder.path("link"), Path.of("real")));
        folder.fifo("real/fifo");

        assertRefused(strict("link/fifo", 0600), "the symbolic link " + link + " to real of user " + other);
        assertRefused(strict("link/new/fifo", 0600), "the symbolic link " + link + " to real of user " + other);
        assertThat(folder.path("real/new")).doesNotExist();
    }

    @Test
    void foldersThatALinkLeadsNowhereToAreNotMade() throws Exception {
        Files.createSymbolicLink(folder.path("link"), folder.path("nowhere"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> strict("link/fifo", 0600).locate())
                .withMessageContaining(folder.path("link").toString());
        assertThat(folder.path("nowhere")).doesNotExist();
    }

    @Test
    void linksThatLeadInACircleAreAnError() throws Exception {
        Files.createSymbolicLink(folder.path("a"), Path.of("b"));
        Files.createSymbolicLink(folder.path("b"), Path.of("a"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> strict("a/fifo", 0600).locate())
                .withMessage("More than 40 symbolic links lead to " + folder.path("a/fifo"));
    }

    // Pipes without a name

    @Test
    void aPipeWithoutANameIsRefused() throws Exception {
        try (ShellProcess cat = ShellProcess.sh("sleep 60 | sleep 60; exit")) {
            Path end = Path.of("/proc/" + child(cat) + "/fd/1");
            NamedPipe pipe = pipe(end, TestOptions.strict(true, 0777));

            assertThatExceptionOfType(UntrustedPipeException.class)
                    .isThrownBy(pipe::locate)
                    .withMessageStartingWith("strict=true refuses a symbolic link to pipe:[")
                    .withMessageEndingWith(end.toString());
        }
    }

    @Test
    void standardInputIsRefused() {
        assumeTrue(Files.exists(Path.of("/dev/stdin")), "This system has no /dev/stdin");

        assertRefused(
                pipe(Path.of("/dev/stdin"), TestOptions.strict(true, 0777)),
                "a symbolic link to /proc/self/fd/0 of user root (0)");
    }

    /** The one that writes to the other; for a moment after its start its output is still the shell's. */
    private static long child(ShellProcess shell) {
        return Soon.await()
                .until(
                        () -> ProcessHandle.of(shell.pid())
                                .orElseThrow()
                                .children()
                                .filter(StrictPipeTest::writesToAPipe)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .pid();
    }

    private static boolean writesToAPipe(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/fd/1"))
                    .toString()
                    .startsWith("pipe:");
        } catch (IOException e) {
            // not there yet
            return false;
        }
    }

    // Adversaries

    @Test
    void whatWasCheckedIsWhatIsOpened() throws Exception {
        Path fifo = folder.fifo("fifo");
        Path planted = AnotherUser.give(folder.fifo("planted"));
        // the last open: what was looked at, once more
        NamedPipe pipe = strict("fifo", 0600);
        pipe.locate().close();
        int opens = faults.count("open");
        faults.before("open", opens + 1, () -> FifoFolder.rename(planted, fifo));

        try (Descriptor reader = pipe.openForReading()) {
            assertThat(reader.status().uid()).isEqualTo(posix.users().effectiveUserId());
        }
        assertThat(Files.getAttribute(fifo, "unix:uid")).isEqualTo(AnotherUser.UID);
    }

    /** The link's owner is checked on the link itself, and it is that very link which is followed. */
    @Test
    void aLinkThatIsReplacedWhenItWasCheckedLeadsWhereItDidBefore() throws Exception {
        Files.createDirectory(folder.path("real"));
        Files.createDirectory(folder.path("bad"));
        folder.fifo("real/fifo");
        folder.fifo("bad/fifo");
        Path link = Files.createSymbolicLink(folder.path("link"), Path.of("real"));
        faults.before("readlinkat", 1, () -> {
            Files.delete(link);
            Files.createSymbolicLink(link, Path.of("bad"));
        });

        try (Descriptor found = strict("link/fifo", 0600).locate()) {
            assertThat(found.target()).isEqualTo(folder.path("real/fifo").toString());
        }
    }

    @Test
    void whoeverSwapsTheFifoNeverGetsHisOwnOpened() throws Exception {
        AnotherUser.assumeRoot();
        Path fifo = folder.fifo("fifo");
        NamedPipe pipe = strict("fifo", 0600);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> swapUntil(done, fifo));
        int opened = 0;
        int refused = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try {
            while ((opened < 200 || refused < 200) && System.nanoTime() - deadline < 0 && !swapping.isDone()) {
                try (Descriptor reader = pipe.openForReading()) {
                    FileStatus status = reader.status();
                    assertThat(status.uid()).isZero();
                    assertThat(status.permissions()).isEqualTo(0600);
                    opened++;
                } catch (UntrustedPipeException | NotANamedPipeException e) {
                    refused++;
                }
            }
        } finally {
            done.set(true);
            swapping.get(1, TimeUnit.MINUTES);
        }
        assertThat(opened).as("opened").isGreaterThanOrEqualTo(200);
        assertThat(refused).as("refused").isGreaterThanOrEqualTo(200);
    }

    /** Puts one after the other at the path: his own, a link to his own, a wide one of ours, a file, and ours again. */
    private void swapUntil(AtomicBoolean done, Path fifo) {
        try {
            Path his = AnotherUser.give(folder.fifo("his"));
            Path next = folder.path("next");
            while (!done.get()) {
                place(AnotherUser.give(folder.fifo("next")), fifo);
                place(Files.createSymbolicLink(next, his), fifo);
                folder.fifo("next");
                Files.setAttribute(next, "unix:mode", 0666);
                place(next, fifo);
                place(Files.writeString(next, ""), fifo);
                place(folder.fifo("next"), fifo);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void place(Path next, Path fifo) throws IOException {
        FifoFolder.rename(next, fifo);
    }

    private NamedPipe strict(String name, int permissions) {
        return pipe(folder.path(name), TestOptions.strict(true, permissions));
    }

    private NamedPipe pipe(Path path, PipeOptions options) {
        return new NamedPipe(posix, path, options, new RecordingListener());
    }

    private String accepted() {
        return posix.users().effectiveUserId() == 0 ? me : me + " or root (0)";
    }

    private static void assertRefused(NamedPipe pipe, String what) {
        assertThatExceptionOfType(UntrustedPipeException.class)
                .isThrownBy(pipe::openForReading)
                .withMessageStartingWith("strict=true refuses " + what + " and accepts")
                .withMessageEndingWith(": " + pipe.path());
    }
}
