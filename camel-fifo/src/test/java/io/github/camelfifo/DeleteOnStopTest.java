package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.pipe.NotANamedPipeException;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code deleteOnStop=true}: the last user of a FIFO takes it away, if it is still the one. */
class DeleteOnStopTest extends FifoTestSupport {

    private final Received received = new Received();
    private Path fifo;
    private String uri;

    @BeforeEach
    void nameFifo() {
        fifo = folder.path("fifo");
        uri = uri(fifo, "deleteOnStop=true");
    }

    private void stop(String route) throws Exception {
        context.getRouteController().stopRoute(route);
    }

    @Test
    void withoutItTheFifoStays() throws Exception {
        start(routes -> routes.from(uri(fifo)).process(received));
        context.stop();

        assertThat(fifo).exists();
    }

    @Test
    void theFifoGoesWhenTheContextStops() throws Exception {
        start(routes -> routes.from(uri).process(received));
        assertThat(fifo).exists();
        context.stop();

        assertThat(fifo).doesNotExist();
    }

    @Test
    void aFifoThatWasThereGoesToo() throws Exception {
        folder.fifo("fifo");
        start(routes -> routes.from(uri).process(received));
        context.stop();

        assertThat(fifo).doesNotExist();
    }

    @Test
    void theFifoGoesWhenTheRouteStopsAndIsMadeAnewWhenItStarts() throws Exception {
        start(routes -> routes.from(uri).routeId("in").process(received));
        stop("in");
        assertThat(fifo).doesNotExist();

        context.getRouteController().startRoute("in");
        write(fifo, "line\n");
        received.awaitLines("line");
    }

    @Test
    void whatIsInItIsProcessedBeforeItGoes() throws Exception {
        start(routes -> routes.from(uri).routeId("in").process(received));
        write(fifo, Received.lines(1_000));
        context.stop();

        received.assertNumbers(1_000);
        assertThat(fifo).doesNotExist();
    }

    @Test
    void aProducersFifoGoesToo() throws Exception {
        start(routes -> routes.from("direct:a").routeId("out").to(uri));
        PipeEnd reader = reader(fifo);
        context.createProducerTemplate().sendBody("direct:a", "line");
        context.stop();

        assertThat(fifo).doesNotExist();
        reader.expect("line\n");
    }

    @Test
    void itGoesWithTheLastOfSeveralUsers() throws Exception {
        start(routes -> {
            routes.from(uri).routeId("in").process(received);
            routes.from("direct:a").routeId("out").to(uri);
        });

        stop("in");
        assertThat(fifo).exists();
        stop("out");
        assertThat(fifo).doesNotExist();
    }

    @Test
    void itGoesWithTheLastOfSeveralUsersWhateverTheirOrder() throws Exception {
        start(routes -> {
            routes.from(uri).routeId("in").process(received);
            routes.from("direct:a").routeId("out").to(uri);
        });

        stop("out");
        assertThat(fifo).exists();
        stop("in");
        assertThat(fifo).doesNotExist();
    }

    @Test
    void aSuspendedConsumerStillUsesIt() throws Exception {
        start(routes -> {
            routes.from(uri).routeId("in").process(received);
            routes.from("direct:a").routeId("out").to(uri);
        });
        context.getRouteController().suspendRoute("in");
        stop("out");

        assertThat(fifo).exists();
    }

    @Test
    void anotherFifoThatIsUsedByNowGoes() throws Exception {
        start(routes -> routes.from(uri).routeId("in").process(received));
        FifoFolder.rename(folder.fifo("new"), fifo);
        awaitWriter(fifo).write("line\n");
        received.awaitLines("line");
        context.stop();

        assertThat(fifo).doesNotExist();
    }

    @Test
    void anotherFifoThatTookItsPlaceUnnoticedStays() throws Exception {
        start(routes -> routes.from(uri + "&checkInterval=0").routeId("in").process(received));
        Files.move(fifo, folder.path("moved"));
        folder.fifo("fifo");
        context.stop();

        assertThat(fifo).exists();
        assertThat(folder.path("moved")).exists();
    }

    @Test
    void aFileThatTookItsPlaceStays() throws Exception {
        start(routes -> routes.from(uri).process(received));
        Files.writeString(folder.path("file"), "precious");
        FifoFolder.rename(folder.path("file"), fifo);
        context.stop();

        assertThat(fifo).hasContent("precious");
    }

    @Test
    void itDoesNotMatterWhenItHasGoneAlready() throws Exception {
        LogCapture log = new LogCapture();
        start(routes -> routes.from(uri).process(received));
        Files.delete(fifo);
        context.stop();

        assertThat(fifo).doesNotExist();
        assertThat(log.lines("ERROR")).isEmpty();
    }

    @Test
    void aProducerThatCouldNotStartKeepsNoFifo() throws Exception {
        Files.writeString(fifo, "no FIFO");
        start(routes -> {
            routes.from("direct:a").to(uri(fifo, "lazyStartProducer=true"));
            routes.from(uri).routeId("in").autoStartup(false).process(received);
        });
        assertThatThrownBy(() -> context.createProducerTemplate().sendBody("direct:a", "line"))
                .hasRootCauseInstanceOf(NotANamedPipeException.class);
        Files.delete(fifo);

        context.getRouteController().startRoute("in");
        stop("in");

        assertThat(fifo).doesNotExist();
    }
}
