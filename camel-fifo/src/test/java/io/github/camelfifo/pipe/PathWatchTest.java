package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class PathWatchTest {

    private static final long RARELY_MILLIS = 600_000;
    private static final long OFTEN_MILLIS = 20;
    private static final Duration A_WHILE = Duration.ofMillis(300);

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    private final List<WatchedPath> followed = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private Path fifo;
    private PathWatch watch;

    @BeforeEach
    void startWatch() throws Exception {
        fifo = folder.fifo("fifo");
        watch = new PathWatch(engines.start(2));
    }

    @AfterEach
    void close() {
        followed.forEach(WatchedPath::close);
        watch.close();
    }

    private WatchedPath follow(Path path, long intervalMillis, PathWatch.Follower follower) throws Exception {
        WatchedPath watched = watch.watch(path.toString(), intervalMillis, follower);
        followed.add(watched);
        Descriptor reader = ends.reader(path);
        watched.follow(reader, reader.status().identity());
        return watched;
    }

    private WatchedPath follow(Path path, long intervalMillis) throws Exception {
        return follow(path, intervalMillis, () -> looks.incrementAndGet() > 0);
    }

    private void replace() throws Exception {
        FifoFolder.rename(folder.fifo("new"), fifo);
    }

    private void awaitLook() {
        await().untilAsserted(() -> assertThat(looks).hasPositiveValue());
    }

    private void assertNoLook() {
        await().during(A_WHILE).untilAsserted(() -> assertThat(looks).hasValue(0));
    }

    @Test
    void aReplacementIsToldAtOnce() throws Exception {
        follow(fifo, RARELY_MILLIS);
        assertNoLook();
        replace();

        awaitLook();
    }

    @Test
    void aRemovalAndARenamingAreToldAtOnce() throws Exception {
        follow(fifo, RARELY_MILLIS);
        Files.delete(fifo);
        awaitLook();

        Path second = folder.fifo("second");
        follow(second, RARELY_MILLIS);
        looks.set(0);
        Files.move(second, folder.path("elsewhere"));
        awaitLook();
    }

    @Test
    void whatDoesNotChangeThePathIsNotTold() throws Exception {
        follow(fifo, OFTEN_MILLIS);
        ends.writeAndClose(fifo, "bytes");
        assertThat(fifo.toFile().setWritable(false)).isTrue();
        folder.fifo("another");

        assertNoLook();
    }

    @Test
    void aReplacementBetweenOpeningAndFollowingIsTold() throws Exception {
        WatchedPath watched = watch.watch(fifo.toString(), RARELY_MILLIS, () -> looks.incrementAndGet() > 0);
        followed.add(watched);
        Descriptor reader = ends.reader(fifo);
        replace();
        watched.follow(reader, reader.status().identity());

        awaitLook();
    }

    @Test
    void aFolderThatIsRenamedIsToldWithinTheInterval() throws Exception {
        Path parent = Files.createDirectory(folder.path("parent"));
        Files.move(fifo, parent.resolve("fifo"));
        follow(parent.resolve("fifo"), OFTEN_MILLIS);
        assertNoLook();
        Files.move(parent, folder.path("away"));

        awaitLook();
    }

    @Test
    void theTargetOfALinkIsLookedAtInEachInterval() throws Exception {
        Path other = Files.createDirectory(folder.path("other"));
        Files.createSymbolicLink(other.resolve("first"), fifo);
        Path link = Files.createSymbolicLink(folder.path("link"), other.resolve("first"));
        follow(link, OFTEN_MILLIS);
        assertNoLook();
        Files.createSymbolicLink(other.resolve("second"), folder.fifo("new"));
        FifoFolder.rename(other.resolve("second"), other.resolve("first"));

        awaitLook();
    }

    @Test
    void withoutInotifyAReplacementIsToldWithinTheInterval() throws Exception {
        engines.faults().failAll("inotify_init1", Errno.EMFILE);
        follow(fifo, OFTEN_MILLIS);
        assertNoLook();
        replace();

        awaitLook();
    }

    @Test
    void whoIsNotSatisfiedIsAskedAgainAndWhoIsIsNot() throws Exception {
        follow(fifo, OFTEN_MILLIS, () -> looks.incrementAndGet() >= 5);
        replace();

        await().untilAsserted(() -> assertThat(looks).hasValueGreaterThanOrEqualTo(5));
    }

    @Test
    void afterClosingNothingIsTold() throws Exception {
        follow(fifo, OFTEN_MILLIS).close();
        replace();

        assertNoLook();
    }

    @Test
    void oneOfTwoThatFollowTheSameFifoClosesAndTheOtherIsTold() throws Exception {
        follow(fifo, RARELY_MILLIS, () -> true).close();
        WatchedPath first = follow(fifo, RARELY_MILLIS, () -> true);
        follow(fifo, RARELY_MILLIS);
        first.close();
        replace();

        awaitLook();
    }

    @Test
    void aFollowerThatThrowsIsAskedAgain() throws Exception {
        IllegalStateException failure = new IllegalStateException("test");
        follow(fifo, OFTEN_MILLIS, () -> {
            if (looks.incrementAndGet() == 1) {
                throw failure;
            }
            return true;
        });
        replace();

        await().untilAsserted(() -> assertThat(looks).hasValueGreaterThan(1));
        assertThat(engines.takeErrors()).containsExactly(failure);
    }

    @Test
    void aLookThatFailsMakesTheWatchBlindForNoPath() throws Exception {
        Path second = folder.fifo("second");
        AtomicInteger looksAtSecond = new AtomicInteger();
        follow(fifo, OFTEN_MILLIS);
        follow(second, OFTEN_MILLIS, () -> looksAtSecond.incrementAndGet() > 0);
        // all paths of a folder that has just changed are rechecked, so this comes between the two
        Error failure = new OutOfMemoryError("for a test");
        AtomicBoolean failed = new AtomicBoolean();
        engines.faults().instead("lstat", call -> {
            if (failed.compareAndSet(false, true)) {
                throw failure;
            }
            return call.proceed();
        });
        await().untilTrue(failed);
        Files.delete(fifo);
        Files.delete(second);

        awaitLook();
        await().untilAsserted(() -> assertThat(looksAtSecond).hasPositiveValue());
        assertThat(engines.takeErrors()).containsExactly(failure);
    }

    @Test
    void aThousandPathsInAFewFoldersCostAFewCallsAnInterval() throws Exception {
        int folders = 4;
        for (int i = 0; i < folders; i++) {
            Path each = Files.createDirectory(folder.path("folder" + i));
            for (int j = 0; j < 250; j++) {
                Path moved = Files.move(folder.fifo("new"), each.resolve("fifo" + j));
                follow(moved, OFTEN_MILLIS);
            }
        }
        // so long after a change of a folder all that is in it is looked at, because its clock may be coarse
        await().until(() -> {
            int before = engines.faults().count("lstat");
            await().pollDelay(A_WHILE).until(() -> true);
            return engines.faults().count("lstat") == before;
        });
        long begin = System.nanoTime();
        int stats = engines.faults().count("stat");
        await().pollDelay(A_WHILE).until(() -> engines.faults().count("stat") > stats);
        int more = engines.faults().count("stat") - stats;

        long intervals = Duration.ofNanos(System.nanoTime() - begin).toMillis() / OFTEN_MILLIS + 2;
        assertThat(more).isLessThanOrEqualTo((int) (folders * intervals));
        assertThat(looks).hasValue(0);
    }
}
