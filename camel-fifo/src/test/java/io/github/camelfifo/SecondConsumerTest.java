package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two consumers of one FIFO would each get arbitrary pieces: the second one is refused, whatever its URI says. */
class SecondConsumerTest extends FifoTestSupport {

    private final Received received = new Received();
    private final Received others = new Received();
    private Path fifo;

    @BeforeEach
    void startFirst() throws Exception {
        fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).routeId("first").process(received));
    }

    private void expectRefused(String uri) throws Exception {
        assertThatThrownBy(() ->
                        routes(routes -> routes.from(uri).routeId("second").process(others)))
                .hasStackTraceContaining(fifo.toString());

        write(fifo, "line\n");
        received.awaitLines("line");
        assertThat(others.count()).isZero();
    }

    @Test
    void theSamePathWithOtherOptions() throws Exception {
        expectRefused(uri(fifo, "chunkSize=1k"));
    }

    @Test
    void anotherTextOfTheSamePath() throws Exception {
        expectRefused("fifo:" + folder.path() + "/./in?framing=CHUNKS");
    }

    @Test
    void aPathThatGoesUpAndDown() throws Exception {
        Files.createDirectory(folder.path("sub"));
        expectRefused("fifo:" + folder.path() + "/sub/../in");
    }

    @Test
    void aSymbolicLink() throws Exception {
        expectRefused(uri(Files.createSymbolicLink(folder.path("link"), fifo)));
    }

    @Test
    void aHardLink() throws Exception {
        expectRefused(uri(Files.createLink(folder.path("hard"), fifo)));
    }

    @Test
    void onceTheFirstHasStoppedTheSecondStarts() throws Exception {
        context.getRouteController().stopRoute("first");
        routes(routes ->
                routes.from(uri(fifo, "chunkSize=1k")).routeId("second").process(others));
        write(fifo, "line\n");
        others.awaitLines("line");

        assertThatThrownBy(() -> context.getRouteController().startRoute("first"))
                .hasStackTraceContaining(fifo.toString());
        context.getRouteController().stopRoute("second");
        context.getRouteController().startRoute("first");
        write(fifo, "line\n");
        received.awaitLines("line");
    }

    @Test
    void aSuspendedConsumerCountsToo() throws Exception {
        context.getRouteController().suspendRoute("first");

        assertThatThrownBy(() ->
                        routes(routes -> routes.from(uri(fifo, "chunkSize=1k")).process(others)))
                .hasStackTraceContaining(fifo.toString());
    }

    @Test
    void aRefusedConsumerLeavesNothingBehind() throws Exception {
        assertThatThrownBy(() -> routes(
                        routes -> routes.from(uri(fifo, "deleteOnStop=true")).process(others)))
                .hasStackTraceContaining("deleteOnStop");

        assertThat(fifo).exists();
        write(fifo, "line\n");
        received.awaitLines("line");
    }

    @Test
    void aProducerMayUseTheSameFifo() throws Exception {
        routes(routes -> routes.from("direct:a").to(uri(fifo)));
        context.createProducerTemplate().sendBody("direct:a", "line");

        received.awaitLines("line");
    }

    @Test
    void twoContextsAreNotTheComponentsBusiness() throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            RouteBuilder.addRoutes(other, routes -> routes.from(uri(fifo)).process(others));
            other.start();
        }
    }
}
