package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several consumers with {@code exclusive}, one reads, and the others stand by. Here they are contexts of one JVM. */
class ExclusiveTest extends FifoTestSupport {

    private final Received received = new Received();
    private final Received others = new Received();
    private final LogCapture log = new LogCapture();
    private Path fifo;
    private Path lockFile;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("in");
        lockFile = folder.path("in.lock");
    }

    /** A context with one route from the FIFO; the caller closes it, or the end of the test does. */
    private DefaultCamelContext consumer(Processor processor, String... options) throws Exception {
        return consumerOf(fifo, processor, options);
    }

    private DefaultCamelContext consumerOf(Path path, Processor processor, String... options) throws Exception {
        DefaultCamelContext consumer = closing(new DefaultCamelContext());
        consumer.getShutdownStrategy().setTimeout(60);
        String uri = uri(path, options) + (options.length == 0 ? "?" : "&") + "exclusive=true";
        RouteBuilder.addRoutes(
                consumer, routes -> routes.from(uri).routeId("route").process(processor));
        consumer.start();
        return consumer;
    }

    private static FifoEndpoint endpointOf(DefaultCamelContext consumer) {
        return (FifoEndpoint) consumer.getRoute("route").getEndpoint();
    }

    private static String state(DefaultCamelContext consumer) {
        return endpointOf(consumer).getConsumerState();
    }

    private static void awaitState(DefaultCamelContext consumer, String state) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> state(consumer).equals(state));
    }

    /** Another process that holds the lock of the file, until it is closed. */
    private ShellProcess locker(Path file) {
        ShellProcess locker = sh("exec 9<>\"$1\"; flock -x 9; echo locked; exec sleep 600", file);
        await().until(() -> locker.output().contains("locked"));
        return locker;
    }

    @Test
    void oneReadsAndTheOtherStandsByAndTakesOverAfterAStop() throws Exception {
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = consumer(others);
        PipeEnd writer = writer(fifo);
        writer.write("1\n2\n");
        received.awaitLines("1", "2");
        assertThat(state(first)).isEqualTo("flowing");
        assertThat(state(second)).isEqualTo("standby");

        first.close();
        awaitState(second, "flowing");
        writer.write("3\n");

        others.awaitLines("3");
        assertThat(received.count()).isEqualTo(2);
        // sequence and session begin anew
        assertThat(others.frame(0).sequence()).isEqualTo(1);
        assertThat(others.frame(0).session()).isEqualTo(1);
    }

    @Test
    void theyWarnOfNothingWhenTheyTakeTurns() throws Exception {
        consumer(received);
        consumer(others);

        assertThat(log.lines("WARN", fifo.toString())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON_RECEIPT", "ON_COMPLETION"})
    void aRouteThatStopsLeavesAHalfLineForTheOther(String acknowledge) throws Exception {
        DefaultCamelContext first = consumer(received, "acknowledge=" + acknowledge);
        PipeEnd writer = writer(fifo);
        writer.write("1\n2\nha");
        received.awaitLines("1", "2");
        DefaultCamelContext second = consumer(others, "acknowledge=" + acknowledge);

        first.getRouteController().stopRoute("route");
        awaitState(second, "flowing");
        writer.write("lf\n3\n4");
        others.awaitLines("half", "3");
        first.getRouteController().startRoute("route");
        second.getRouteController().stopRoute("route");
        writer.write("4\n");

        received.awaitLines("1", "2", "44");
        assertThat(others.lines()).containsExactly("half", "3");
    }

    @Test
    void anExchangeThatOutlastsTheStopTakesNothingFromItsSuccessor() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DefaultCamelContext first = closing(new DefaultCamelContext());
        Processor slow = exchange -> {
            arrived.countDown();
            awaitIgnoringInterrupts(goOn);
            received.process(exchange);
        };
        // Camel's error handlers would fail the exchange because the route is stopped, and failed ones take nothing
        RouteBuilder.addRoutes(
                first,
                routes -> routes.from(uri(fifo, "exclusive=true", "acknowledge=ON_COMPLETION"))
                        .routeId("route")
                        .errorHandler(routes.noErrorHandler())
                        .process(slow));
        first.start();
        DefaultCamelContext second = consumer(others, "acknowledge=ON_COMPLETION");
        PipeEnd writer = writer(fifo);
        writer.write("1\n2\n3\n");
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();

        first.getRouteController().stopRoute("route", 1, TimeUnit.SECONDS);
        others.awaitLines("1", "2", "3");
        writer.write("4\n5\n");
        others.awaitLines("1", "2", "3", "4", "5");
        second.getRouteController().suspendRoute("route");
        writer.write("6\n");
        goOn.countDown();
        received.awaitCount(1);
        // only then the first one is through with its exchange
        await().until(() ->
                log.lines("INFO", "Consuming from " + fifo + " has ended").size() == 1);
        second.getRouteController().resumeRoute("route");

        others.awaitLines("1", "2", "3", "4", "5", "6");
        received.assertNothingMore(1);
    }

    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                // a route that ignores the stop
            }
        }
    }

    @Test
    void aSuspendedReaderKeepsTheLock() throws Exception {
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = consumer(others);
        first.getRouteController().suspendRoute("route");
        writer(fifo).write("1\n");

        others.assertNothingMore(0);
        assertThat(state(first)).isEqualTo("suspended");
        assertThat(state(second)).isEqualTo("standby");
        first.getRouteController().resumeRoute("route");
        received.awaitLines("1");
    }

    @Test
    void aSuspendedStandbyDoesNotTakeTheLock() throws Exception {
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = consumer(others);
        second.getRouteController().suspendRoute("route");
        PipeEnd writer = writer(fifo);
        first.close();
        writer.write("1\n");

        others.assertNothingMore(0);
        assertThat(state(second)).isEqualTo("suspended");
        DefaultCamelContext third = consumer(received);
        received.awaitLines("1");
        third.close();
        second.getRouteController().resumeRoute("route");
        writer.write("2\n");
        others.awaitLines("2");
    }

    @Test
    void healthAndJmxAndLogSayWhoReads() throws Exception {
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = consumer(others);

        assertThat(health(first).getDetails()).containsEntry("exclusive", "reading");
        assertThat(health(second).getDetails()).containsEntry("exclusive", "standby");
        assertThat(health(second).getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(Monitoring.attribute(endpointOf(second), "ConsumerState")).isEqualTo("standby");
        String process = "process " + ProcessHandle.current().pid();
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        assertThat(log.lines("INFO", "Reading " + fifo, lockFile.toString())).hasSize(1);
        assertThat(log.lines("INFO", "Standing by for " + fifo, lockFile.toString(), process, first.getName(), "route"))
                .hasSize(1);
        FifoEndpoint endpoint = endpointOf(first);
        assertThat(Files.readString(lockFile))
                .contains(process + " on " + host + ", context " + first.getName() + ", route route");
        first.close();
        awaitState(second, "flowing");
        assertThat(log.lines("INFO", "Reading " + fifo, process, first.getName()))
                .hasSize(1);
        await().untilAsserted(() -> assertThat(Files.readString(lockFile)).contains(second.getName()));
        assertThat(Monitoring.attribute(endpointOf(second), "ConsumerState")).isEqualTo("flowing");
        assertThat(endpoint.getConsumerState()).isEqualTo("stopped");
    }

    private static HealthCheck.Result health(DefaultCamelContext consumer) {
        return ((FifoConsumer) consumer.getRoute("route").getConsumer())
                .getHealthCheck()
                .call();
    }

    @Test
    void aMissingFifoIsLost() throws Exception {
        DefaultCamelContext first = consumer(received, "autoCreate=false", "checkInterval=20");
        Files.delete(fifo);

        awaitState(first, "lost");
    }

    @Test
    void aStandbyOnAFullPipeUsesNoCpu() throws Exception {
        FreshThreads threads = new FreshThreads();
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = consumer(others);
        first.getRouteController().suspendRoute("route");
        writer(fifo).fill();

        IdleTest.assertHardlyAnyCpu(threads);
        assertThat(threads.now()).containsAll(threadsOf(first)).containsAll(threadsOf(second));
        assertThat(threadsOf(second)).isNotEmpty();
        assertThat(state(second)).isEqualTo("standby");
        assertThat(others.count()).isZero();
    }

    @Test
    void aStandbyHasNoThreadOfItsOwn() throws Exception {
        List<Path> fifos =
                IntStream.range(0, 10).mapToObj(i -> folder.fifo("in" + i)).toList();
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = closing(new DefaultCamelContext());
        // with more, workers come when several FIFOs have something to do at once, and go when they are idle
        second.getComponent("fifo", FifoComponent.class).setWorkerThreads(1);
        second.start();
        for (Path each : fifos) {
            String uri = uri(each, "exclusive=true");
            RouteBuilder.addRoutes(first, routes -> routes.from(uri).process(received));
            RouteBuilder.addRoutes(second, routes -> routes.from(uri).process(others));
            writer(each).write("1\n");
            assertThat(log.lines("INFO", "Standing by for " + each)).hasSize(1);

            assertThat(threadsOf(second))
                    .as("two workers and a timer")
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(3);
        }
        received.awaitCount(fifos.size());
        assertThat(others.count()).isZero();
        assertThat(threadsOf(second)).hasSizeLessThanOrEqualTo(3);
    }

    /** All of the component's threads in a context. */
    private static Set<Thread> threadsOf(DefaultCamelContext consumer) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("Camel (" + consumer.getName() + ")")
                        && thread.getName().endsWith(" - fifo"))
                .collect(Collectors.toSet());
    }

    @Test
    void aStandbyOpensNothingForWriting() throws Exception {
        consumer(received, "acknowledge=ON_COMPLETION").getRouteController().suspendRoute("route");
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        ShellProcess watcher = ShellProcess.python("""
                import ctypes, os, struct, sys
                libc = ctypes.CDLL(None)
                fd = libc.inotify_init()
                libc.inotify_add_watch(fd, sys.argv[1].encode(), 0x8 | 0x10)
                print('ready', flush=True)
                while True:
                    events = os.read(fd, 4096)
                    for at in range(0, len(events), 16):
                        print('event', struct.unpack_from('iIII', events, at)[1], flush=True)
                """, fifo);
        closing(watcher);
        await().until(() -> watcher.output().contains("ready"));

        DefaultCamelContext second = consumer(others, "acknowledge=ON_COMPLETION");
        assertThat(state(second)).isEqualTo("standby");
        second.close();

        // the close of the standby's reading end comes last
        await().until(() -> watcher.output().contains("event 16"));
        assertThat(watcher.output()).doesNotContain("event 8");
    }

    @Test
    void aHalfLineWhoseWriterAndReaderAreGoneIsDeliveredAndMarked() throws Exception {
        DefaultCamelContext first = consumer(received);
        first.getRouteController().suspendRoute("route");
        write(fifo, "half");
        // has never seen the writer
        consumer(others);

        first.close();
        others.awaitLines("half");
        assertThat(others.frame(0).isMarkedIncomplete()).isTrue();
    }

    @Test
    void aStandbyThatSawTheWriterGoesOnWithItsDescriptor() throws Exception {
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = consumer(others);
        write(fifo, "1\n");
        received.awaitLines("1");
        first.getRouteController().suspendRoute("route");
        write(fifo, "half");
        first.close();

        others.awaitLines("half");
        assertThat(others.frame(0).isMarkedIncomplete()).isTrue();
        write(fifo, "2\n");
        others.awaitLines("half", "2");
        assertThat(state(second)).isEqualTo("flowing");
    }

    @Test
    void aStandbyHoldsAReplacedFifoTooAndReadsBoth() throws Exception {
        DefaultCamelContext first = consumer(received, "checkInterval=20");
        DefaultCamelContext second = consumer(others, "checkInterval=20");
        first.getRouteController().suspendRoute("route");
        write(fifo, "1\n2\n");
        FifoFolder.rename(folder.fifo("next"), fifo);
        await().until(() -> log.lines("WARN", fifo + " was removed or replaced; the new named pipe")
                        .size()
                == 2);
        write(fifo, "3\n");

        first.close();

        others.awaitCount(3);
        assertThat(others.lines()).containsExactlyInAnyOrder("1", "2", "3").containsSubsequence("1", "2");
        assertThat(state(second)).isEqualTo("flowing");
    }

    @Test
    void aStandbyLetsGoOfAReplacedFifoOnceItIsEmptyAndWithoutWriters() throws Exception {
        consumer(received, "checkInterval=20");
        consumer(others, "checkInterval=20");
        PipeEnd writer = writer(fifo);
        Path old = FifoFolder.rename(fifo, folder.path("old"));
        folder.fifo("in.next");
        FifoFolder.rename(folder.path("in.next"), fifo);
        await().until(() -> descriptorsOf(old) == 3);
        writer.close();

        await().until(() -> descriptorsOf(old) == 0);
    }

    @Test
    void aStandbyThatHoldsOpenLetsGoOfItToo() throws Exception {
        consumer(received, "checkInterval=20");
        consumer(others, "checkInterval=20", "holdOpen=true");
        PipeEnd writer = writer(fifo);
        Path old = FifoFolder.rename(fifo, folder.path("old"));
        FifoFolder.rename(folder.fifo("in.next"), fifo);
        await().until(() -> descriptorsOf(old) == 3);
        writer.close();

        await().until(() -> descriptorsOf(old) == 0);
    }

    @Test
    void aReaderThatDrainsMakesARemovedLockFileAnewToo() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DefaultCamelContext first = consumer(
                exchange -> {
                    arrived.countDown();
                    goOn.await();
                    received.process(exchange);
                },
                "acknowledge=ON_COMPLETION");
        consumer(others, "acknowledge=ON_COMPLETION");
        writer(fifo).write("1\n2\n3\n");
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        Thread stop = new Thread(() -> first.stop());
        stop.start();
        await().until(() -> first.isStopping());
        Files.delete(lockFile);
        await().until(() -> Files.exists(lockFile));
        goOn.countDown();
        stop.join();

        assertThat(received.lines()).containsExactly("1", "2", "3");
        assertThat(others.count()).isZero();
    }

    /** Another route of the context takes its time; this consumer's pipe is empty by then. */
    @Test
    void aStoppingContextGivesThePipeUpWhenItIsEmpty() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Path slow = folder.fifo("slow");
        DefaultCamelContext first = consumer(received);
        RouteBuilder.addRoutes(
                first,
                routes -> routes.from(uri(slow)).process(exchange -> {
                    arrived.countDown();
                    goOn.await();
                }));
        DefaultCamelContext second = consumer(others);
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        received.awaitLines("1");
        writer(slow).write("slow\n");
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        Thread stop = new Thread(() -> first.stop());
        stop.start();
        try {
            awaitState(second, "flowing");
            writer.write("2\n");
            others.awaitLines("2");
        } finally {
            goOn.countDown();
            stop.join();
        }
    }

    private static long descriptorsOf(Path file) throws Exception {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(each -> targetOf(each).equals(file.toString())).count();
        }
    }

    private static String targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    @Test
    void aFrameLargerThanThePipeIsTakenInPartsAndAStopLogsThat() throws Exception {
        DefaultCamelContext first = consumer(received);
        PipeEnd writer = writer(fifo);
        byte[] part = new byte[100_000];
        Arrays.fill(part, (byte) 'x');
        writer.write(part);
        await().until(() -> writer.unread() < 65_536);

        first.getRouteController().stopRoute("route");

        assertThat(log.lines("WARN", "bytes that were read from " + fifo + " and not processed are lost"))
                .hasSize(1);
    }

    @Test
    void chunksHaveNoFramesToKeepWhole() throws Exception {
        DefaultCamelContext first = consumer(received, "framing=CHUNKS");
        consumer(others, "framing=CHUNKS");
        PipeEnd writer = writer(fifo);
        writer.write("ab");
        received.awaitCount(1);
        first.close();
        writer.write("cd");
        others.awaitCount(1);
        assertThat((byte[]) others.frame(0).body()).isEqualTo(new byte[] {'c', 'd'});
    }

    @Test
    void batchesAndRedeliveryGoOnAtTheOther() throws Exception {
        DefaultCamelContext first = consumer(received, "maxBatchSize=10", "acknowledge=ON_COMPLETION");
        consumer(others, "maxBatchSize=10", "acknowledge=ON_COMPLETION");
        PipeEnd writer = writer(fifo);
        writer.write("1\n2\n3");
        received.awaitCount(1);
        first.close();
        writer.write("3\n4\n");
        others.awaitCount(1);

        assertThat(others.bodies().toString()).isEqualTo("[[33, 4]]");
    }

    // --- the lock file

    @Test
    void theLockFileIsBesideTheFifoThatALinkLeadsTo() throws Exception {
        Files.createDirectory(folder.path("links"));
        Path link = Files.createSymbolicLink(folder.path("links").resolve("link"), fifo);
        consumerOf(link, received);
        DefaultCamelContext second = consumer(others);

        assertThat(lockFile).exists();
        assertThat(folder.path("links").resolve("link.lock")).doesNotExist();
        assertThat(state(second)).isEqualTo("standby");
    }

    @Test
    void hardLinksShareALockFileByItsOption() throws Exception {
        Path hard = Files.createLink(folder.path("hard"), fifo);
        Path shared = folder.path("shared");
        consumer(received, "lockFile=" + shared);
        DefaultCamelContext second = consumerOf(hard, others, "lockFile=" + shared);

        assertThat(state(second)).isEqualTo("standby");
        assertThat(shared).exists();
        assertThat(lockFile).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"rw-rw----,rw-rw----", "rw--w----,rw-------", "rw-r---w-,rw-r-----", "rwx------,rw-------"})
    void theFileHasThePermissionsThatAllowReading(String permissions, String ofFile) throws Exception {
        consumer(received, "permissions=" + permissions);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lockFile)))
                .isEqualTo(ofFile);
    }

    @Test
    void theFileHasTheOwnerOfTheOptions() throws Exception {
        AnotherUser.assumeRoot();
        consumer(received, "owner=" + AnotherUser.UID, "group=" + AnotherUser.UID);

        assertThat(Files.getAttribute(lockFile, "unix:uid")).isEqualTo(AnotherUser.UID);
        assertThat(Files.getAttribute(lockFile, "unix:gid")).isEqualTo(AnotherUser.UID);
    }

    @Test
    void aFileThatIsThereIsUsedAndKeepsItsPermissionsAndIsNeverRemoved() throws Exception {
        Files.writeString(lockFile, "a text that is longer than what the reader writes ".repeat(20));
        Files.setPosixFilePermissions(lockFile, PosixFilePermissions.fromString("rw-r--r--"));
        consumer(received).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lockFile)))
                .isEqualTo("rw-r--r--");
        assertThat(Files.readString(lockFile)).startsWith("process ").doesNotContain("longer");
    }

    private void expectRefused(String... parts) {
        assertThatThrownBy(() -> {
                    DefaultCamelContext again = closing(new DefaultCamelContext());
                    RouteBuilder.addRoutes(
                            again,
                            routes -> routes.from(uri(fifo, "exclusive=true")).to("mock:got"));
                    again.start();
                })
                .hasStackTraceContaining("lockFile=" + lockFile)
                .satisfies(e -> {
                    for (String part : parts) {
                        assertThat(e).hasStackTraceContaining(part);
                    }
                });
    }

    @Test
    void aLinkAtItsPathIsRefusedAndNotFollowed() throws Exception {
        Path target = Files.writeString(folder.path("target"), "text");
        Files.createSymbolicLink(lockFile, target);

        expectRefused("symbolic link");
        assertThat(Files.readString(target)).isEqualTo("text");
    }

    @Test
    void aDanglingLinkAtItsPathMakesNoFile() throws Exception {
        Files.createSymbolicLink(lockFile, folder.path("missing"));

        expectRefused("symbolic link");
        assertThat(folder.path("missing")).doesNotExist();
    }

    @Test
    void aFifoAtItsPathIsRefused() {
        folder.fifo("in.lock");
        expectRefused("a named pipe");
    }

    @Test
    void aFolderAtItsPathIsRefused() throws Exception {
        Files.createDirectory(lockFile);
        expectRefused("a directory");
    }

    @Test
    void aMissingFolderIsRefused() {
        assertThatThrownBy(() -> consumer(received, "lockFile=" + folder.path("no/such.lock")))
                .hasStackTraceContaining("lockFile=" + folder.path("no/such.lock"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedUnlessTheFileIsThere() throws Exception {
        AnotherUser.give(fifo);
        Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("r-xr-xr-x"));
        AnotherUser.act(() -> expectRefused("EACCES"));

        Files.createFile(lockFile);
        Files.setPosixFilePermissions(lockFile, PosixFilePermissions.fromString("r--r--r--"));
        AnotherUser.act(() -> consumer(received));
        write(fifo, "1\n");
        received.awaitLines("1");
    }

    @Test
    void anotherUsersFileIsRefusedOnlyByStrict() throws Exception {
        Files.createFile(lockFile);
        AnotherUser.give(lockFile);

        assertThatThrownBy(() -> consumer(received, "strict=true"))
                .hasStackTraceContaining("lockFile=" + lockFile)
                .hasStackTraceContaining("strict=true refuses a lock file of user ");
        consumer(received);
        write(fifo, "1\n");
        received.awaitLines("1");
    }

    @Test
    void aReaderMakesARemovedFileAnewAndLocksIt() throws Exception {
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = consumer(others);
        Files.delete(lockFile);

        await().until(() -> Files.exists(lockFile));
        await().until(() -> log.lines("WARN", lockFile + " was removed or replaced; it was made anew")
                        .size()
                == 1);
        writer(fifo).write("1\n");
        received.awaitLines("1");
        assertThat(state(second)).isEqualTo("standby");
        first.close();
        awaitState(second, "flowing");
        assertThat(Files.readString(lockFile)).contains(second.getName());
    }

    @Test
    void aReaderStandsByWhenAnotherHasTheFileThatReplacedItsOwn() throws Exception {
        DefaultCamelContext first = consumer(received);
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        received.awaitLines("1");
        Path next = Files.createFile(folder.path("next"));
        ShellProcess locker = locker(next);
        FifoFolder.rename(next, lockFile);

        awaitState(first, "standby");
        assertThat(log.lines("WARN", lockFile + " was removed or replaced, and another has locked the new one"))
                .hasSize(1);
        writer.write("2\n");
        received.assertNothingMore(1);
        locker.kill();
        received.awaitLines("1", "2");
        // it began anew
        assertThat(received.frame(1).sequence()).isEqualTo(1);
        assertThat(state(first)).isEqualTo("flowing");
    }

    @Test
    void aLinkThatTakesTheFilesPlaceIsNotFollowedAndTheReaderReadsOn() throws Exception {
        DefaultCamelContext first = consumer(received);
        Path target = Files.writeString(folder.path("target"), "text");
        FifoFolder.rename(Files.createSymbolicLink(folder.path("link"), target), lockFile);
        await().until(() ->
                log.lines("WARN", "has trouble", "a symbolic link: " + lockFile).size() == 1);
        write(fifo, "1\n");
        received.awaitLines("1");
        assertThat(state(first)).isEqualTo("flowing");
        assertThat(Files.readString(target)).isEqualTo("text");

        Files.delete(lockFile);
        await().until(() -> log.lines("WARN", lockFile + " was removed or replaced; it was made anew")
                        .size()
                == 1);
        assertThat(log.lines("WARN", "has trouble")).hasSize(1);
    }

    @Test
    void theLockIsTakenWhenTheContextHasFullyStarted() throws Exception {
        List<Boolean> free = new CopyOnWriteArrayList<>();
        routes(routes -> routes.from(uri(fifo, "exclusive=true")).to("mock:got"));
        context.addStartupListener((started, already) -> free.add(isFree()));
        context.start();

        assertThat(free).containsExactly(true);
        await().until(() -> !isFree());
    }

    private boolean isFree() {
        return sh("flock -n \"$1\" true", lockFile).awaitExit(Duration.ofSeconds(60)) == 0;
    }

    @ParameterizedTest
    @CsvSource({"ON_RECEIPT,2", "ON_COMPLETION,4"})
    void aFrameLeavesThePipeWholeBeforeTheExchangeOrAfterIt(String acknowledge, int unread) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        PipeEnd writer = null;
        try {
            consumer(
                    exchange -> {
                        arrived.countDown();
                        goOn.await();
                        received.process(exchange);
                    },
                    "acknowledge=" + acknowledge);
            writer = writer(fifo);
            writer.write("1\n2\n");
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.unread()).isEqualTo(unread);
        } finally {
            goOn.countDown();
        }
        received.awaitLines("1", "2");
        writer.awaitEmpty();
    }

    @Test
    void theFileIsClosedInProgramsThatTheProcessStarts() throws Exception {
        consumer(received);
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            List<Path> open = all.filter(each -> targetOf(each).equals(lockFile.toString()))
                    .toList();
            assertThat(open).hasSize(1);
            String flags = Files.readString(
                    Path.of("/proc/self/fdinfo").resolve(open.get(0).getFileName()));
            // O_CLOEXEC and O_NONBLOCK
            assertThat(flags).containsPattern("flags:\\s+02\\d*4\\d{3}\\n");
        }
    }

    /** The stop unlocks, and does not only close: a forked process may have the descriptor too. */
    @Test
    void aStopFreesTheLockAlsoBesideAProcessThatSharesTheDescriptor() throws Exception {
        AnotherUser.assumeRoot();
        DefaultCamelContext first = consumer(received);
        DefaultCamelContext second = consumer(others);
        String descriptors;
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            descriptors = all.filter(each -> targetOf(each).equals(lockFile.toString()))
                    .map(each -> each.getFileName().toString())
                    .collect(Collectors.joining(" "));
        }
        ShellProcess sharer =
                closing(ShellProcess.python("""
                import ctypes, sys, time
                libc = ctypes.CDLL(None)
                process = libc.syscall(434, int(sys.argv[1]), 0)
                print([libc.syscall(438, process, int(each), 0) > 0 for each in sys.argv[2].split()], flush=True)
                time.sleep(600)
                """, ProcessHandle.current().pid(), descriptors));
        await().until(() -> sharer.output().contains("["));
        assumeTrue(sharer.output().contains("[True, True]"), "The kernel has no pidfd_getfd(2)");

        first.close();

        awaitState(second, "flowing");
    }

    @Test
    void aLockThatAnotherProcessHoldsIsAwaited() throws Exception {
        Files.createFile(lockFile);
        ShellProcess locker = locker(lockFile);
        DefaultCamelContext first = consumer(received);
        assertThat(state(first)).isEqualTo("standby");
        writer(fifo).write("1\n");
        received.assertNothingMore(0);

        locker.kill();

        received.awaitLines("1");
    }

    /** Of a process that has died its child still has the lock. */
    @Test
    void aLockThatAChildHasInheritedIsAwaitedUntilTheChildEnds() throws Exception {
        Files.createFile(lockFile);
        ShellProcess parent = sh("exec 9<>\"$1\"; flock -x 9; sleep 600 & echo $!; exec sleep 600", lockFile);
        await().until(() -> parent.output().contains("\n"));
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(parent.output().strip())).orElseThrow();
        DefaultCamelContext first = consumer(received);
        ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly();
        await().until(() -> !parent.isAlive());
        writer(fifo).write("1\n");

        received.assertNothingMore(0);
        assertThat(state(first)).isEqualTo("standby");
        child.destroyForcibly();
        received.awaitLines("1");
    }

    /** Each of them makes the time between the event and the unlock longer. */
    @Test
    void aHundredOthersThatWatchTheFileDoNotKeepAStandbyFromIt() throws Exception {
        AnotherUser.assumeRoot();
        Files.createFile(lockFile);
        ShellProcess watchers = closing(ShellProcess.python("""
                import ctypes, os, sys, time
                libc = ctypes.CDLL(None)
                os.seteuid(int(sys.argv[2]))
                instances = [libc.inotify_init() for each in range(100)]
                os.seteuid(0)
                print(all(libc.inotify_add_watch(each, sys.argv[1].encode(), 0xfff) > 0 for each in instances), flush=True)
                time.sleep(600)
                """, lockFile, AnotherUser.UID));
        await().until(() -> watchers.output().contains("True"));
        for (int i = 0; i < 20; i++) {
            ShellProcess locker = locker(lockFile);
            int before = received.count();
            DefaultCamelContext first = consumer(received);
            PipeEnd writer = writer(fifo);
            writer.write("1\n");
            assertThat(state(first)).isEqualTo("standby");
            locker.kill();
            received.awaitCount(before + 1);
            writer.close();
            first.close();
        }
    }

    @Test
    void withoutInotifyItTriesOnceASecond() throws Exception {
        Files.createFile(lockFile);
        Faults faults = new Faults();
        faults.failAll("inotify_init1", Errno.EMFILE);
        ShellProcess locker = locker(lockFile);
        DefaultCamelContext first = closing(new DefaultCamelContext());
        first.addComponent("fifo", new FifoComponent() {
            @Override
            Posix posix() {
                return faults.posix();
            }
        });
        RouteBuilder.addRoutes(
                first,
                routes -> routes.from(uri(fifo, "exclusive=true", "checkInterval=0"))
                        .routeId("route")
                        .process(received));
        first.start();
        assertThat(state(first)).isEqualTo("standby");
        locker.kill();
        awaitState(first, "flowing");

        Files.delete(lockFile);
        await().until(() -> Files.exists(lockFile));
        write(fifo, "1\n");
        received.awaitLines("1");
    }

    @Test
    void aConsumerThatStopsNeverLeavesTheLockTaken() throws Exception {
        for (int i = 0; i < 20; i++) {
            DefaultCamelContext first = consumer(received);
            DefaultCamelContext second = consumer(others);
            first.close();
            awaitState(second, "flowing");
            second.close();
        }
    }

    @Test
    void anAnonymousPipeIsRefused() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "600").start();
        closing(sleep::destroyForcibly);
        String pipe = targetOf(Path.of("/proc/" + sleep.pid() + "/fd/1"));
        Path end;
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            end = all.filter(each -> targetOf(each).equals(pipe)).findFirst().orElseThrow();
        }

        assertThatThrownBy(() -> consumerOf(end, received))
                .hasStackTraceContaining("exclusive=true does not go with an anonymous pipe")
                .hasStackTraceContaining(end.toString());
    }

    @Test
    void pollingIsRefused() throws Exception {
        String uri = uri(fifo, "exclusive=true");
        String refusal = "exclusive=true does not go with polling";
        start(routes -> routes.from("direct:poll").pollEnrich(uri, 10_000));

        assertThatThrownBy(() -> context.getEndpoint(uri).createPollingConsumer())
                .hasMessageContaining(refusal)
                .hasMessageContaining(fifo.toString());
        try (ConsumerTemplate template = context.createConsumerTemplate()) {
            assertThatThrownBy(() -> template.receive(uri, 10_000)).hasStackTraceContaining(refusal);
        }
        try (ProducerTemplate template = context.createProducerTemplate()) {
            assertThatThrownBy(() -> template.sendBody("direct:poll", "")).hasStackTraceContaining(refusal);
        }
        assertThat(lockFile).doesNotExist();
    }

    @Test
    void inOneContextASecondConsumerIsRefused() throws Exception {
        DefaultCamelContext first = consumer(received);

        assertThatThrownBy(() -> RouteBuilder.addRoutes(
                        first,
                        routes -> routes.from(uri(fifo, "exclusive=true", "chunkSize=1k"))
                                .process(others)))
                .hasStackTraceContaining("is consumed already");
    }

    // --- without exclusive

    @Test
    void withoutExclusiveTheSecondContextWarns() throws Exception {
        Path link = Files.createSymbolicLink(folder.path("link"), fifo);
        try (DefaultCamelContext first = new DefaultCamelContext();
                DefaultCamelContext second = new DefaultCamelContext()) {
            RouteBuilder.addRoutes(first, routes -> routes.from(uri(fifo)).process(received));
            first.start();
            assertThat(log.lines("WARN", "both read it")).isEmpty();
            RouteBuilder.addRoutes(second, routes -> routes.from(uri(link)).process(others));
            second.start();

            assertThat(log.lines(
                            "WARN",
                            "both read it",
                            fifo + " of context " + first.getName(),
                            link + " of context " + second.getName()))
                    .hasSize(1);
        }
        DefaultCamelContext third = closing(new DefaultCamelContext());
        RouteBuilder.addRoutes(third, routes -> routes.from(uri(fifo)).process(received));
        third.start();
        assertThat(log.lines("WARN", "both read it")).hasSize(1);
    }

    @Test
    void oneThatIsNotExclusiveIsWarnedOf() throws Exception {
        consumer(received);
        DefaultCamelContext second = closing(new DefaultCamelContext());
        RouteBuilder.addRoutes(second, routes -> routes.from(uri(fifo)).process(others));
        second.start();

        assertThat(log.lines("WARN", "both read it")).hasSize(1);
    }
}
