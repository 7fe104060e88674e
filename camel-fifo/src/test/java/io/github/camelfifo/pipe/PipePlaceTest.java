package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a new FIFO is and with which permissions, at any moment, under any umask, and with others who make it too. */
@ExtendWith(LeakCheck.class)
class PipePlaceTest {

    private static final int PERMISSION_BITS = 07777;
    private static final int OTHER = AnotherUser.UID;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final POSIX system = POSIXFactory.getNativePOSIX();
    private final Faults faults = new Faults();

    /** What somebody sees who looks at the path: owner, group, permissions. */
    private record Seen(int uid, int gid, int permissions) {

        static Seen at(Path path) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,gid,mode");
            return new Seen(
                    (Integer) attributes.get("uid"),
                    (Integer) attributes.get("gid"),
                    (Integer) attributes.get("mode") & PERMISSION_BITS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0022, 0077, 0277, 0777})
    void anOrdinaryUserGetsExactPermissionsWhateverTheUmask(int umask) throws Exception {
        AnotherUser.give(folder.path());
        under(
                umask,
                () -> AnotherUser.act(() ->
                        pipe("a/b/fifo", new PipeOptions(true, 0640)).locate().close()));

        assertThat(permissions("a")).isEqualTo(0700);
        assertThat(permissions("a/b")).isEqualTo(0700);
        assertThat(permissions("a/b/fifo")).isEqualTo(0640);
        assertThat(Files.getAttribute(folder.path("a/b/fifo"), "unix:uid")).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0022, 0777})
    void nobodySeesItWiderThanWantedWhateverTheUmask(int umask) throws Exception {
        PipeOptions options = new PipeOptions(true, 0624);
        Set<Seen> seen = whatIsSeenOf(umask, options);

        assertThat(seen).isNotEmpty().allMatch(each -> (each.permissions() & ~0624) == 0);
        assertThat(seen).allMatch(each -> each.permissions() == 0624 || (each.permissions() & ~0600) == 0);
    }

    @Test
    void nobodySeesItWiderThanItsOwnersPartBeforeItIsTheOtherOwners() throws Exception {
        AnotherUser.assumeRoot();
        PipeOptions options = TestOptions.ownedBy(OTHER, OTHER, 0664);
        Set<Seen> seen = whatIsSeenOf(0, options);

        // stat(2) may see an owner that is new already with a group that is not yet
        Seen finished = new Seen(OTHER, OTHER, 0664);
        assertThat(seen).contains(finished).allMatch(each -> each.equals(finished) || each.permissions() == 0600);
    }

    private Set<Seen> whatIsSeenOf(int umask, PipeOptions options) throws Exception {
        int rounds = 300;
        Path fifo = folder.path("fifo");
        Set<Seen> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        under(
                umask,
                () -> Crowd.run(2, number -> {
                    try {
                        // a watcher that gets no turn while the FIFO is there would see nothing
                        for (int i = 0; number == 0 && (i < rounds || !isSeen(seen, options)); i++) {
                            assertThat(i).isLessThan(100 * rounds);
                            pipe("fifo", options).locate().close();
                            assertThat(permissions("fifo")).isEqualTo(options.permissions());
                            Files.delete(fifo);
                        }
                    } finally {
                        done.compareAndSet(false, number == 0);
                    }
                    while (!done.get()) {
                        try {
                            seen.add(Seen.at(fifo));
                        } catch (NoSuchFileException e) {
                            // between two rounds
                        }
                    }
                }));
        return seen;
    }

    private static boolean isSeen(Set<Seen> seen, PipeOptions options) {
        return seen.stream().anyMatch(each -> each.permissions() == options.permissions());
    }

    @Test
    void aFolderThatGivesItsGroupToWhatIsMadeInItGoesOnDoingSo() throws Exception {
        Files.createDirectory(folder.path("shared"));
        Files.setAttribute(folder.path("shared"), "unix:mode", 02755);

        under(
                0277,
                () -> pipe("shared/new/fifo", new PipeOptions(true, 0600))
                        .locate()
                        .close());

        assertThat(permissions("shared/new")).isEqualTo(02700);
    }

    // Failures

    @Test
    void whatCannotBeGivenToItsOwnerIsRemoved() throws Exception {
        AnotherUser.give(folder.path());
        PipeOptions options = TestOptions.ownedBy(0, PipeOptions.DEFAULT_ID, 0600);

        AnotherUser.act(() -> assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> pipe("fifo", options).locate())
                .withMessage("chown failed: Operation not permitted (EPERM): " + folder.path("fifo")));
        assertThat(folder.path("fifo")).doesNotExist();
    }

    @Test
    void whatHasTakenItsPlaceWhenThatFailsIsLeft() {
        faults.instead("chmod", call -> {
            Files.delete(folder.path("fifo"));
            folder.fifo("fifo");
            return call.fail(Errno.EACCES);
        });

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> pipe("fifo", new PipeOptions(true, 0660)).locate())
                .withMessageStartingWith("chmod failed");
        assertThat(folder.path("fifo")).exists();
    }

    @Test
    void whatCannotEvenBeRemovedIsToldWithTheReason() {
        faults.fail("chmod", Errno.EACCES);
        faults.instead("unlink", call -> call.fail("EROFS"));

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> pipe("fifo", new PipeOptions(true, 0660)).locate())
                .withMessageStartingWith("chmod failed")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other)
                                .hasMessageStartingWith("unlink failed")
                                .hasMessageEndingWith(folder.path("fifo").toString())));
    }

    // Others

    /** Were the planted one given away and widened, it would pass for one of ours, with its maker still holding it open. */
    @Test
    void somebodyElsesFifoThatTakesItsPlaceGetsNoRights() throws Exception {
        AnotherUser.assumeRoot();
        faults.after("mkfifo", 1, () -> {
            Files.delete(folder.path("fifo"));
            AnotherUser.give(folder.fifo("fifo"));
        });
        PipeOptions options = TestOptions.ownedBy(0, PipeOptions.DEFAULT_ID, 0660);

        assertThatExceptionOfType(UntrustedPipeException.class)
                .isThrownBy(() -> pipe("fifo", TestOptions.strict(options)).locate());
        assertThat(Seen.at(folder.path("fifo")).uid()).isEqualTo(OTHER);
        assertThat(permissions("fifo")).isEqualTo(0600);
    }

    @Test
    void aFolderThatSomebodyMakesAtTheLastMomentKeepsItsPermissions() throws Exception {
        faults.before("mkdir", 1, () -> {
            Files.createDirectory(folder.path("a"));
            Files.setAttribute(folder.path("a"), "unix:mode", 0755);
        });

        pipe("a/fifo", new PipeOptions(true, 0600)).locate().close();

        assertThat(permissions("a")).isEqualTo(0755);
    }

    @Test
    void aFolderThatIsRemovedAtTheLastMomentIsMadeAgain() throws Exception {
        faults.before("mkfifo", 1, () -> Files.delete(folder.path("a")));

        pipe("a/fifo", new PipeOptions(true, 0600)).locate().close();

        assertThat(folder.path("a/fifo")).exists();
    }

    @Test
    void twoProcessesThatMakeThemAtOnceGetTheSame() throws Exception {
        int count = 100;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> ours = new ArrayList<>();
        try (ShellProcess other = ShellProcess.sh(
                "umask 0077; exec \"$@\"",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                MakingProcess.class.getName(),
                folder.path(),
                count)) {
            MakingProcess.makeAll(folder.path(), count, "a", "b", ours::add);

            assertThat(other.await(Duration.ofMinutes(1)).lines().toList()).isEqualTo(ours);
        }
        for (int i = 0; i < count; i++) {
            assertThat(permissions(i + "/deep")).isEqualTo(0700);
            assertThat(permissions(i + "/deep/fifo")).isEqualTo(0660);
        }
    }

    private void under(int umask, AnotherUser.Action action) throws Exception {
        int before = system.umask(umask);
        try {
            action.run();
        } finally {
            system.umask(before);
        }
    }

    private NamedPipe pipe(String name, PipeOptions options) {
        return new NamedPipe(faults.posix(), folder.path(name), options, new RecordingListener());
    }

    private int permissions(String name) throws IOException {
        return (Integer) Files.getAttribute(folder.path(name), "unix:mode") & PERMISSION_BITS;
    }
}
