package io.github.camelfifo;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The consumer goes on with whatever FIFO comes to be at its path, and loses nothing of the one that was there. */
class ReplacedPathTest extends FifoTestSupport {

    /** So that only what the kernel tells by itself can be noticed in time. */
    private static final String RARELY = "checkInterval=600000";

    private static final String OFTEN = "checkInterval=20";
    private static final String AWAITED = "autoCreate=false";

    private final Received received = new Received();
    private final LogCapture log = new LogCapture();
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
    }

    private void startRoute(String... options) throws Exception {
        start(routes -> routes.from(uri(fifo, options)).routeId("in").process(received));
    }

    /** Puts a new FIFO in its place, in one step. */
    private void replace() throws Exception {
        FifoFolder.rename(folder.fifo("new"), fifo);
    }

    /** What is open of FIFOs that are in no folder any more. */
    private static long deletedOnes() {
        return LeakCheck.openDescriptors().stream()
                .filter(each -> each.endsWith("(deleted)"))
                .count();
    }

    private void awaitLog(String... parts) {
        await().until(() -> !log.lines(parts).isEmpty());
    }

    @Test
    void oneThatIsRemovedIsMadeAnewAtOnce() throws Exception {
        startRoute(RARELY);
        Files.delete(fifo);
        awaitWriter(fifo).write("1\n");

        received.awaitNumbers(1);
        // said when the new one is read already
        await().untilAsserted(
                        () -> assertThat(log.lines("WARN", fifo.toString())).hasSize(1));
        await().untilAsserted(() -> assertThat(deletedOnes()).isZero());
    }

    @Test
    void oneThatIsReplacedIsLeftForTheNewOneAtOnce() throws Exception {
        startRoute(RARELY);
        replace();
        awaitWriter(fifo).write("1\n");

        received.awaitNumbers(1);
        // said when the new one is read already
        await().untilAsserted(
                        () -> assertThat(log.lines("WARN", fifo.toString())).hasSize(1));
        await().untilAsserted(() -> assertThat(deletedOnes()).isZero());
    }

    @Test
    void whileAWriterHasTheOldOneBothAreReadAndNothingIsJoined() throws Exception {
        startRoute(RARELY);
        PipeEnd old = writer(fifo);
        old.write("old 1\nol");
        received.awaitCount(1);
        replace();
        PipeEnd fresh = awaitWriter(fifo);
        fresh.write("new 1\nne");
        received.awaitCount(2);
        old.write("d 2\nold unended");
        received.awaitCount(3);
        old.close();
        received.awaitCount(4);
        fresh.write("w 2\n");

        received.awaitLines("old 1", "new 1", "old 2", "old unended", "new 2");
        assertThat(received.frames()).extracting(Received.Frame::session).containsExactly(1L, 2L, 1L, 1L, 2L);
        assertThat(received.frames())
                .extracting(Received.Frame::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 5).boxed().toList());
        assertThat(received.frames()).extracting(Received.Frame::path).containsOnly(fifo.toString());
        assertThat(received.frame(3).isMarkedIncomplete()).isTrue();
        await().untilAsserted(() -> assertThat(deletedOnes()).isZero());
    }

    @Test
    void underOnCompletionBothAreReadToo() throws Exception {
        startRoute(RARELY, "acknowledge=ON_COMPLETION");
        PipeEnd old = writer(fifo);
        old.write("old 1\nold un");
        replace();
        PipeEnd fresh = awaitWriter(fifo);
        fresh.write("new 1\n");
        received.awaitCount(2);
        old.write("ended");
        old.close();
        received.awaitCount(3);

        assertThat(received.lines()).containsExactlyInAnyOrder("old 1", "new 1", "old unended");
        await().untilAsserted(() -> assertThat(deletedOnes()).isZero());
    }

    @Test
    void aMessageOfTheOldOneThatIsTriedAgainHoldsUpNoneOfTheNewOne() throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        AtomicBoolean failed = new AtomicBoolean();
        start(routes -> routes.from(uri(fifo, RARELY, "acknowledge=ON_COMPLETION", "onFailure=RETRY", "retryDelay=50"))
                .process(exchange -> {
                    boolean isOld = exchange.getMessage().getBody(String.class).equals("old");
                    if (isOld && fails.get()) {
                        failed.set(true);
                        throw new IllegalStateException("not now");
                    }
                })
                .process(received));
        PipeEnd old = writer(fifo);
        old.write("old\n");
        await().untilTrue(failed);
        replace();
        awaitWriter(fifo).write("new 1\nnew 2\n");
        received.awaitLines("new 1", "new 2");

        fails.set(false);
        received.awaitLines("new 1", "new 2", "old");
        assertThat(received.frames()).extracting(Received.Frame::sequence).containsExactly(2L, 3L, 1L);
    }

    @Test
    void whatIsInTheOldOneWithoutAWriterIsRead() throws Exception {
        start(routes -> routes.from(uri(fifo, RARELY))
                .process(exchange -> StopTest.takes(1))
                .process(received));
        write(fifo, Received.lines(500));
        replace();

        received.awaitNumbers(500);
        await().untilAsserted(() -> assertThat(deletedOnes()).isZero());
    }

    @Test
    void aRegularFileIsNotReadAndAFifoInItsPlaceIs() throws Exception {
        startRoute(OFTEN);
        Path file = Files.writeString(folder.path("file"), "precious");
        FifoFolder.rename(file, fifo);
        awaitLog("WARN", "Not a named pipe but a regular file: " + fifo);
        assertThat(fifo).hasContent("precious");
        await().untilAsserted(() -> assertThat(deletedOnes()).isZero());
        received.assertNothingMore(0);

        replace();
        awaitWriter(fifo).write("1\n");
        received.awaitNumbers(1);
        awaitLog("INFO", fifo + " is a named pipe again");
        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
    }

    @Test
    void aLinkToAnotherFifoIsFollowedAndSoIsItsTarget() throws Exception {
        startRoute(OFTEN);
        Path target = folder.fifo("target");
        Files.createSymbolicLink(folder.path("link"), target);
        FifoFolder.rename(folder.path("link"), fifo);
        awaitWriter(target).write("1\n");
        received.awaitNumbers(1);

        Path other = Files.createDirectory(folder.path("other"));
        Files.createSymbolicLink(folder.path("link"), other.resolve("second"));
        Path second = other.resolve("second");
        Files.move(folder.fifo("new"), second);
        FifoFolder.rename(folder.path("link"), fifo);
        awaitWriter(second).write("2\n");
        received.awaitNumbers(2);

        FifoFolder.rename(folder.fifo("new"), second);
        awaitWriter(second).write("3\n");
        received.awaitNumbers(3);
    }

    @Test
    void whereNothingIsToBeMadeANewOneIsAwaited() throws Exception {
        startRoute(OFTEN, AWAITED);
        Files.delete(fifo);
        awaitLog("WARN", "Named pipe does not exist: " + fifo);
        await().untilAsserted(() -> assertThat(deletedOnes()).isZero());
        await().during(Duration.ofMillis(200)).until(() -> Files.notExists(fifo));

        Files.move(folder.fifo("new"), fifo);
        awaitWriter(fifo).write("1\n");
        received.awaitNumbers(1);
        awaitLog("INFO", fifo + " is a named pipe again");
        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
    }

    @Test
    void whileItIsAwaitedTheRouteStops() throws Exception {
        startRoute(OFTEN, AWAITED);
        Files.delete(fifo);
        awaitLog("WARN", "Named pipe does not exist: " + fifo);
        await().untilAsserted(() -> assertThat(deletedOnes()).isZero());

        assertThat(millis(() -> context.getRouteController().stopRoute("in"))).isLessThan(30_000);
        Files.move(folder.fifo("new"), fifo);
        context.getRouteController().startRoute("in");
        write(fifo, "1\n");
        received.awaitNumbers(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {AWAITED, "autoCreate=true"})
    void oneThatIsRenamedAndComesBackIsReadAllTheWhile(String create) throws Exception {
        startRoute(OFTEN, create);
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        for (int i = 2; i <= 20; i += 2) {
            Files.move(fifo, folder.path("moved"));
            writer.write(i + "\n");
            received.awaitNumbers(i);
            FifoFolder.rename(folder.path("moved"), fifo);
            writer.write(i + 1 + "\n");
            received.awaitNumbers(i + 1);
        }
        writer.close();

        awaitWriter(fifo).write("22\n");
        received.awaitNumbers(22);
    }

    @Test
    void aFolderThatIsRenamedAndComesBack() throws Exception {
        Path parent = Files.createDirectory(folder.path("parent"));
        fifo = Files.move(fifo, parent.resolve("in"));
        startRoute(OFTEN, AWAITED);
        Path away = Files.move(parent, folder.path("away"));
        awaitLog("WARN", "Named pipe does not exist: " + fifo);

        Files.move(away, parent);
        awaitLog("INFO", fifo + " is a named pipe again");
        awaitWriter(fifo).write("1\n");
        received.awaitNumbers(1);
    }

    @Test
    void anotherFolderWithAnotherFifoInItsPlace() throws Exception {
        Path parent = Files.createDirectory(folder.path("parent"));
        fifo = Files.move(fifo, parent.resolve("in"));
        startRoute(OFTEN, AWAITED);
        PipeEnd old = writer(fifo);
        Path other = Files.createDirectory(folder.path("other"));
        Files.move(folder.fifo("new"), other.resolve("in"));
        Files.move(parent, folder.path("away"));
        Files.move(other, parent);

        awaitWriter(fifo).write("1\n");
        received.awaitNumbers(1);
        old.write("2\n");
        received.awaitNumbers(2);
    }

    @Test
    void aFolderThatIsRemovedIsMadeAnew() throws Exception {
        Path parent = Files.createDirectory(folder.path("parent"));
        fifo = Files.move(fifo, parent.resolve("in"));
        startRoute(OFTEN);
        Path away = Files.move(parent, folder.path("away"));
        awaitWriter(fifo).write("1\n");
        received.awaitNumbers(1);

        Files.delete(away.resolve("in"));
        Files.delete(away);
    }

    @Test
    void withAnIntervalOfZeroTheOneThatWasOpenedStays() throws Exception {
        startRoute("checkInterval=0");
        PipeEnd old = writer(fifo);
        replace();
        await().during(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThatThrownBy(() -> PipeEnd.writing(fifo)).hasMessageContaining("ENXIO"));

        old.write("1\n");
        received.awaitNumbers(1);
        assertThat(log.lines("WARN", fifo.toString())).isEmpty();
    }

    @Test
    void whileSuspendedTheNewOneIsOpenedAndNeitherIsRead() throws Exception {
        startRoute(RARELY);
        context.getRouteController().suspendRoute("in");
        PipeEnd old = writer(fifo);
        old.write("1\n");
        replace();
        PipeEnd fresh = awaitWriter(fifo);
        fresh.write("2\n");
        received.assertNothingMore(0);
        assertThat(old.unread()).isEqualTo(2);
        assertThat(fresh.unread()).isEqualTo(2);

        context.getRouteController().resumeRoute("in");
        received.awaitCount(2);
        assertThat(received.lines()).containsExactlyInAnyOrder("1", "2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopProcessesWhatIsInBoth(boolean wholeContext) throws Exception {
        start(routes -> routes.from(uri(fifo, RARELY))
                .routeId("in")
                .process(exchange -> StopTest.takes(2))
                .process(received));
        PipeEnd old = writer(fifo);
        old.write("old\n".repeat(200) + "old unended");
        replace();
        awaitWriter(fifo).write("new\n".repeat(200));

        if (wholeContext) {
            context.stop();
        } else {
            context.getRouteController().stopRoute("in");
        }

        assertThat(received.lines().stream().filter("old"::equals)).hasSize(200);
        assertThat(received.lines().stream().filter("new"::equals)).hasSize(200);
        assertThat(received.lines().stream().filter("old unended"::equals)).hasSize(1);
        assertThat(received.count()).isEqualTo(401);
    }

    @Test
    void aSecondConsumerOfTheNewOneIsRefused() throws Exception {
        startRoute(RARELY);
        replace();
        awaitWriter(fifo).write("1\n");
        received.awaitNumbers(1);
        Path link = Files.createLink(folder.path("hard"), fifo);

        assertThatThrownBy(() -> routes(routes -> routes.from(uri(link)).process(received)))
                .hasStackTraceContaining("is consumed already");
    }

    @Test
    void theOldOneIsAnotherConsumersWhenItsLastWriterHasGone() throws Exception {
        Received others = new Received();
        Path elsewhere = folder.path("elsewhere");
        start(routes -> {
            routes.from(uri(fifo, OFTEN)).process(received);
            routes.from(uri(elsewhere, OFTEN)).process(others);
        });
        PipeEnd old = writer(fifo);
        old.write("1\n");
        FifoFolder.rename(fifo, elsewhere);
        awaitLog("WARN", elsewhere.toString(), "is consumed already");
        old.write("2\n");
        received.awaitNumbers(2);
        old.close();

        awaitLog("INFO", elsewhere + " is a named pipe again");
        write(elsewhere, "3\n");
        others.awaitLines("3");
    }

    @Test
    void aPollingConsumerGoesOverToo() throws Exception {
        context.start();
        var template = context.createConsumerTemplate();
        closing(template);
        String uri = uri(fifo, OFTEN);
        assertThat(template.receiveBody(uri, 10)).isNull();
        replace();
        var answer = sh("echo 1 > \"$1\"", fifo);

        assertThat(template.receiveBody(uri, 30_000)).isEqualTo("1");
        answer.await();
    }
}
