package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A consumer with {@code include} reads all FIFOs of a folder, whatever comes and goes. */
class FolderTest extends FifoTestSupport {

    private final LogCapture log = new LogCapture();
    /** The bodies by file name, in their order. */
    private final Map<String, Queue<String>> bodies = new ConcurrentHashMap<>();

    private Path pipes;

    @BeforeEach
    void makeFolder() throws Exception {
        pipes = Files.createDirectory(folder.path("pipes"));
    }

    /** Starts a route from the folder. */
    private void consume(String... options) throws Exception {
        consume(this::collect, options);
    }

    private void consume(Processor processor, String... options) throws Exception {
        String[] all = new String[options.length + 1];
        all[0] = "include=*.fifo";
        System.arraycopy(options, 0, all, 1, options.length);
        start(routes -> routes.from(uri(pipes, all)).routeId("folder").process(processor));
    }

    private void collect(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        bodies.computeIfAbsent(
                        exchange.getMessage().getHeader(FifoConstants.NAME, String.class),
                        name -> new ConcurrentLinkedQueue<>())
                .add(String.valueOf(body));
    }

    private void awaitBodies(String name, String... expected) {
        await(name)
                .untilAsserted(() -> assertThat(bodies.getOrDefault(name, new ConcurrentLinkedQueue<>()))
                        .containsExactly(expected));
    }

    private Path fifo(String name) {
        return folder.fifo("pipes/" + name);
    }

    private HealthCheck.Result health() {
        FifoConsumer consumer = (FifoConsumer) context.getRoute("folder").getConsumer();
        return consumer.getHealthCheck().call();
    }

    private int fifos() {
        return (int) health().getDetails().get("fifos");
    }

    private void awaitFifos(int count) {
        await().until(() -> fifos() == count);
    }

    @Test
    void readsTheFifosThatAreThereAndThoseThatCome() throws Exception {
        Path there = fifo("there.fifo");
        consume();
        write(there, "1\n2\n");
        awaitBodies("there.fifo", "1", "2");

        Path comes = fifo("comes.fifo");
        awaitWriter(comes).write("3\n");
        awaitBodies("comes.fifo", "3");

        FifoFolder.rename(folder.fifo("elsewhere"), pipes.resolve("moved.fifo"));
        awaitWriter(pipes.resolve("moved.fifo")).write("4\n");
        awaitBodies("moved.fifo", "4");
    }

    @Test
    void numbersTheFramesAndSessionsOfEachFifoByItself() throws Exception {
        Received received = new Received();
        Path one = fifo("1.fifo");
        Path two = fifo("2.fifo");
        consume(received);
        write(one, "a\nb\n");
        received.awaitLines("a", "b");
        write(two, "c\n");
        received.awaitLines("a", "b", "c");

        assertThat(received.frame(1).sequence()).isEqualTo(2);
        assertThat(received.frame(2).sequence()).isEqualTo(1);
        assertThat(received.frame(2).session()).isEqualTo(1);
    }

    @Test
    void namesPathAndFile() throws Exception {
        Path one = fifo("1.fifo");
        Map<String, Object> headers = new ConcurrentHashMap<>();
        consume(exchange -> headers.putAll(exchange.getMessage().getHeaders()));
        write(one, "a\n");

        await().until(() -> headers.size() >= 4);
        assertThat(headers)
                .containsEntry(FifoConstants.PATH, one.toString())
                .containsEntry(FifoConstants.NAME, "1.fifo");
    }

    @Test
    void leavesOutNamesThatDoNotMatchOrAreExcluded() throws Exception {
        Path other = fifo("1.pipe");
        Path excluded = fifo("x.fifo");
        Path read = fifo("1.fifo");
        consume("exclude=x*");
        write(read, "1\n");
        awaitBodies("1.fifo", "1");

        assertThat(fifos()).isEqualTo(1);
        assertThatThrownBy(() -> PipeEnd.writing(other)).hasMessageContaining("ENXIO");
        assertThatThrownBy(() -> PipeEnd.writing(excluded)).hasMessageContaining("ENXIO");
    }

