package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Soon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code holdOpen=true} of a consumer: the writers live on and lose nothing while no route reads. */
class HoldOpenConsumerTest extends FifoTestSupport {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LINES = 3_000;
    private static final int KILLED_BY_SIGPIPE = 128 + 13;
    /** One writer for all lines, with pauses so that each restart meets it at work. */
    private static final String LOOP = "i=0; while [ $i -lt " + LINES + " ]; do i=$((i+1)); echo $i;"
            + " [ $((i % 20)) -ne 0 ] || sleep 0.01; done > \"$1\"";

    private final Received received = new Received();
    private final LogCapture log = new LogCapture();
    private Path fifo;

    /** Ways in which a route goes and comes again. */
    private enum Restart {
        STOPPED {
            @Override
            void run(HoldOpenConsumerTest test) throws Exception {
                test.stop();
                test.context.getRouteController().startRoute("in");
            }
        },
        REPLACED {
            @Override
            void run(HoldOpenConsumerTest test) throws Exception {
                test.route("holdOpen=true");
            }
        },
        REMOVED {
            @Override
            void run(HoldOpenConsumerTest test) throws Exception {
                test.stop();
                test.context.removeRoute("in");
                test.route("holdOpen=true");
            }
        },
        SUSPENDED {
            @Override
            void run(HoldOpenConsumerTest test) throws Exception {
                test.context.getRouteController().suspendRoute("in");
                test.stop();
                test.context.getRouteController().startRoute("in");
            }
        };

        abstract void run(HoldOpenConsumerTest test) throws Exception;
    }

    /** Ways in which a FIFO comes to have another path. */
    private enum AnotherPath {
        HARD_LINK {
            @Override
            void make(Path before, Path after) throws Exception {
                Files.createLink(after, before);
            }
        },
        RENAMED {
            @Override
            void make(Path before, Path after) throws Exception {
                FifoFolder.rename(before, after);
            }
        };

        abstract void make(Path before, Path after) throws Exception;
    }

    @BeforeEach
    void makeFifo() throws Exception {
        fifo = folder.fifo("fifo");
    }

    private void route(String... options) throws Exception {
        routes(routes -> routes.from(uri(fifo, options)).routeId("in").process(received));
    }

    private void begin(String... options) throws Exception {
        route(options);
        context.start();
    }

    private void stop() throws Exception {
        context.getRouteController().stopRoute("in");
    }

    private void stopAndHold() throws Exception {
        begin("holdOpen=true");
        stop();
    }

