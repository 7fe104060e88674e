package io.github.camelfifo;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.pipe.NotANamedPipeException;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The producer goes over to whatever FIFO comes to be at its path, between two frames. */
class ReplacedPathProducerTest extends FifoTestSupport {

    private static final String RARELY = "checkInterval=600000";
    private static final String OFTEN = "checkInterval=20";
    private static final int LARGE = 300_000;

    private final LogCapture log = new LogCapture();
    private Path fifo;
    private ProducerTemplate template;

    @BeforeEach
    void startContext() throws Exception {
        fifo = folder.fifo("out");
        context.start();
        template = context.createProducerTemplate();
    }

    /** Puts a new FIFO in its place, in one step, and opens it for reading. */
    private PipeEnd replace() throws Exception {
        PipeEnd reader = reader(folder.fifo("new"));
        FifoFolder.rename(folder.path("new"), fifo);
        return reader;
    }

    private long openOnes() {
        return LeakCheck.openDescriptors().stream()
                .filter(each -> each.startsWith(fifo.toString()))
                .count();
    }

    private void awaitLog(String... parts) {
        await().until(() -> !log.lines(parts).isEmpty());
    }

    @Test
    void whenItIsReplacedTheOldOneIsClosedAtOnceAndTheNextMessageGoesToTheNewOne() throws Exception {
        String uri = uri(fifo, RARELY);
        PipeEnd old = reader(fifo);
        template.sendBody(uri, "1");
        old.expect("1\n");
        PipeEnd fresh = replace();
        await().untilAsserted(() -> assertThat(openOnes()).as("the two readers").isEqualTo(2));

        template.sendBody(uri, "2");
        fresh.expect("2\n");
        assertThat(old.unread()).isZero();
        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
    }

    @Test
    void whenItIsRemovedItIsMadeAnewAtOnce() throws Exception {
        String uri = uri(fifo, RARELY);
        reader(fifo);
        template.sendBody(uri, "1");
        Files.delete(fifo);
        await().until(() -> Files.exists(fifo));
        // said when the old one is used no longer
        awaitLog("WARN", fifo.toString(), "was removed or replaced");

        PipeEnd fresh = reader(fifo);
        template.sendBody(uri, "2");
        fresh.expect("2\n");
    }

    @Test
    void aFrameThatHasBegunIsFinishedInTheOldOne() throws Exception {
        String uri = uri(fifo, RARELY);
        PipeEnd old = reader(fifo);
        String large = "x".repeat(LARGE);
        CompletableFuture<Object> first = template.asyncSendBody(uri, large);
        await().until(() -> old.unread() > 0);
        CompletableFuture<Object> second = template.asyncSendBody(uri, "2");
        PipeEnd fresh = replace();
        awaitLog("WARN", fifo.toString(), "was removed or replaced");
        assertThat(first).isNotDone();

        assertThat(new String(old.read(LARGE + 1), StandardCharsets.UTF_8)).isEqualTo(large + "\n");
        first.get(20, TimeUnit.SECONDS);
        second.get(20, TimeUnit.SECONDS);
        fresh.expect("2\n");
        assertThat(old.unread()).isZero();
    }

    @Test
    void aListGoesOverBetweenTwoOfItsFrames() throws Exception {
        String uri = uri(fifo, RARELY);
        PipeEnd old = reader(fifo);
        List<String> lines =
                Stream.of("a", "b", "c").map(letter -> letter.repeat(LARGE)).toList();
        CompletableFuture<Object> sent = template.asyncSendBody(uri, lines);
        await().until(() -> old.unread() > 0);
        PipeEnd fresh = replace();
        awaitLog("WARN", fifo.toString(), "was removed or replaced");

        assertThat(new String(old.read(LARGE + 1), StandardCharsets.UTF_8)).isEqualTo(lines.get(0) + "\n");
        assertThat(new String(fresh.read(2 * LARGE + 2), StandardCharsets.UTF_8))
                .isEqualTo(lines.stream().skip(1).map(line -> line + "\n").collect(Collectors.joining()));
        sent.get(20, TimeUnit.SECONDS);
        assertThat(old.unread()).isZero();
    }