    @Test
    void leavesFilesLinksFoldersAndSocketsAlone() throws Exception {
        Path outside = folder.fifo("outside");
        Files.writeString(pipes.resolve("file.fifo"), "text\n");
        Files.createSymbolicLink(pipes.resolve("link.fifo"), outside);
        consume();
        Files.createDirectory(pipes.resolve("folder.fifo"));
        Files.createSymbolicLink(pipes.resolve("link2.fifo"), outside);
        sh(
                        "python3 -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' \"$1\"",
                        pipes.resolve("s.fifo"))
                .await();
        Path read = fifo("1.fifo");
        awaitWriter(read).write("1\n");
        awaitBodies("1.fifo", "1");

        assertThat(fifos()).isEqualTo(1);
        assertThat(bodies).containsOnlyKeys("1.fifo");
        assertThatThrownBy(() -> PipeEnd.writing(outside)).hasMessageContaining("ENXIO");
        assertThat(log.lines("WARN", pipes.toString())).isEmpty();
    }

    @Test
    void readsAFifoThatGoesToTheEndOfItsLastWriter() throws Exception {
        Path goes = fifo("goes.fifo");
        consume();
        PipeEnd writer = writer(goes);
        writer.write("1\n");
        awaitBodies("goes.fifo", "1");

        Files.delete(goes);
        writer.write("2\n");
        awaitBodies("goes.fifo", "1", "2");
        writer.write("half");
        writer.close();

        awaitBodies("goes.fifo", "1", "2", "half");
        awaitFifos(0);
    }

    @Test
    void readsAFifoThatIsMovedAwayOrNoLongerMatchesToItsEnd() throws Exception {
        Path moved = fifo("moved.fifo");
        Path renamed = fifo("renamed.fifo");
        consume();
        PipeEnd writer = writer(moved);
        PipeEnd other = writer(renamed);

        FifoFolder.rename(moved, folder.path("moved"));
        FifoFolder.rename(renamed, pipes.resolve("renamed"));
        writer.write("1\n");
        other.write("2\n");
        awaitBodies("moved.fifo", "1");
        awaitBodies("renamed.fifo", "2");
        writer.close();
        other.close();

        awaitFifos(0);
    }

    @Test
    void readsAReplacedFifoAndTheNewOneAtTheSameTime() throws Exception {
        Path replaced = fifo("1.fifo");
        Received received = new Received();
        consume(received);
        PipeEnd old = writer(replaced);
        old.write("old 1\n");
        received.awaitLines("old 1");

        Files.delete(replaced);
        fifo("1.fifo");
        awaitFifos(2);
        PipeEnd fresh = awaitWriter(replaced);
        fresh.write("new 1\n");
        received.awaitLines("old 1", "new 1");
        old.write("old 2\n");
        received.awaitLines("old 1", "new 1", "old 2");
        old.close();

        awaitFifos(1);
        // each with its own numbers
        assertThat(received.frame(1).sequence()).isEqualTo(1);
        assertThat(received.frame(2).sequence()).isEqualTo(2);
    }

    @Test
    void goesOnWithAFifoUnderItsNewName() throws Exception {
        Path before = fifo("a.fifo");
        Received received = new Received();
        consume(exchange -> {
            collect(exchange);
            received.process(exchange);
        });
        PipeEnd writer = writer(before);
        writer.write("1\nha");
        awaitBodies("a.fifo", "1");

        FifoFolder.rename(before, pipes.resolve("b.fifo"));
        // whoever comes later is seen later
        awaitedFifo("later.fifo");
        writer.write("lf\n");

        awaitBodies("b.fifo", "half");
        assertThat(received.frame(1).sequence()).isEqualTo(2);
        assertThat(fifos()).isEqualTo(2);
    }