    @ParameterizedTest
    @EnumSource(Restart.class)
    void everyLineOfAShellLoopArrivesOnceAndInOrder(Restart restart) throws Exception {
        begin("holdOpen=true");
        ShellProcess loop = sh(LOOP, fifo);
        int restarts = 0;
        while (received.count() < LINES) {
            restart.run(this);
            restarts++;
            // a moment for the writer, or the restarts alone would take all the time
            received.awaitCount(Math.min(LINES, received.count() + 100));
        }

        loop.await();
        received.awaitNumbers(LINES);
        assertThat(restarts).isGreaterThan(1);
        assertThat(log.lines("WARN", fifo.toString())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void everyLineArrivesWhateverAcknowledges(Acknowledge acknowledge) throws Exception {
        begin("holdOpen=true", "acknowledge=" + acknowledge);
        ShellProcess loop = sh(LOOP, fifo);
        while (received.count() < LINES) {
            Restart.STOPPED.run(this);
            received.awaitCount(Math.min(LINES, received.count() + 100));
        }

        loop.await();
        received.awaitNumbers(LINES);
    }

    @Test
    void withoutItTheShellIsKilled() throws Exception {
        begin();
        ShellProcess loop = sh("while :; do echo line; done > \"$1\"", fifo);
        received.awaitCount(10);
        stop();

        assertThat(loop.awaitExit(PATIENCE)).isEqualTo(KILLED_BY_SIGPIPE);
    }

    @Test
    void aReloadOfYamlRoutesLosesNothing() throws Exception {
        context.getRegistry().bind("received", received);
        context.start();
        Reload reload = new Reload(Files.createDirectory(folder.path("routes")));
        reload.setCamelContext(context);
        reload.now(yaml(0));
        ShellProcess loop = sh(LOOP, fifo);
        for (int i = 1; received.count() < LINES; i++) {
            reload.now(yaml(i));
            received.awaitCount(Math.min(LINES, received.count() + 100));
        }

        loop.await();
        received.awaitNumbers(LINES);
    }

    /** Each time another route id and URI, so that nothing but the FIFO is the same. */
    private String yaml(int version) {
        return """
                - route:
                    id: version%d
                    from:
                      uri: "fifo:%s"
                      parameters:
                        holdOpen: true
                        chunkSize: %d
                      steps:
                        - process:
                            ref: received
                """.formatted(version, fifo, 4096 + version);
    }

    @Test
    void aWriterOpensAtOnceWhileTheRouteIsStopped() throws Exception {
        stopAndHold();
        sh("echo line > \"$1\"", fifo).await();

        context.getRouteController().startRoute("in");
        received.awaitLines("line");
    }

    @Test
    void aWriterThatWaitsInOpenBeforeTheStartLivesOn() throws Exception {
        ShellProcess writer = sh("exec 3> \"$1\"; echo open; read x; echo line >&3", fifo);
        begin("holdOpen=true");
        Soon.await().until(() -> writer.output().equals("open\n"));
        stop();
        writer.await();

        context.getRouteController().startRoute("in");
        received.awaitLines("line");
    }

    @Test
    void aWriterThatIsBlockedInWriteGoesOnWithTheNextStart() throws Exception {
        stopAndHold();
        ShellProcess writer = sh("seq 1 30000 > \"$1\"", fifo);
        PipeEnd look = writer(fifo);
        look.awaitUnread(60_000);
        assertThat(writer.isAlive()).isTrue();
        look.close();

        context.getRouteController().startRoute("in");
        writer.await();
        received.awaitNumbers(30_000);
    }

    @Test
    void aPieceOfALineStaysForTheNextStart() throws Exception {
        begin("holdOpen=true");
        PipeEnd writer = writer(fifo);
        writer.write("first\nhal");
        received.awaitLines("first");
        stop();
        writer.write("f\n");

        context.getRouteController().startRoute("in");
        received.awaitLines("first", "half");
    }

    @ParameterizedTest
    @EnumSource(AnotherPath.class)
    void aPieceOfALineGoesToAnotherPathOfTheSameFifo(AnotherPath anotherPath) throws Exception {
        begin("holdOpen=true");
        PipeEnd writer = writer(fifo);
        writer.write("first\nha");
        received.awaitLines("first");
        writer.awaitEmpty();
        stop();
        writer.write("l");
        move(anotherPath, 1);
        writer.write("f\nsecond\nthi");
        received.awaitLines("first", "half", "second");
        assertThat(received.frame(1).path()).isEqualTo(fifo.toString());
        stop();
        writer.write("rd");
        move(anotherPath, 2);
        writer.write("\n");

        received.awaitLines("first", "half", "second", "third");
        assertThat(log.lines("WARN", folder.path().toString())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AnotherPath.class)
    void everyLineArrivesAlthoughThePathChanges(AnotherPath anotherPath) throws Exception {
        begin("holdOpen=true");
        ShellProcess loop = sh(LOOP, fifo);
        received.awaitCount(1);
        int moves = 0;
        while (received.count() < LINES) {
            int before = received.count();
            stop();
            moves++;
            move(anotherPath, moves);
            received.awaitCount(Math.min(LINES, before + 500));
        }

        loop.await();
        received.awaitNumbers(LINES);
        assertThat(moves).isGreaterThan(1);
        assertThat(log.lines("WARN", folder.path().toString())).isEmpty();
    }

    /** After a stop, the next route reads the same FIFO at another path. */
    private void move(AnotherPath anotherPath, int number) throws Exception {
        Path before = fifo;
        fifo = folder.path("fifo" + number);
        anotherPath.make(before, fifo);
        context.removeRoute("in");
        route("holdOpen=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"holdOpen=true", ""})
    void aPieceOfALineGoesToAnotherEndpointWithOtherOptions(String holdOpen) throws Exception {
        begin(("charset=UTF-8&" + holdOpen).replaceAll("&$", ""));
        // without holdOpen, something else has to keep the pipe
        PipeEnd holder = reader(fifo);
        PipeEnd writer = writer(fifo);
        writer.write("first\nhal");
        received.awaitLines("first");
        writer.awaitEmpty();
        stop();
        context.removeRoute("in");
        route("framing=DELIMITED", "delimiter=;", "charset=ISO-8859-1");
        writer.write("f;second;");

        received.awaitLines("first", "half", "second");
        assertThat(log.lines("WARN", "lost")).isEmpty();
        assertThat(holder.unread()).isZero();
    }

    @Test
    void whatWasDeliveredOfASplitLineIsSaidWhenTheOptionsChange() throws Exception {
        begin("holdOpen=true", "maxFrameLength=4", "oversizedFrame=SPLIT");
        PipeEnd writer = writer(fifo);
        writer.write("0123456789");
        received.awaitLines("0123", "4567");
        writer.awaitEmpty();
        stop();
        context.removeRoute("in");
        route("holdOpen=true");
        writer.write("\n");

        received.awaitLines("0123", "4567", "89");
        assertThat(log.lines("WARN 8 bytes of an unfinished message in " + fifo))
                .hasSize(1);
    }

    @Test
    void aMessageThatComesAgainGoesToAnotherEndpointToo() throws Exception {
        String line = "x".repeat(100_000);
        CountDownLatch failed = new CountDownLatch(1);
        String uri = uri(fifo, "holdOpen=true", "acknowledge=ON_COMPLETION", "onFailure=RETRY", "retryDelay=1h");
        start(routes -> routes.from(uri).routeId("in").process(exchange -> {
            failed.countDown();
            throw new IllegalStateException("expected");
        }));
        ShellProcess writer = sh("printf '%s\\n%s\\n' \"$1\" next > \"$2\"", line, fifo);
        failed.await();
        writer.await();
        stop();
        context.removeRoute("in");
        route("charset=ISO-8859-1");

        received.awaitLines(line, "next");
        assertThat(log.lines("WARN", "lost")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void theEndOfASessionThatCameMeanwhileIsSeen(Acknowledge acknowledge) throws Exception {
        begin("holdOpen=true", "acknowledge=" + acknowledge);
        PipeEnd writer = writer(fifo);
        writer.write("a\nhal");
        received.awaitLines("a");
        stop();
        writer.close();

        context.getRouteController().startRoute("in");
        received.awaitLines("a", "hal");
        assertThat(received.frame(1).isMarkedIncomplete()).isTrue();
    }

    @Test
    void aSessionThatHadEndedDoesNotEndAgain() throws Exception {
        begin("holdOpen=true", "stopOnEof=true");
        write(fifo, "a\n");
        received.awaitLines("a");
        await().until(() -> context.getRouteController().getRouteStatus("in").isStopped());
        context.getRouteController().startRoute("in");
        assertThat(log.lines("stays open")).hasSize(1);
        write(fifo, "b\n");

        received.awaitLines("a", "b");
        await().until(() -> context.getRouteController().getRouteStatus("in").isStopped());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "60s"})
    void aFifoThatWasReplacedMeanwhileIsReadFirst(String checkInterval) throws Exception {
        begin("holdOpen=true", "checkInterval=" + checkInterval);
        stop();
        String before = Received.lines(5_000);
        write(fifo, before.substring(0, before.length() - 1));
        ShellProcess waiting = replaceWith("5001\n5002\n");
        context.getRouteController().startRoute("in");

        waiting.await();
        received.awaitNumbers(5_002);
        assertThat(received.frame(4_999).isMarkedIncomplete()).isTrue();
        assertThat(log.lines("WARN", "lost")).isEmpty();
    }

    @Test
    void aWriterThatKeepsTheReplacedFifoDoesNotBlockTheNewOne() throws Exception {
        stopAndHold();
        PipeEnd before = writer(fifo);
        before.write("1\n2\nhalf");
        ShellProcess waiting = replaceWith("3\n");
        context.getRouteController().startRoute("in");

        waiting.await();
        received.awaitNumbers(3);
        before.write(" and half\n");
        received.awaitLines("1", "2", "3", "half and half");
    }

    @Test
    void aReplacedFifoIsHeldAgainWhileItHasAWriter() throws Exception {
        stopAndHold();
        PipeEnd before = writer(fifo);
        before.write("1\n");
        ShellProcess waiting = replaceWith("2\n");
        context.getRouteController().startRoute("in");
        waiting.await();
        received.awaitNumbers(2);
        stop();
        before.write("3\n");
        before.close();

        context.getRouteController().startRoute("in");
        received.awaitNumbers(3);
    }

    @Test
    void whatIsInAReplacedFifoIsDeliveredByAStopRightAfterTheStart() throws Exception {
        stopAndHold();
        write(fifo, Received.lines(1_000));
        ShellProcess waiting = replaceWith("1001\n");
        context.getRouteController().startRoute("in");
        stop();
        context.getRouteController().startRoute("in");

        waiting.await();
        received.awaitNumbers(1_001);
    }

    @Test
    void aReplacedFifoWithAnIdleWriterHoldsUpNoStopRightAfterTheStart() throws Exception {
        stopAndHold();
        PipeEnd idle = writer(fifo);
        ShellProcess waiting = replaceWith("1\n");
        context.getRouteController().startRoute("in");
        waiting.await();
        stop();

        received.awaitNumbers(1);
        idle.close();
    }

    /** Another FIFO at the path, and a writer in it that waits for a reader. */
    private ShellProcess replaceWith(String text) throws Exception {
        FifoFolder.rename(folder.fifo("new"), fifo);
        return sh("printf \"$2\" > \"$1\"", fifo, text.replace("\n", "\\n"));
    }

    @Test
    void theContextsStopLogsWhatIsLeftAndEndsBlockedWriters() throws Exception {
        stopAndHold();
        PipeEnd writer = writer(fifo);
        int bytes = writer.fill();
        ShellProcess blocked = sh("exec 3> \"$1\"; echo open; echo line >&3", fifo);
        Soon.await().until(() -> blocked.output().equals("open\n"));
        context.stop();

        assertThat(log.lines("WARN " + bytes + " bytes stay in " + fifo + " and are lost unless another process"))
                .hasSize(1);
        assertThat(blocked.awaitExit(PATIENCE)).isEqualTo(KILLED_BY_SIGPIPE);
        assertThatThrownBy(() -> writer.write("x")).isInstanceOf(ErrnoException.class);
    }

    @Test
    void theContextsStopLogsAPieceThatIsLeft() throws Exception {
        begin("holdOpen=true");
        PipeEnd writer = writer(fifo);
        writer.write("a\nhalf");
        received.awaitLines("a");
        writer.awaitEmpty();
        stop();
        context.stop();

        assertThat(log.lines("WARN 4 bytes that were read from " + fifo + " and not processed are lost"))
                .hasSize(1);
    }

    @Test
    void aContextThatIsStoppedAndStartedAgainHoldsAgain() throws Exception {
        stopAndHold();
        context.stop();
        context.start();
        stop();
        sh("echo line > \"$1\"", fifo).await();

        context.getRouteController().startRoute("in");
        received.awaitLines("line");
    }

    @Test
    void theFifoIsRemovedWhenItIsLetGo() throws Exception {
        begin("holdOpen=true", "deleteOnStop=true");
        stop();
        assertThat(fifo).exists();
        Restart.STOPPED.run(this);
        stop();
        assertThat(fifo).exists();
        context.stop();

        assertThat(fifo).doesNotExist();
    }

    @Test
    void theFifoIsRemovedByTheNextReaderThatDoesNotHoldIt() throws Exception {
        begin("holdOpen=true", "deleteOnStop=true");
        stop();
        context.removeRoute("in");
        route();
        assertThat(fifo).exists();
        stop();

        assertThat(fifo).doesNotExist();
    }

    @Test
    void theOptionOfTheLastReaderCounts() throws Exception {
        begin("holdOpen=true");
        PipeEnd writer = writer(fifo);
        stop();
        context.removeRoute("in");
        route();
        writer.write("line\n");
        received.awaitLines("line");
        stop();

        assertThatThrownBy(() -> writer.write("x")).isInstanceOf(ErrnoException.class);
    }

    @Test
    void aStopThatTimesOutHoldsWhenItsExchangeIsDone() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        routes(routes -> routes.from(uri(fifo, "holdOpen=true")).routeId("in").process(exchange -> {
            entered.countDown();
            boolean interrupted = false;
            while (leave.getCount() > 0) {
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            received.process(exchange);
        }));
        context.start();
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        entered.await();
        context.getRouteController().stopRoute("in", 100, TimeUnit.MILLISECONDS);
        writer.write("2\n");
        leave.countDown();
        received.awaitLines("1");
        await().until(() -> !log.lines("stays open").isEmpty());
        writer.write("3\n");

        context.getRouteController().startRoute("in");
        received.awaitNumbers(3);
    }

    @Test
    void aStartThatFailsInBetweenLeavesItHeld() throws Exception {
        stopAndHold();
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        Path aside = folder.path("aside");
        Files.move(fifo, aside);
        Files.createFile(fifo);
        assertThatThrownBy(() -> context.getRouteController().startRoute("in")).isNotNull();
        writer.write("2\n");
        FifoFolder.rename(aside, fifo);

        context.getRouteController().startRoute("in");
        received.awaitNumbers(2);
    }

    @Test
    void aPollerReadsWhatIsHeld() throws Exception {
        stopAndHold();
        PipeEnd writer = writer(fifo);
        writer.write("1\n2\n");
        try (ConsumerTemplate template = context.createConsumerTemplate()) {
            assertThat(template.receiveBody(uri(fifo), 10_000)).isEqualTo("1");
        }
        writer.write("3\n");

        context.getRouteController().startRoute("in");
        received.awaitLines("2", "3");
    }

    @Test
    void aProducerWithItStandsBesideAConsumerWithIt() throws Exception {
        begin("holdOpen=true");
        routes(routes -> routes.from("direct:a").routeId("out").to(uri(fifo, "holdOpen=true")));
        stop();
        context.createProducerTemplate().sendBody("direct:a", "1");
        context.getRouteController().stopRoute("out");

        context.getRouteController().startRoute("in");
        received.awaitLines("1");
    }

    @Test
    void aMastersConsumerHoldsTooWhenItIsStopped() throws Exception {
        context.addService(new ToggledCluster());
        routes(routes -> routes.from("master:space:" + uri(fifo, "holdOpen=true"))
                .routeId("in")
                .process(received));
        context.start();
        ShellProcess loop = sh(LOOP, fifo);
        while (received.count() < LINES) {
            int before = received.count();
            Restart.STOPPED.run(this);
            received.awaitCount(Math.min(LINES, before + 500));
        }

        loop.await();
        // a route that is stopped in this way may refuse an exchange after its last step: then the line comes again
        await().untilAsserted(() ->
                assertThat(received.lines().stream().distinct()).containsExactlyElementsOf(Received.numbers(LINES)));
    }

    @Test
    void anAnonymousPipeIsRefused() throws Exception {
        ShellProcess reader = sh("sleep 60 | sh -c 'echo $$; exec sleep 60'");
        Soon.await().until(() -> reader.output().endsWith("\n"));
        fifo = Path.of("/proc/" + reader.output().strip() + "/fd/0");

        assertThatThrownBy(() -> begin("holdOpen=true"))
                .hasStackTraceContaining("holdOpen=true does not go with " + fifo);
    }

    @Test
    void pollingIsRefused() {
        assertThatThrownBy(() -> context.getEndpoint(uri(fifo, "holdOpen=true")).createPollingConsumer())
                .hasMessageContaining("holdOpen=true")
                .hasMessageContaining(fifo.toString());
    }

    /** What camel-main does in its dev mode when a file with routes has changed. */
    private static final class Reload extends RouteWatcherReloadStrategy {

        Reload(Path folder) {
            super(folder.toString());
        }

        void now(String yaml) throws Exception {
            Path file = Path.of(getFolder()).resolveSibling("routes.yaml");
            Files.write(file, yaml.getBytes(StandardCharsets.UTF_8));
            onRouteReload(List.of(ResourceHelper.resolveResource(getCamelContext(), "file:" + file)), false);
        }
    }
}
