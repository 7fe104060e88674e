package io.github.camelfifo;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One consumer reads all FIFOs of a folder: those that are there, those that come, and those that go, to their end. */
class FolderTest extends FifoTestSupport {

    private static final String ALL = "include=*.fifo";
    private static final String OFTEN = "checkInterval=50";
    /** So that only what the kernel tells by itself can be noticed in time. */
    private static final String RARELY = "checkInterval=600000";

    private static final int O_NONBLOCK = 04000;

    private final Received received = new Received();
    private final LogCapture log = new LogCapture();
    private Path in;

    @BeforeEach
    void makeFolder() throws IOException {
        in = Files.createDirectory(folder.path("in"));
    }

    private void startRoute(String... options) throws Exception {
        start(routes -> routes.from(uri(in, options)).routeId("in").process(received));
    }

    private Path fifo(String name) {
        return folder.fifo("in/" + name);
    }

    private List<String> received(Path fifo) {
        return received.frames().stream()
                .filter(frame -> frame.path().equals(fifo.toString()))
                .map(frame -> (String) frame.body())
                .toList();
    }

    /** How many reading ends of FIFOs in the folder are open. */
    private long open() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(this::isReadingEnd).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReadingEnd(Path descriptor) {
        try {
            Path info = Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName());
            return Files.readSymbolicLink(descriptor).startsWith(in)
                    && Files.readAllLines(info).stream().anyMatch(line -> line.matches("flags:\\s+.*4000"))
                    && !Files.isDirectory(descriptor);
        } catch (IOException e) {
            // closed meanwhile
            return false;
        }
    }

    private void awaitOpen(int count) {
        await().untilAsserted(() -> assertThat(open()).isEqualTo(count));
    }

    private void awaitLog(String... parts) {
        await().until(() -> !log.lines(parts).isEmpty());
    }

    @Test
    void thoseThatAreThereAndThoseThatComeAreRead() throws Exception {
        Path first = fifo("1.fifo");
        startRoute(ALL, RARELY);
        writer(first).write("a\n");
        Path second = fifo("2.fifo");
        awaitWriter(second).write("b\n");
        Path third = FifoFolder.rename(folder.fifo("made elsewhere"), in.resolve("3.fifo"));
        awaitWriter(third).write("c\n");

        received.awaitCount(3);
        assertThat(received(first)).containsExactly("a");
        assertThat(received(second)).containsExactly("b");
        assertThat(received(third)).containsExactly("c");
    }

    @Test
    void eachIsAStreamOfItsOwnWithItsNameAndItsNumbers() throws Exception {
        Path first = fifo("1.fifo");
        Path second = fifo("2.fifo");
        Map<String, Exchange> exchanges = new ConcurrentHashMap<>();
        start(routes -> routes.from(uri(in, ALL))
                .process(exchange -> exchanges.put(exchange.getMessage().getBody(String.class), exchange.copy()))
                .process(received));
        write(first, "a1\na2\nhalf");
        write(second, "b1\nb2\n");
        received.awaitCount(5);
        write(second, "b3\n");
        received.awaitCount(6);

        assertThat(received(first)).containsExactly("a1", "a2", "half");
        assertThat(received(second)).containsExactly("b1", "b2", "b3");
        assertThat(header(exchanges.get("a2"), FifoConstants.NAME)).isEqualTo("1.fifo");
        assertThat(header(exchanges.get("a2"), FifoConstants.SEQUENCE)).isEqualTo(2L);
        assertThat(header(exchanges.get("half"), FifoConstants.INCOMPLETE)).isEqualTo(true);
        assertThat(header(exchanges.get("b3"), FifoConstants.NAME)).isEqualTo("2.fifo");
        assertThat(header(exchanges.get("b3"), FifoConstants.SEQUENCE)).isEqualTo(3L);
        assertThat(header(exchanges.get("b3"), FifoConstants.SESSION)).isEqualTo(2L);
    }

    private static boolean hasReader(Path fifo) throws Exception {
        try {
            PipeEnd.writing(fifo).close();
            return true;
        } catch (ErrnoException e) {
            assertThat(e.errno()).isEqualTo(Errno.ENXIO);
            return false;
        }
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }

    @Test
    void aSingleFifoHasNoName() throws Exception {
        Path fifo = folder.fifo("single");
        AtomicInteger named = new AtomicInteger();
        start(routes -> routes.from(uri(fifo))
                .process(exchange -> named.addAndGet(header(exchange, FifoConstants.NAME) == null ? 0 : 1))
                .process(received));
        write(fifo, "a\n");

        received.awaitLines("a");
        assertThat(named).hasValue(0);
    }

    @Test
    void whatElseIsThereIsLeftAlone() throws Exception {
        Path outside = folder.fifo("outside");
        Files.createSymbolicLink(in.resolve("link.fifo"), outside);
        Files.createDirectory(in.resolve("folder.fifo"));
        Files.writeString(in.resolve("file.fifo"), "stays\n");
        Path other = fifo("other.pipe");
        Path excluded = fifo("no.fifo");
        Path wanted = fifo("yes.fifo");
        startRoute(ALL, "exclude=no*", RARELY);
        writer(wanted).write("a\n");
        received.awaitLines("a");

        assertThat(open()).isEqualTo(1);
        assertThat(hasReader(outside)).isFalse();
        assertThat(hasReader(other)).isFalse();
        assertThat(hasReader(excluded)).isFalse();
        assertThat(Files.readString(in.resolve("file.fifo"))).isEqualTo("stays\n");
        assertThat(log.lines("WARN")).isEmpty();
    }

    @Test
    void oneThatGoesIsReadUntilItsLastWriterHasClosed() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY);
        PipeEnd writer = writer(fifo);
        writer.write("a\n");
        received.awaitCount(1);
        Files.delete(fifo);
        writer.write("b\n");
        received.awaitCount(2);
        writer.write("unended");
        writer.close();

        received.awaitLines("a", "b", "unended");
        assertThat(received.frame(2).isMarkedIncomplete()).isTrue();
        awaitOpen(0);
    }

    @Test
    void oneThatGoesWithoutAWriterIsClosed() throws Exception {
        Path fifo = fifo("1.fifo");
        Path second = fifo("2.fifo");
        startRoute(ALL, RARELY);
        assertThat(open()).isEqualTo(2);
        Files.delete(fifo);
        FifoFolder.rename(second, folder.path("elsewhere"));

        await().untilAsserted(() -> assertThat(LeakCheck.openDescriptors())
                .noneMatch(each -> each.contains("1.fifo") || each.endsWith("elsewhere")));
    }

    @Test
    void oneThatIsReplacedIsReadToItsEndBesideTheNewOne() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY);
        PipeEnd old = writer(fifo);
        old.write("old 1\n");
        received.awaitCount(1);
        FifoFolder.rename(folder.fifo("new"), fifo);
        awaitWriter(fifo).write("new 1\n");
        received.awaitCount(2);
        old.write("old 2\n");
        received.awaitCount(3);
        old.close();

        received.awaitLines("old 1", "new 1", "old 2");
        assertThat(received.frames()).extracting(Received.Frame::sequence).containsExactly(1L, 1L, 2L);
        awaitOpen(1);
    }

    @Test
    void oneThatIsRenamedGoesOnUnderItsNewName() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY);
        PipeEnd writer = writer(fifo);
        writer.write("a\nb");
        received.awaitCount(1);
        Path renamed = FifoFolder.rename(fifo, in.resolve("2.fifo"));
        await().untilAsserted(() -> {
            writer.write("c\nb");
            await().until(() -> received.count() > 1);
            assertThat(received.frame(received.count() - 1).path()).isEqualTo(renamed.toString());
        });

        assertThat(received.lines().subList(0, 2)).containsExactly("a", "bc");
        assertThat(received.frame(1).sequence()).isEqualTo(2);
        assertThat(received.frame(1).session()).isEqualTo(1);
        assertThat(open()).isEqualTo(1);
    }

    @Test
    void twoMayExchangeTheirNames() throws Exception {
        Path first = fifo("1.fifo");
        Path second = fifo("2.fifo");
        startRoute(ALL, RARELY);
        PipeEnd one = writer(first);
        PipeEnd two = writer(second);
        one.write("one\n");
        two.write("two\n");
        received.awaitCount(2);
        exchange(first, second);
        awaitNamed(one, second);
        awaitNamed(two, first);

        assertThat(open()).isEqualTo(2);
        assertThat(received.frames().stream().mapToLong(Received.Frame::session).max())
                .hasValue(1);
    }

    /** renameat2(2) with RENAME_EXCHANGE; os has no such call. */
    private void exchange(Path first, Path second) {
        closing(ShellProcess.python("""
                        import ctypes, sys
                        if ctypes.CDLL(None).renameat2(-100, sys.argv[1].encode(), -100, sys.argv[2].encode(), 2):
                            sys.exit('renameat2 failed')
                        """, first, second)).await();
    }

    private void awaitNamed(PipeEnd writer, Path name) {
        await().untilAsserted(() -> {
            int before = received.count();
            writer.write("x\n");
            received.awaitCount(before + 1);
            assertThat(received.frame(before).path()).isEqualTo(name.toString());
        });
    }

    @Test
    void ofSeveralNamesTheFirstCountsWhileItIsThere() throws Exception {
        Path first = fifo("1.fifo");
        startRoute(ALL, RARELY);
        Path second = Files.createLink(in.resolve("0.fifo"), first);
        PipeEnd writer = writer(second);
        writer.write("a\n");
        received.awaitCount(1);
        assertThat(received.frame(0).path()).isEqualTo(first.toString());
        assertThat(open()).isEqualTo(1);

        Files.delete(first);
        awaitNamed(writer, second);
        Files.delete(second);
        writer.close();
        awaitOpen(0);
    }

    @Test
    void aRenameOverAnotherEndsThatOne() throws Exception {
        Path first = fifo("1.fifo");
        Path second = fifo("2.fifo");
        startRoute(ALL, RARELY);
        PipeEnd one = writer(first);
        PipeEnd two = writer(second);
        two.write("two\n");
        received.awaitCount(1);
        FifoFolder.rename(first, second);
        two.write("the last\n");
        received.awaitCount(2);
        two.close();
        awaitNamed(one, second);

        awaitOpen(1);
        assertThat(received.lines()).startsWith("two", "the last");
    }

    @Test
    void aNameThatNoLongerMatchesEndsIt() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY);
        PipeEnd writer = writer(fifo);
        Path away = FifoFolder.rename(fifo, in.resolve("1.away"));
        writer.write("a\n");
        received.awaitLines("a");
        writer.close();
        awaitOpen(0);

        FifoFolder.rename(away, fifo);
        awaitWriter(fifo).write("b\n");
        received.awaitLines("a", "b");
    }

    @Test
    void aSlowOneDelaysNoOther() throws Exception {
        Path slow = fifo("slow.fifo");
        Path fast = fifo("fast.fifo");
        CountDownLatch goesOn = new CountDownLatch(1);
        start(routes -> routes.from(uri(in, ALL)).process(exchange -> {
            if ("slow.fifo".equals(header(exchange, FifoConstants.NAME))) {
                goesOn.await();
            }
            received.process(exchange);
        }));
        write(slow, "slow\n");
        try (PipeEnd writer = writer(fast)) {
            for (int i = 1; i <= 1_000; i++) {
                writer.write(i + "\n");
            }
        }
        received.awaitNumbers(1_000);
        goesOn.countDown();

        received.awaitCount(1_001);
    }

    @Test
    void ofEachOneExchangeAtATimeIsInWork() throws Exception {
        Map<String, AtomicInteger> inWork = new ConcurrentHashMap<>();
        AtomicInteger most = new AtomicInteger();
        List<Path> fifos =
                Stream.of("1.fifo", "2.fifo", "3.fifo").map(this::fifo).toList();
        start(routes -> routes.from(uri(in, ALL)).threads(8).process(exchange -> {
            AtomicInteger own = inWork.computeIfAbsent(
                    (String) header(exchange, FifoConstants.NAME), unused -> new AtomicInteger());
            most.accumulateAndGet(own.incrementAndGet(), Math::max);
            received.process(exchange);
            own.decrementAndGet();
        }));
        for (Path each : fifos) {
            write(each, Received.lines(300));
        }
        received.awaitCount(900);

        assertThat(most).hasValue(1);
        for (Path each : fifos) {
            assertThat(received(each)).isEqualTo(Received.numbers(300));
        }
    }

    @Test
    void stopProcessesWhatIsInAllOfThemAndNothingAfterThat() throws Exception {
        List<Path> fifos =
                Stream.of("1.fifo", "2.fifo", "3.fifo").map(this::fifo).toList();
        CountDownLatch goesOn = new CountDownLatch(1);
        start(routes -> routes.from(uri(in, ALL)).routeId("in").process(exchange -> {
            goesOn.await();
            received.process(exchange);
        }));
        for (Path each : fifos) {
            writer(each).write(Received.lines(100));
        }
        goesOn.countDown();
        context.getRouteController().stopRoute("in");

        assertThat(received.count()).isEqualTo(300);
        assertThat(open()).isZero();
        for (Path each : fifos) {
            assertThat(received(each)).isEqualTo(Received.numbers(100));
            assertThat(hasReader(each)).isFalse();
        }
    }

    @Test
    void aRouteThatIsStartedAgainReadsThoseThatAreThereThen() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, RARELY);
        write(fifo, "a\n");
        received.awaitCount(1);
        context.getRouteController().stopRoute("in");
        Files.delete(fifo);
        Path second = fifo("2.fifo");
        context.getRouteController().startRoute("in");
        write(second, "b\n");

        received.awaitLines("a", "b");
        assertThat(open()).isEqualTo(1);
    }

    @Test
    void aSuspendedRouteLeavesAllInTheKernelAndNoticesWhatComes() throws Exception {
        Path first = fifo("1.fifo");
        startRoute(ALL, RARELY);
        context.getRouteController().suspendRoute("in");
        writer(first).write("a\n");
        Path second = fifo("2.fifo");
        awaitWriter(second).write("b\n");
        received.assertNothingMore(0);
        context.getRouteController().resumeRoute("in");

        received.awaitCount(2);
        assertThat(received.lines()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void onCompletionAFailedOneComesAgain() throws Exception {
        Path fifo = fifo("1.fifo");
        AtomicInteger failures = new AtomicInteger();
        start(routes -> routes.from(uri(in, ALL, "acknowledge=ON_COMPLETION", "onFailure=RETRY", "retryDelay=5"))
                .process(exchange -> {
                    if (failures.getAndIncrement() < 3) {
                        throw new IllegalStateException("Fails at first");
                    }
                })
                .process(received));
        write(fifo, "a\nb\n");

        received.awaitLines("a", "b");
    }

    @Test
    void batchesAreOfOneFifoEach() throws Exception {
        Path first = fifo("1.fifo");
        Path second = fifo("2.fifo");
        routes(routes ->
                routes.from(uri(in, ALL, "maxBatchSize=10")).routeId("in").process(received));
        reader(first);
        reader(second);
        writer(first).write("a\nb\nc\n");
        writer(second).write("d\ne\n");
        context.start();

        received.awaitCount(2);
        assertThat(received.bodies()).containsExactlyInAnyOrder(List.of("a", "b", "c"), List.of("d", "e"));
    }

    @Test
    void aFolderThatIsMissingIsMade() throws Exception {
        Files.delete(in);
        startRoute(ALL, OFTEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in)))
                .isEqualTo("rwx------");
        awaitWriter(fifo("1.fifo")).write("a\n");

        received.awaitLines("a");
    }

    @Test
    void withoutAutoCreateAMissingFolderIsRefused() throws Exception {
        Files.delete(in);

        assertThatThrownBy(() -> startRoute(ALL, "autoCreate=false"))
                .hasStackTraceContaining("Folder of named pipes does not exist: " + in);
        assertThat(in).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoCreate=true", "autoCreate=false"})
    void whatIsNoFolderIsRefused(String autoCreate) throws Exception {
        Files.delete(in);
        folder.fifo("in");

        assertThatThrownBy(() -> startRoute(ALL, autoCreate)).hasStackTraceContaining("Not a folder: " + in);
    }

    @Test
    void aFolderThatIsRemovedIsAwaitedAndMadeAgain() throws Exception {
        Path fifo = fifo("1.fifo");
        startRoute(ALL, OFTEN);
        PipeEnd writer = writer(fifo);
        writer.write("a\n");
        received.awaitCount(1);
        Files.delete(fifo);
        Files.delete(in);
        await().until(() -> Files.exists(in));
        writer.write("b\n");
        writer.close();
        received.awaitCount(2);
        awaitWriter(fifo("1.fifo")).write("c\n");

        received.awaitLines("a", "b", "c");
        awaitOpen(1);
    }

    @Test
    void whileTheFolderIsMissingTheHealthIsDown() throws Exception {
        startRoute(ALL, OFTEN, "autoCreate=false");
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        Files.delete(in);
        await().untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN));
        assertThat(health().getMessage()).contains("Folder of named pipes does not exist: " + in);

        Files.createDirectory(in);
        awaitWriter(fifo("1.fifo")).write("a\n");
        received.awaitLines("a");
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(log.lines("WARN", in.toString())).hasSize(1);
    }

    private HealthCheck.Result health() {
        return ((FifoConsumer) context.getRoute("in").getConsumer())
                .getHealthCheck()
                .call();
    }

    @Test
    void aFolderThatIsReplacedIsLeftForTheNewOne() throws Exception {
        Path old = fifo("1.fifo");
        startRoute(ALL, OFTEN);
        PipeEnd writer = writer(old);
        writer.write("old 1\n");
        received.awaitCount(1);
        FifoFolder.rename(in, folder.path("away"));
        Files.createDirectory(in);
        awaitWriter(fifo("1.fifo")).write("new 1\n");
        received.awaitCount(2);
        writer.write("old 2\n");
        received.awaitCount(3);
        writer.close();

        received.awaitLines("old 1", "new 1", "old 2");
        await().untilAsserted(() ->
                assertThat(LeakCheck.openDescriptors()).noneMatch(each -> each.startsWith(folder.path("away") + "/")));
    }

    @Test
    void aLinkToAFolderIsFollowedWhereverItLeads() throws Exception {
        Path link = Files.createSymbolicLink(folder.path("link"), in);
        Path other = Files.createDirectory(folder.path("other"));
        fifo("1.fifo");
        Path there = folder.fifo("other/1.fifo");
        start(routes -> routes.from(uri(link, ALL, OFTEN)).process(received));
        awaitWriter(in.resolve("1.fifo")).write("a\n");
        received.awaitCount(1);
        FifoFolder.rename(Files.createSymbolicLink(folder.path("new"), other), link);
        awaitWriter(there).write("b\n");

        received.awaitLines("a", "b");
        assertThat(received.frame(1).path()).isEqualTo(link.resolve("1.fifo").toString());
    }

    @Test
    void oneThatAnotherRouteReadsIsReadWhenThatStops() throws Exception {
        Path fifo = fifo("1.fifo");
        Received plain = new Received();
        start(routes -> {
            routes.from(uri(fifo)).routeId("plain").process(plain);
            routes.from(uri(in, ALL, RARELY)).process(received);
        });
        write(fifo, "a\n");
        plain.awaitLines("a");
        assertThat(log.lines("WARN", "is consumed already", fifo.toString())).hasSize(1);
        context.getRouteController().stopRoute("plain");
        awaitWriter(fifo).write("b\n");

        received.awaitLines("b");
        assertThatThrownBy(() -> context.getRouteController().startRoute("plain"))
                .hasStackTraceContaining("is consumed already");
    }

    @Test
    void strictRefusesWhatOthersMayOpenUntilThatIsMended() throws Exception {
        Path fifo = fifo("1.fifo");
        Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-rw-rw-"));
        startRoute(ALL, RARELY, "strict=true");
        awaitLog("WARN", "Cannot read " + fifo);
        assertThat(open()).isZero();
        Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-------"));
        awaitWriter(fifo).write("a\n");

        received.awaitLines("a");
        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
    }

    @Test
    void oneThatMayNotBeOpenedYetIsReadWhenItMay() throws Exception {
        Path fifo = fifo("1.fifo");
        AtomicBoolean allowed = new AtomicBoolean();
        Faults faults = faults();
        faults.instead(
                "open",
                call -> allowed.get() || !opensForReading(call, fifo) ? call.proceed() : call.fail(Errno.EACCES));
        startRoute(ALL, RARELY);
        awaitLog("WARN", "Cannot read " + fifo);
        allowed.set(true);
        Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-r-----"));
        awaitWriter(fifo).write("a\n");

        received.awaitLines("a");
        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
    }

    private Faults faults() {
        Faults faults = new Faults();
        context.addComponent("fifo", new WatchedComponent(faults.posix()));
        return faults;
    }

    private static boolean opensForReading(Faults.Call call, Path fifo) throws IOException {
        Path opened = Path.of((String) call.argument(0));
        return opened.startsWith("/proc/self/fd")
                && Files.isSymbolicLink(opened)
                && Files.readSymbolicLink(opened).equals(fifo)
                && ((int) call.argument(1) & O_NONBLOCK) != 0;
    }

    @Test
    void eventsThatTheKernelDropsAreMadeUpForByAScan() throws Exception {
        Faults faults = faults();
        startRoute(ALL, RARELY);
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        faults.before("read", 1, () -> {
            stalled.countDown();
            goesOn.await();
        });
        Files.createFile(in.resolve("an event"));
        stalled.await();
        sh("cd \"$1\"; i=0; while [ $i -lt 10000 ]; do : > $i.tmp; rm $i.tmp; i=$((i+1)); done", in)
                .await();
        Path fifo = fifo("1.fifo");
        goesOn.countDown();
        awaitWriter(fifo).write("a\n");

        received.awaitLines("a");
    }

    @Test
    void withoutInotifyTheFolderIsScannedInEachInterval() throws Exception {
        faults().failAll("inotify_init1", Errno.EMFILE);
        startRoute(ALL, OFTEN);
        Path fifo = fifo("1.fifo");
        PipeEnd writer = awaitWriter(fifo);
        writer.write("a\n");
        received.awaitLines("a");
        Files.delete(fifo);
        writer.close();

        awaitOpen(0);
    }

    @Test
    void whenDescriptorsRunOutTheOthersGoOnAndTheRestFollows() throws Exception {
        Path first = fifo("1.fifo");
        AtomicBoolean exhausted = new AtomicBoolean();
        Faults faults = faults();
        startRoute(ALL, OFTEN);
        Path second = folder.fifo("second");
        Path third = folder.fifo("third");
        faults.instead("open", call -> exhausted.get() ? call.fail(Errno.EMFILE) : call.proceed());
        exhausted.set(true);
        Path movedSecond = FifoFolder.rename(second, in.resolve("2.fifo"));
        Path movedThird = FifoFolder.rename(third, in.resolve("3.fifo"));
        awaitLog("WARN", "no free descriptors");
        await().untilAsserted(() ->
                assertThat(health().getMessage()).contains("2 named pipes wait for a free descriptor: " + in));
        PipeEnd writer = writer(first);
        writer.write("a\n");
        received.awaitCount(1);
        exhausted.set(false);
        awaitWriter(movedSecond).write("b\n");
        awaitWriter(movedThird).write("c\n");

        received.awaitLines("a", "b", "c");
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(log.lines("WARN", "no free descriptors")).hasSize(1);
    }

    @Test
    void producersAndPollsAreRefused() {
        String uri = uri(in, ALL);

        assertThatThrownBy(() -> context.getEndpoint(uri).createProducer())
                .hasMessageContaining("include=*.fifo does not go with a producer");
        assertThatThrownBy(() -> context.getEndpoint(uri).createPollingConsumer())
                .hasMessageContaining("include=*.fifo does not go with polling");
    }
}