    @Test
    void aRenameOverAnotherEndsThatOne() throws Exception {
        Path one = fifo("1.fifo");
        Path two = fifo("2.fifo");
        Received received = new Received();
        consume(received);
        PipeEnd first = writer(one);
        PipeEnd second = writer(two);
        first.write("one\n");
        received.awaitLines("one");

        FifoFolder.rename(one, two);
        second.write("two\n");
        received.awaitLines("one", "two");
        second.close();
        awaitFifos(1);
        first.write("one again\n");

        received.awaitLines("one", "two", "one again");
        assertThat(received.frame(2).sequence()).isEqualTo(2);
    }

    @Test
    void twoFifosThatExchangeTheirNamesGoOn() throws Exception {
        Path one = fifo("1.fifo");
        Path two = fifo("2.fifo");
        consume();
        PipeEnd first = writer(one);
        PipeEnd second = writer(two);
        first.write("first\n");
        second.write("second\n");
        awaitBodies("1.fifo", "first");
        awaitBodies("2.fifo", "second");

        // renameat2(2) with RENAME_EXCHANGE
        sh(
                        "python3 -c 'import ctypes,sys; c=ctypes.CDLL(None); "
                                + "sys.exit(c.renameat2(-100, sys.argv[1].encode(), -100, sys.argv[2].encode(), 2))' \"$1\" \"$2\"",
                        one,
                        two)
                .await();
        awaitedFifo("later.fifo");
        first.write("x\n");
        second.write("y\n");

        awaitBodies("2.fifo", "second", "x");
        awaitBodies("1.fifo", "first", "y");
        assertThat(fifos()).isEqualTo(3);
    }

    @Test
    void ofSeveralNamesTheFirstCountsWhileItIsThere() throws Exception {
        Path one = fifo("1.fifo");
        consume();
        Files.createLink(pipes.resolve("0.fifo"), one);
        Path third = fifo("3.fifo");
        awaitFifos(2);
        PipeEnd writer = writer(one);
        writer.write("a\n");
        awaitBodies("1.fifo", "a");

        Files.delete(one);
        Files.delete(third);
        awaitFifos(1);
        writer.write("b\n");

        awaitBodies("0.fifo", "b");
    }

