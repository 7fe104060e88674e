package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.testing.PipeEnd;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where FIFOs may be, whose they are, how large, when a route ends with them, and what does not go together. */
class FolderAndPipeOptionsTest extends FifoTestSupport {

    private final Received received = new Received();

    @Test
    void pathsStayInTheBaseDirectory() throws Exception {
        Path base = Files.createDirectory(folder.path("base"));
        Path outside = Files.createDirectory(folder.path("outside"));
        Files.createSymbolicLink(base.resolve("link"), outside);
        context.getComponent("fifo", FifoComponent.class).setBaseDirectory(base.toString());
        start(routes -> routes.from("fifo:a/b").process(received));

        write(base.resolve("a/b"), "inside\n");
        received.awaitLines("inside");
        for (String path :
                new String[] {"../x", "a/../../x", outside.resolve("x").toString()}) {
            assertThatThrownBy(() -> context.getEndpoint("fifo:" + path))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasStackTraceContaining("baseDirectory=" + base);
        }
        assertThatThrownBy(() -> context.createProducerTemplate().sendBody("fifo:link/x", "out"))
                .hasStackTraceContaining("baseDirectory=" + base);
        assertThatThrownBy(() -> context.getEndpoint("fifo:a/b?replyTo=../x"))
                .hasStackTraceContaining("replyTo=../x is not inside of baseDirectory=" + base);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void endpointsHaveTheirOwnCopyOfTheComponentsConfiguration() throws Exception {
        FifoConfiguration shared = new FifoConfiguration();
        shared.setFraming(Framing.CHUNKS);
        context.getComponent("fifo", FifoComponent.class).setConfiguration(shared);

        FifoEndpoint own = endpoint(uri(folder.path("a"), "charset=US-ASCII"));

        assertThat(own.getConfiguration().getFraming()).isEqualTo(Framing.CHUNKS);
        assertThat(shared.getCharset()).isEqualTo("UTF-8");
    }

    @Test
    void aPipeGetsTheCapacityThatItAsksForAndWorksOnWhereThatIsRefused() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "pipeCapacity=200k"))
                .autoStartup(false)
                .routeId("in")
                .process(received));
        context.getRouteController().startRoute("in");
        context.getRouteController().suspendRoute("in");

        PipeEnd writer = writer(fifo);
        assertThat(writer.fill()).isEqualTo(262_144);
    }

    @Test
    void aPipeThatHoldsMoreThanTheCapacityAskedForKeepsItsOwnAndWorksOn() throws Exception {
        LogCapture log = new LogCapture();
        Path fifo = folder.fifo("in");
        PipeEnd holder = reader(fifo);
        PipeEnd writer = writer(fifo);
        writer.write(Received.lines(3_000));
        assertThat(holder.unread()).isGreaterThan(8192);

        start(routes -> routes.from(uri(fifo, "pipeCapacity=4k")).process(received));

        received.awaitNumbers(3_000);
        assertThat(log.lines("WARN", fifo + " does not get a capacity of 4096 bytes", "EBUSY"))
                .hasSize(1);
    }

    @Test
    void ownerAndGroupAreThoseOfTheOptions() throws Exception {
        Path fifo = folder.path("in");
        assumeTrue("root".equals(System.getProperty("user.name")), "Only root can give a file away");
        start(routes -> routes.from(uri(fifo, "owner=12345", "group=daemon", "permissions=660"))
                .process(received));

        assertThat(Files.getAttribute(fifo, "unix:uid")).isEqualTo(12345);
        assertThat(Files.getAttribute(fifo, "posix:group")).hasToString("daemon");
        assertThat((Integer) Files.getAttribute(fifo, "unix:mode") & 0777).isEqualTo(0660);
    }

    @Test
    void theRouteStopsWhenTheLastWriterHasClosed() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "stopOnEof=true")).routeId("load").process(received));

        sh("seq 1000 > \"$1\"", fifo).await();

        await().until(() -> context.getRouteController().getRouteStatus("load").isStopped());
        received.assertNumbers(1_000);
    }

    @Test
    void anAnonymousPipeIsReadToItsEndAndItsPathNeverMade() throws Exception {
        Process seq = new ProcessBuilder("sh", "-c", "read -r go; seq 100; exec sleep 60 >&-").start();
        closing(seq::destroyForcibly);
        // the shell's other end of the pipe, which this process would not find under a name
        Path end = Path.of("/proc/self/fd").resolve(descriptorOf(seq));
        start(routes -> routes.from(uri(end, "stopOnEof=true")).routeId("load").process(received));
        try (OutputStream go = seq.getOutputStream()) {
            go.write('\n');
        }

        await().until(() -> context.getRouteController().getRouteStatus("load").isStopped());
        received.assertNumbers(100);
        assertThatThrownBy(() -> context.createProducerTemplate().sendBody("fifo:/proc/self/fd/99999", "x"))
                .hasStackTraceContaining("Named pipe does not exist: /proc/self/fd/99999");
    }

    /** The number of the descriptor by which this process reads what another one writes. */
    private static String descriptorOf(Process writer) throws Exception {
        String pipe = Files.readSymbolicLink(Path.of("/proc/" + writer.pid() + "/fd/1"))
                .toString();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(each -> pipe.equals(target(each)))
                    .map(each -> each.getFileName().toString())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // closed meanwhile
            return "";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "framing=FIXED frameLength",
                "framing=FIXED&frameLength=12q frameLength=12q",
                "frameLength=4 frameLength=4",
                "delimiter=; delimiter=;",
                "framing=DELIMITED&delimiter=\\q delimiter",
                "framing=LENGTH_PREFIXED&lengthFieldSize=3 lengthFieldSize=3",
                "lengthFieldSize=2 lengthFieldSize=2",
                "framing=CHUNKS&maxBatchSize=2 maxBatchSize=2",
                "framing=SESSION&maxBatchSize=2 maxBatchSize=2",
                "maxBatchSize=0 maxBatchSize=0",
                "framing=SESSION&holdOpen=true holdOpen=true",
                "framing=SESSION&exclusive=true exclusive=true",
                "deleteOnStop=true&exclusive=true exclusive=true",
                "stopOnEof=true&exclusive=true exclusive=true",
                "lockFile=/tmp/lock lockFile=/tmp/lock",
                "exclusive=true&lockFile=%20 lockFile=",
                "include=*&deleteOnStop=true include=*",
                "include=*&stopOnEof=true include=*",
                "include=*&exclusive=true include=*",
                "include=*&replyTo=/tmp/replies include=*",
                "include=[a include=[a",
                "include=a/* include=a/*",
                "exclude=*.tmp exclude=*.tmp",
                "include=*&exclude={a exclude={a",
                "framing=SESSION&acknowledge=ON_COMPLETION acknowledge=ON_COMPLETION",
                "onFailure=RETRY onFailure=RETRY",
                "acknowledge=ON_COMPLETION&retryDelay=5s retryDelay=5000",
                "framing=SESSION&bodyType=BYTES bodyType=BYTES",
                "framing=FIXED&frameLength=2m frameLength",
                "holdOpen=true&noReader=FAIL noReader=FAIL",
                "framing=CHUNKS&embeddedDelimiter=FAIL embeddedDelimiter=FAIL",
                "owner=nobody-of-that-name owner=nobody-of-that-name",
                "group=-1 group=-1",
                "pipeCapacity=0 pipeCapacity=0",
                "whenFull=SOMETIMES whenFull=SOMETIMES",
                "atomicity=YES atomicity=YES",
                "oversizedFrame=LOSE oversizedFrame=LOSE",
                "requestTimeout=5s requestTimeout=5000",
                "requestTimeout=soon requestTimeout=soon",
            })
    void senselessOptionsAreRefusedWithTheEndpoint(String options, String named) {
        Path fifo = folder.path("in");

        assertThatThrownBy(() -> context.getEndpoint(uri(fifo, options)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasStackTraceContaining(named)
                .hasStackTraceContaining(fifo.toString());
        assertThat(fifo).doesNotExist();
    }
}
