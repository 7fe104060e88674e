package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A FIFO stays in the folder that it is confined to, whatever is done to the path, and whenever. */
@ExtendWith(LeakCheck.class)
class ConfinedPipeTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final Faults faults = new Faults();
    private final Posix posix = faults.posix();
    private Path base;
    private Path outside;

    @BeforeEach
    void makeFolders() throws Exception {
        base = Files.createDirectory(folder.path("base"));
        outside = Files.createDirectory(folder.path("outside"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isFoundAndMadeInTheFolderAndBelow(boolean strict) throws Exception {
        for (String name : new String[] {"fifo", "a/b/fifo"}) {
            FileIdentity made;
            try (Descriptor found = locate(name, strict)) {
                assertThat(found.target()).isEqualTo(base.resolve(name).toString());
                assertThat(found.path()).isEqualTo(base.resolve(name).toString());
                made = found.status().identity();
                try (Descriptor again = locate(name, strict)) {
                    assertThat(again.status().identity()).isEqualTo(made);
                }
            }
        }
    }

    @Test
    void theFolderItselfIsMadeToo() throws Exception {
        base = folder.path("new/base");

        locate("fifo", false).close();

        assertThat(base.resolve("fifo")).exists();
        assertThat(Files.getAttribute(base, "unix:mode")).isEqualTo(0040700);
    }

    @Test
    void theFolderIsNotMadeUnlessWanted() {
        base = folder.path("new/base");

        assertThatExceptionOfType(NoSuchNamedPipeException.class)
                .isThrownBy(() -> pipe("fifo", new PipeOptions(false, 0600)).locate());
        assertThat(folder.path("new")).doesNotExist();
    }

    @Test
    void theFolderMayBeALink() throws Exception {
        Path real = base;
        base = Files.createSymbolicLink(folder.path("link"), real);

        locate("a/fifo", false).close();

        assertThat(real.resolve("a/fifo")).exists();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFolderMayBeTheRoot(boolean strict) throws Exception {
        base = Path.of("/");

        locate(folder.path("fifo").toString().substring(1), strict).close();

        assertThat(folder.path("fifo")).exists();
    }

    // Links

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void linksInTheFoldersThatStayInsideAreFollowed(boolean strict) throws Exception {
        Files.createDirectory(base.resolve("real"));
        Files.createSymbolicLink(base.resolve("relative"), Path.of("real"));
        Files.createSymbolicLink(base.resolve("absolute"), base.resolve("real"));
        Files.createSymbolicLink(base.resolve("around"), Path.of("../outside/../base/real"));

        for (String link : new String[] {"relative", "absolute", "around"}) {
            locate(link + "/" + link, strict).close();
            assertThat(base.resolve("real").resolve(link)).exists();
        }
    }

    @Test
    void aLinkToAFifoInsideIsFollowed() throws Exception {
        folder.fifo("base/target");
        Files.createSymbolicLink(base.resolve("fifo"), Path.of("target"));

        try (Descriptor found = locate("fifo", false)) {
            assertThat(found.target()).isEqualTo(base.resolve("target").toString());
        }
    }

    @Test
    void aLinkToAFifoOutsideIsRefused() throws Exception {
        Path target = folder.fifo("outside/fifo");
        Files.createSymbolicLink(base.resolve("fifo"), target);

        assertLeadsOut("fifo", target, false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLinkOfAFolderThatLeadsOutIsRefused(boolean strict) throws Exception {
        folder.fifo("outside/fifo");
        Files.createSymbolicLink(base.resolve("relative"), Path.of("../outside"));
        Files.createSymbolicLink(base.resolve("absolute"), outside);

        assertLeadsOut("relative/fifo", outside, strict);
        assertLeadsOut("absolute/fifo", outside, strict);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsMadeWhereALinkLeadsOut(boolean strict) throws Exception {
        Files.createSymbolicLink(base.resolve("link"), outside);

        assertLeadsOut("link/fifo", outside, strict);
        assertLeadsOut("link/a/b/fifo", outside, strict);
        assertThat(outside).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsMadeWhereADanglingLinkLeads(boolean strict) throws Exception {
        Files.createSymbolicLink(base.resolve("link"), outside.resolve("new"));
        Files.createSymbolicLink(base.resolve("fifo"), outside.resolve("fifo"));

        for (String name : new String[] {"link/fifo", "link/a/fifo", "fifo"}) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> locate(name, strict));
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aFolderWhoseNameOnlyBeginsTheSameIsOutside() throws Exception {
        Path neighbour = Files.createDirectory(folder.path("base2"));
        Files.createSymbolicLink(base.resolve("link"), neighbour);

        assertLeadsOut("link/fifo", neighbour, false);
        assertThat(neighbour).isEmptyDirectory();
    }

    @Test
    void aPathThatGoesUpIsOutside() {
        assertLeadsOut("../outside/fifo", outside, false);
        assertLeadsOut("../outside/fifo", outside, true);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aPathElsewhereIsOutside() {
        NamedPipe pipe = new NamedPipe(
                posix,
                outside.resolve("fifo"),
                TestOptions.confinedTo(base, new PipeOptions(true, 0600)),
                new RecordingListener());

        assertThatExceptionOfType(OutsideOfFolderException.class).isThrownBy(pipe::locate);
        assertThat(outside).isEmptyDirectory();
    }

    // Swaps

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFolderThatIsSwappedForALinkBeforeTheFifoIsMadeTakesNothingOut(boolean strict) throws Exception {
        Files.createDirectory(base.resolve("a"));
        faults.before("mkfifo", 1, this::swap);

        assertLeadsOut("a/fifo", outside, strict);

        assertThat(outside).isEmptyDirectory();
        assertThat(base.resolve("swapped/fifo")).exists();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFolderThatIsSwappedForALinkBeforeOneIsMadeInItTakesNothingOut(boolean strict) throws Exception {
        Files.createDirectory(base.resolve("a"));
        faults.before("mkdir", 1, this::swap);

        // it goes on in the folder that it has begun with, until it looks again
        assertLeadsOut("a/b/c/fifo", outside, strict);

        assertThat(outside).isEmptyDirectory();
        assertThat(base.resolve("swapped/b/c/fifo")).exists();
    }

    @Test
    void aFolderThatIsSwappedBeforeTheFifoIsRemovedLosesNothingOutside() throws Exception {
        Files.createDirectory(base.resolve("a"));
        Path mine = Files.writeString(outside.resolve("fifo"), "mine");
        NamedPipe pipe = pipe("a/fifo", new PipeOptions(true, 0600));
        try (Descriptor used = pipe.locate()) {
            faults.before("unlink", 1, this::swap);

            assertThat(pipe.delete(used.status().identity())).isTrue();
        }
        assertThat(mine).exists();
        assertThat(base.resolve("swapped")).isEmptyDirectory();
    }

    @Test
    void aFifoIsNotRemovedWhereALinkLeadsOut() throws Exception {
        Files.createDirectory(base.resolve("a"));
        NamedPipe pipe = pipe("a/fifo", new PipeOptions(true, 0600));
        try (Descriptor used = pipe.locate()) {
            FileIdentity identity = used.status().identity();
            Files.move(base.resolve("a/fifo"), outside.resolve("fifo"));
            swap();

            assertThatExceptionOfType(OutsideOfFolderException.class).isThrownBy(() -> pipe.delete(identity));
        }
        assertThat(outside.resolve("fifo")).exists();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoeverSwapsALinkToAFolderNeverHasAnythingMadeOrOpenedOutside(boolean strict) throws Exception {
        int enough = 100;
        Files.createDirectory(base.resolve("real"));
        Path a = Files.createSymbolicLink(base.resolve("a"), Path.of("real"));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> swapUntil(done, a));
        int inside = 0;
        int refused = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try {
            while ((inside < enough || refused < enough) && System.nanoTime() - deadline < 0 && !swapping.isDone()) {
                try (Descriptor found = locate("a/b/fifo", strict)) {
                    assertThat(found.target()).startsWith(base + "/");
                    inside++;
                    Files.deleteIfExists(base.resolve("real/b/fifo"));
                    Files.deleteIfExists(base.resolve("real/b"));
                } catch (OutsideOfFolderException e) {
                    refused++;
                } catch (NotANamedPipeException e) {
                    // swapped so often that nobody can say what it is
                    assertThat(e).hasMessageContaining("comes and goes");
                }
            }
        } finally {
            done.set(true);
            swapping.get(1, TimeUnit.MINUTES);
        }
        assertThat(inside).as("inside").isGreaterThanOrEqualTo(enough);
        assertThat(refused).as("refused").isGreaterThanOrEqualTo(enough);
        assertThat(outside).isEmptyDirectory();
    }

    private void swapUntil(AtomicBoolean done, Path a) {
        Path next = base.resolve("next");
        try {
            while (!done.get()) {
                for (Path target : new Path[] {outside, Path.of("real")}) {
                    Files.createSymbolicLink(next, target);
                    Files.move(next, a, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void swap() throws IOException {
        Files.move(base.resolve("a"), base.resolve("swapped"));
        Files.createSymbolicLink(base.resolve("a"), outside);
    }

    private Descriptor locate(String name, boolean strict) throws IOException {
        return pipe(name, strict ? TestOptions.strict(true, 0600) : new PipeOptions(true, 0600))
                .locate();
    }

    private NamedPipe pipe(String name, PipeOptions options) {
        return new NamedPipe(posix, base.resolve(name), TestOptions.confinedTo(base, options), new RecordingListener());
    }

    private void assertLeadsOut(String name, Path real, boolean strict) {
        assertThatExceptionOfType(OutsideOfFolderException.class)
                .isThrownBy(() -> locate(name, strict))
                .withMessage(
                        "The path leads to " + real + ", out of baseDirectory=" + base + ": " + base.resolve(name));
    }
}