    @Test
    void makesTheFolderForItsOwnerAloneAndNoFifo() throws Exception {
        pipes = folder.path("new/pipes");
        consume();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pipes)))
                .isEqualTo("rwx------");
        assertThat(pipes).isEmptyDirectory();
    }

    @Test
    void doesNotStartWithoutAFolder() throws Exception {
        pipes = folder.path("missing");
        assertThatThrownBy(() -> consume("autoCreate=false"))
                .hasStackTraceContaining("The folder of named pipes does not exist: " + pipes);
    }

    @Test
    void doesNotStartAtAFileOrFifo() throws Exception {
        pipes = folder.fifo("fifo");
        assertThatThrownBy(() -> consume())
                .hasStackTraceContaining(
                        "With include, the path has to be that of a folder, and it is a named pipe: " + pipes);
    }

    @Test
    void readsTheOldFolderToItsEndAndTheNewOneAtThePath() throws Exception {
        Path old = fifo("old.fifo");
        consume("checkInterval=20");
        PipeEnd writer = writer(old);
        writer.write("1\n");
        awaitBodies("old.fifo", "1");

        FifoFolder.rename(pipes, folder.path("away"));
        // it is made again
        await().until(() -> Files.isDirectory(pipes));
        write(awaitedFifo("new.fifo"), "2\n");
        awaitBodies("new.fifo", "2");
        writer.write("3\n");
        awaitBodies("old.fifo", "1", "3");
        writer.close();

        awaitFifos(1);
        assertThat(log.lines("WARN", pipes + " was removed or replaced")).hasSize(1);
    }

    private Path awaitedFifo(String name) {
        Path made = fifo(name);
        awaitWriter(made).close();
        return made;
    }

    @Test
    void isDownWhileTheFolderIsMissing() throws Exception {
        Path old = fifo("old.fifo");
        consume("autoCreate=false", "checkInterval=20");
        PipeEnd writer = writer(old);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);

        Files.delete(old);
        Files.delete(pipes);
        await().until(() -> health().getState() == HealthCheck.State.DOWN);
        assertThat(health().getMessage()).hasValue("The folder of named pipes does not exist: " + pipes);
        writer.write("1\n");
        awaitBodies("old.fifo", "1");
        writer.close();
        awaitFifos(0);

        Files.createDirectory(pipes);
        await().until(() -> health().getState() == HealthCheck.State.UP);
        write(awaitedFifo("new.fifo"), "2\n");
        awaitBodies("new.fifo", "2");
        assertThat(log.lines("There is no usable folder at " + pipes)).hasSize(1);
        assertThat(log.lines(pipes + " is a folder again")).hasSize(1);
    }

    @Test
    void followsALinkToAnotherFolder() throws Exception {
        Path one = pipes;
        Path two = Files.createDirectory(folder.path("two"));
        Path old = fifo("1.fifo");
        Path next = folder.fifo("two/2.fifo");
        pipes = Files.createSymbolicLink(folder.path("link"), one);
        consume("checkInterval=20");
        PipeEnd writer = writer(old);

        FifoFolder.rename(Files.createSymbolicLink(folder.path("link2"), two), pipes);
        awaitWriter(next).write("2\n");
        awaitBodies("2.fifo", "2");
        writer.write("1\n");
        awaitBodies("1.fifo", "1");
        writer.close();

        awaitFifos(1);
    }

    @Test
    void followsAMountOverTheFolder() throws Exception {
        AnotherUser.assumeRoot();
        Path under = fifo("under.fifo");
        consume("checkInterval=20");
        PipeEnd writer = writer(under);
        var mount = sh("mount -t tmpfs none \"$1\"", pipes);
        assumeTrue(mount.awaitExit(Duration.ofSeconds(10)) == 0, "Mounting is not allowed here");
        try {
            write(awaitedFifo("over.fifo"), "2\n");
            awaitBodies("over.fifo", "2");
            writer.write("1\n");
            awaitBodies("under.fifo", "1");
            writer.close();
            awaitFifos(1);
        } finally {
            context.stop();
            sh("umount \"$1\"", pipes).await();
        }
    }

    @Test
    void strictRefusesAFifoUntilItsPermissionsAreRight() throws Exception {
        Path wide = fifo("wide.fifo");
        Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rw-rw-rw-"));
        consume("strict=true");
        assertThat(fifos()).isZero();
        // another change of the attributes, with the same outcome
        Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rw-rw-rw-"));
        awaitedFifo("right.fifo");
        assertThat(log.lines("WARN", "wide.fifo in " + pipes + " is not read for now"))
                .hasSize(1);

        Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rw-------"));
        awaitWriter(wide).write("1\n");

        awaitBodies("wide.fifo", "1");
    }

    @Test
    void takesAFifoOverWhenItsConsumerStops() throws Exception {
        Path shared = fifo("1.fifo");
        Received plain = new Received();
        routes(routes -> routes.from(uri(shared)).routeId("plain").process(plain));
        consume();
        assertThat(log.lines("WARN", "1.fifo in " + pipes + " is not read for now", "is consumed already"))
                .hasSize(1);
        PipeEnd writer = writer(shared);
        writer.write("1\n");
        plain.awaitLines("1");
        // between the two consumers nobody else has it open, and the writer would get EPIPE
        reader(shared);

        context.getRouteController().stopRoute("plain");
        writer.write("2\n");
        awaitBodies("1.fifo", "2");

        assertThatThrownBy(() -> context.getRouteController().startRoute("plain"))
                .hasStackTraceContaining("is consumed already");
        context.getRouteController().stopRoute("folder");
        context.getRouteController().startRoute("plain");
        writer.write("3\n");
        plain.awaitLines("1", "3");
    }

    @Test
    void aSlowOneDelaysNoOther() throws Exception {
        Path slow = fifo("slow.fifo");
        Path fast = fifo("fast.fifo");
        CountDownLatch goOn = new CountDownLatch(1);
        consume(exchange -> {
            if ("slow.fifo".equals(exchange.getMessage().getHeader(FifoConstants.NAME))) {
                goOn.await();
            }
            collect(exchange);
        });
        write(slow, "1\n2\n");
        write(fast, Received.lines(1_000));

        await().until(() ->
                bodies.containsKey("fast.fifo") && bodies.get("fast.fifo").size() == 1_000);
        assertThat(bodies).doesNotContainKey("slow.fifo");
        goOn.countDown();
        awaitBodies("slow.fifo", "1", "2");
    }

    @Test
    void aStopDeliversWhatIsInEachPipe() throws Exception {
        Path one = fifo("1.fifo");
        Path two = fifo("2.fifo");
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        consume(exchange -> {
            arrived.countDown();
            goOn.await();
            collect(exchange);
        });
        PipeEnd first = writer(one);
        PipeEnd second = writer(two);
        first.write("1\n");
        second.write("1\n");
        arrived.await();
        first.write("2\n3\n");
        second.write("2\nhalf");

        Thread stop = new Thread(() -> {
            try {
                context.getRouteController().stopRoute("folder");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stop.start();
        await().until(() -> stop.getState() == Thread.State.WAITING || stop.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        stop.join();
        assertThat(bodies.get("1.fifo")).containsExactly("1", "2", "3");
        assertThat(bodies.get("2.fifo")).containsExactly("1", "2");

        // the piece of a frame is kept
        context.getRouteController().startRoute("folder");
        second.write(" whole\n");
        awaitBodies("2.fifo", "1", "2", "half whole");
    }

    @Test
    void aSuspendedConsumerOpensNewFifosAndReadsNothing() throws Exception {
        Path one = fifo("1.fifo");
        consume();
        context.getRouteController().suspendRoute("folder");
        PipeEnd writer = writer(one);
        writer.write("1\n");
        Path two = fifo("2.fifo");
        PipeEnd other = awaitWriter(two);
        other.write("2\n");

        assertThat(bodies).isEmpty();
        assertThat(writer.unread()).isEqualTo(2);
        assertThat(other.unread()).isEqualTo(2);
        context.getRouteController().resumeRoute("folder");

        awaitBodies("1.fifo", "1");
        awaitBodies("2.fifo", "2");
    }

    @Test
    void anEmptyFolderStopsAndStarts() throws Exception {
        consume();
        context.getRouteController().stopRoute("folder");
        context.getRouteController().startRoute("folder");
        context.suspend();
        context.resume();
        write(awaitedFifo("1.fifo"), "1\n");

        awaitBodies("1.fifo", "1");
    }

    @Test
    void onCompletionLeavesWhatIsNotDoneInThePipe() throws Exception {
        Path one = fifo("1.fifo");
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        consume(
                exchange -> {
                    collect(exchange);
                    if (exchange.getMessage().getBody(String.class).equals("2")) {
                        arrived.countDown();
                        goOn.await();
                    }
                },
                "acknowledge=ON_COMPLETION");
        PipeEnd writer = writer(one);
        writer.write("1\n2\n3\n");
        arrived.await();

        writer.awaitUnread(4);
        goOn.countDown();
        writer.awaitEmpty();
    }

    @Test
    void batchesAreOfOneFifo() throws Exception {
        Path one = fifo("1.fifo");
        Path two = fifo("2.fifo");
        consume("maxBatchSize=10");
        context.getRouteController().suspendRoute("folder");
        write(one, "1\n2\n");
        PipeEnd writer = writer(two);
        writer.write("3\n4\n");
        context.getRouteController().resumeRoute("folder");

        await().until(() -> bodies.size() == 2);
        assertThat(bodies.get("1.fifo")).containsExactly("[1, 2]");
        assertThat(bodies.get("2.fifo")).containsExactly("[3, 4]");
    }

    @Test
    void logsLittleAboutManyFifos() throws Exception {
        consume();
        for (int i = 0; i < 100; i++) {
            Path fifo = fifo(i + ".fifo");
            awaitWriter(fifo).close();
            Files.delete(fifo);
        }
        awaitFifos(0);

        assertThat(log.lines(pipes.toString()).stream().filter(line -> line.contains("fifo.")))
                .isEmpty();
        assertThat(log.lines("INFO", "Consuming from " + pipes)).hasSize(1);
    }
}
