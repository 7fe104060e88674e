package io.github.camelfifo.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls in a folder that is held open. */
@ExtendWith(LeakCheck.class)
class FolderTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final Posix posix = Posix.system();
    private Path path;
    private Folder open;

    @BeforeEach
    void openIt() throws Exception {
        path = Files.createDirectory(folder.path("folder"));
        open = posix.openFolder(path.toString());
    }

    @AfterEach
    void closeIt() {
        open.close();
    }

    @Test
    void itsCallsReachItAlsoWhenAnotherIsAtItsPath() throws Exception {
        Path moved = Files.move(path, folder.path("moved"));
        Files.createDirectory(path);

        open.mkfifo("fifo", 0600);
        open.mkdir("sub", 0700);

        assertThat(path).isEmptyDirectory();
        assertThat(moved.resolve("fifo")).exists();
        assertThat(moved.resolve("sub")).isDirectory();
        try (Descriptor fifo = open.open("fifo", "any name")) {
            assertThat(fifo.status().isFifo()).isTrue();
            assertThat(fifo.path()).isEqualTo("any name");
        }
        open.unlink("fifo");
        assertThat(moved.resolve("fifo")).doesNotExist();
        assertThat(open.target()).isEqualTo(moved.toString());
    }

    @Test
    void failuresNameThePathAndNotTheDescriptor() throws Exception {
        Files.createDirectory(path.resolve("there"));

        assertFails(() -> open.mkfifo("there", 0600), "mkfifo", Errno.EEXIST, "there");
        assertFails(() -> open.mkdir("there", 0700), "mkdir", Errno.EEXIST, "there");
        assertFails(() -> open.unlink("missing"), "unlink", Errno.ENOENT, "missing");
        assertFails(() -> open.open("missing", path + "/missing").close(), "open", Errno.ENOENT, "missing");
        assertFails(() -> open.openNoFollow("missing", path + "/missing").close(), "open", Errno.ENOENT, "missing");
        assertThat(path.resolve("there")).isEmptyDirectory();
    }

    @Test
    void mkfifoMakesAFifo() throws Exception {
        open.mkfifo("new", 0600);

        try (Descriptor found = open.open("new", "new")) {
            assertThat(found.status().isFifo()).isTrue();
            assertThat(found.status().kind()).isEqualTo("a named pipe");
            assertThat(found.status().permissions()).isEqualTo(0600);
        }
    }

    @Test
    void mkfifoSaysThatSomethingIsThereAndLeavesItAlone() throws Exception {
        Path taken = Files.writeString(path.resolve("taken"), "mine");

        assertFails(() -> open.mkfifo("taken", 0600), "mkfifo", Errno.EEXIST, "taken");
        assertThat(taken).hasContent("mine");
    }

    @Test
    void mkfifoSaysSoOfADanglingLinkToo() throws Exception {
        Files.createSymbolicLink(path.resolve("link"), path.resolve("nowhere"));

        assertFails(() -> open.mkfifo("link", 0600), "mkfifo", Errno.EEXIST, "link");
        assertThat(path.resolve("nowhere")).doesNotExist();
    }

    @Test
    void mkfifoSaysThatTheFolderIsGone() throws Exception {
        Files.delete(path);

        assertFails(() -> open.mkfifo("fifo", 0600), "mkfifo", Errno.ENOENT, "fifo");
    }

    @Test
    void unlinkRemovesTheNameAndNotTheTargetOfALink() throws Exception {
        Path fifo = Files.createFile(path.resolve("target"));
        Path link = Files.createSymbolicLink(path.resolve("link"), fifo);

        open.unlink("link");

        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(fifo).exists();
        open.unlink("target");
        assertThat(fifo).doesNotExist();
    }

    @Test
    void aLinkIsFollowedOrNot() throws Exception {
        Path link = Files.createSymbolicLink(path.resolve("link"), Path.of("../folder"));

        try (Descriptor target = open.open("link", "link");
                Descriptor itself = open.openNoFollow("link", "link")) {
            assertThat(target.status().isFolder()).isTrue();
            assertThat(target.status().isLink()).isFalse();
            assertThat(itself.status().isLink()).isTrue();
            assertThat(itself.status().isFolder()).isFalse();
            assertThat(itself.status().kind()).isEqualTo("a symbolic link");
            assertThat(itself.status().identity()).isNotEqualTo(target.status().identity());
            Files.delete(link);
            assertThat(itself.linkText()).isEqualTo("../folder");
        }
    }

    @Test
    void whatIsNoLinkSaysNothing() throws Exception {
        try (Descriptor itself = open.open(".", "folder")) {
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> itself.linkText())
                    .withMessageStartingWith("readlinkat failed: ");
        }
    }

    @Test
    void containsItselfAndWhatIsBelowAndNothingElse() throws Exception {
        Path below = Files.createDirectories(path.resolve("a/b"));
        Path neighbour = Files.createDirectory(folder.path("folder2"));

        try (Descriptor itself = posix.openPath(path.toString());
                Folder deep = posix.openFolder(below.toString());
                Folder next = posix.openFolder(neighbour.toString());
                Folder above = posix.openFolder(folder.path().toString());
                Folder root = posix.openFolder("/")) {
            assertThat(open.contains(itself)).isTrue();
            assertThat(open.contains(deep)).isTrue();
            assertThat(open.contains(next)).isFalse();
            assertThat(open.contains(above)).isFalse();
            assertThat(root.contains(itself)).isTrue();
            assertThat(root.contains(root)).isTrue();
            assertThat(open.contains(root)).isFalse();
        }
    }

    /** Two names that are no text in this charset would be the same text. */
    @Test
    void tellsFoldersApartWhoseNamesAreNoText() throws Exception {
        try (ShellProcess shell = ShellProcess.sh(
                "mkdir \"$1/$(printf '\\377')\" \"$1/$(printf '\\376')\" && ln -s \"$(printf '\\377')\" \"$1/one\""
                        + " && ln -s \"$(printf '\\376')\" \"$1/two\"",
                path)) {
            shell.await();
        }
        try (Folder one = posix.openFolder(path.resolve("one").toString());
                Folder two = posix.openFolder(path.resolve("two").toString())) {
            assertThat(one.contains(one)).isTrue();
            assertThat(one.contains(two)).isFalse();
        } finally {
            try (ShellProcess shell = ShellProcess.sh("rm -r \"$1\"", path)) {
                shell.await();
            }
        }
    }

    @Test
    void permissionsAreWrittenAsLsDoes() {
        assertThat(FileStatus.text(0)).isEqualTo("---------");
        assertThat(FileStatus.text(0660)).isEqualTo("rw-rw----");
        assertThat(FileStatus.text(07751)).isEqualTo("rwxr-x--x");
    }

    @Test
    void usersAreNamedWithTheirNumbers() {
        assertThat(posix.users().text(0)).isEqualTo("root (0)");
        assertThat(posix.users().text(1_999_888_777)).isEqualTo("1999888777");
        assertThat(posix.users().text(-2)).startsWith("4294967294");
    }

    private void assertFails(Call call, String name, Errno errno, String file) {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(call::make)
                .matches(e -> e.errno() == errno)
                .withMessageStartingWith(name + " failed: ")
                .withMessageEndingWith(" (" + errno + "): " + path.resolve(file));
        assertThat(Files.exists(path.resolve("missing"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @FunctionalInterface
    private interface Call {
        void make() throws Exception;
    }
}