    @Test
    void aFrameThatCannotBeFinishedInTheOldOneFailsAndTheNextGoesToTheNewOne() throws Exception {
        String uri = uri(fifo, RARELY, "readerTimeout=500");
        PipeEnd old = reader(fifo);
        CompletableFuture<Object> first = template.asyncSendBody(uri, "x".repeat(LARGE));
        await().until(() -> old.unread() > 0);
        PipeEnd fresh = replace();
        old.close();

        assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS))
                .hasStackTraceContaining("bytes of the message were written");
        template.sendBody(uri, "2");
        fresh.expect("2\n");
        assertThat(log.lines("WARN", fifo.toString(), "replaced in the middle of a frame"))
                .hasSize(1);
    }

    @Test
    void aMessageThatWaitsForRoomInTheOldOneGoesToTheNewOne() throws Exception {
        String uri = uri(fifo, RARELY);
        PipeEnd old = reader(fifo);
        template.sendBody(uri, "1");
        int filled = writer(fifo).fill();
        CompletableFuture<Object> waiting = template.asyncSendBody(uri, "y".repeat(4000));
        PipeEnd fresh = replace();

        waiting.get(20, TimeUnit.SECONDS);
        fresh.expect("y".repeat(4000) + "\n");
        assertThat(old.unread()).isEqualTo(2 + filled);
    }

    @Test
    void whatNobodyHasReadIsLogged() throws Exception {
        String uri = uri(fifo, RARELY);
        PipeEnd old = reader(fifo);
        template.sendBody(uri, "12345");
        old.close();
        replace();

        awaitLog("WARN", "6 bytes in " + fifo + " are lost");
    }

    @Test
    void nothingIsWrittenToARegularFileAndMessagesGoOnWhenAFifoIsThere() throws Exception {
        String uri = uri(fifo, OFTEN);
        reader(fifo);
        template.sendBody(uri, "1");
        FifoFolder.rename(Files.writeString(folder.path("file"), "precious"), fifo);
        awaitLog("WARN", "Not a named pipe but a regular file: " + fifo);

        await().untilAsserted(() -> assertThat(openOnes()).as("the reader").isEqualTo(1));
        assertThatThrownBy(() -> template.sendBody(uri, "2"))
                .hasRootCauseInstanceOf(NotANamedPipeException.class)
                .hasStackTraceContaining("Not a named pipe but a regular file: " + fifo);
        assertThat(fifo).hasContent("precious");

        PipeEnd fresh = replace();
        template.sendBody(uri, "3");
        fresh.expect("3\n");
        awaitLog("INFO", fifo + " is a named pipe again");
        assertThat(log.lines("WARN", fifo.toString())).hasSize(1);
    }

    @Test
    void whereNothingIsToBeMadeMessagesFailUntilAFifoIsThere() throws Exception {
        String uri = uri(fifo, OFTEN, "autoCreate=false");
        reader(fifo);
        template.sendBody(uri, "1");
        Files.delete(fifo);
        awaitLog("WARN", "Named pipe does not exist: " + fifo);
        assertThatThrownBy(() -> template.sendBody(uri, "2"))
                .hasStackTraceContaining("Named pipe does not exist: " + fifo);
        assertThat(fifo).doesNotExist();

        PipeEnd fresh = reader(folder.fifo("new"));
        Files.move(folder.path("new"), fifo);
        template.sendBody(uri, "3");
        fresh.expect("3\n");
    }

    @Test
    void withAnIntervalOfZeroTheOneThatWasOpenedStays() throws Exception {
        String uri = uri(fifo, "checkInterval=0");
        PipeEnd old = reader(fifo);
        template.sendBody(uri, "1");
        PipeEnd fresh = replace();
        template.sendBody(uri, "2");

        old.expect("1\n2\n");
        assertThat(fresh.unread()).isZero();
    }

    @Test
    void aPipeThatIsHeldOpenIsSoToo() throws Exception {
        String uri = uri(fifo, RARELY, "holdOpen=true");
        template.sendBody(uri, "1");
        FifoFolder.rename(folder.fifo("new"), fifo);
        awaitLog("WARN", "2 bytes in " + fifo + " are lost");

        template.sendBody(uri, "2");
        reader(fifo).expect("2\n");
    }

    @Test
    void aSessionGoesToWhatIsThere() throws Exception {
        String uri = uri(fifo, "framing=SESSION");
        PipeEnd old = reader(fifo);
        CompletableFuture<Object> first = template.asyncSendBody(uri, "1");
        old.awaitUnread(1);
        PipeEnd fresh = replace();
        old.expect("1");
        first.get(20, TimeUnit.SECONDS);
        old.close();

        CompletableFuture<Object> second = template.asyncSendBody(uri, "2");
        fresh.awaitUnread(1);
        fresh.expect("2");
        second.get(20, TimeUnit.SECONDS);
    }

    @Test
    void theOneThatWasUsedLastIsDeletedOnStop() throws Exception {
        String uri = uri(fifo, RARELY, "deleteOnStop=true");
        reader(fifo);
        template.sendBody(uri, "1");
        PipeEnd fresh = replace();
        awaitLog("WARN", fifo.toString(), "was removed or replaced");
        template.sendBody(uri, "2");
        fresh.expect("2\n");

        context.stop();
        assertThat(fifo).doesNotExist();
    }
}
