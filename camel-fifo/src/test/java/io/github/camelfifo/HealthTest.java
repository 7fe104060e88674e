package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.FifoFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** A consumer without a FIFO says so to whoever asks Camel for its health. */
class HealthTest extends FifoTestSupport {

    @Test
    void itIsDownWhileItsFifoIsAwaited() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes ->
                routes.from(uri(fifo, "autoCreate=false", "checkInterval=20")).to("mock:got"));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);

        Files.delete(fifo);
        Files.writeString(fifo, "no FIFO");
        // until the file is there it is down for another reason
        await().untilAsserted(() -> assertThat(health().getMessage())
                .hasValueSatisfying(message -> assertThat(message).contains("Not a named pipe", fifo.toString())));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getDetails()).containsEntry("path", fifo.toString());

        Files.delete(fifo);
        folder.fifo("in");
        await().untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.UP));
    }

    @Test
    void itIsDownWhileAFifoIsThereThatItMayNotUse() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes ->
                routes.from(uri(fifo, "strict=true", "checkInterval=20")).to("mock:got"));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);

        Path planted = folder.fifo("planted");
        Files.setAttribute(planted, "unix:mode", 0666);
        FifoFolder.rename(planted, fifo);

        await().untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN));
        assertThat(health().getMessage())
                .hasValueSatisfying(message -> assertThat(message).contains("rw-rw-rw-", fifo.toString()));
    }

    @Test
    void theReasonIsADetailToo() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes ->
                routes.from(uri(fifo, "autoCreate=false", "checkInterval=20")).to("mock:got"));

        Files.delete(fifo);

        await().untilAsserted(() -> assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN));
        assertThat(health().getDetails()).containsEntry("reason", "Named pipe does not exist: " + fifo);
    }

    @Test
    void withoutACheckOfThePathItLooksWhenItIsAsked() throws Exception {
        Path fifo = folder.fifo("in");
        Path away = folder.path("away");
        start(routes -> routes.from(uri(fifo, "checkInterval=0")).to("mock:got"));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);

        Files.move(fifo, away);
        expectDown("Named pipe does not exist: " + fifo);
        folder.fifo("in");
        expectDown("Another named pipe is at the path than the one that is open: " + fifo);
        Files.delete(fifo);
        Files.writeString(fifo, "no FIFO");
        expectDown("Not a named pipe but a regular file: " + fifo);
        Files.delete(fifo);
        Files.createSymbolicLink(fifo, away);

        assertThat(health().getState()).as("a link to it").isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void aPipeWithoutANameIsNotLookedFor() throws Exception {
        Process writer = new ProcessBuilder("sleep", "60").start();
        closing(writer::destroyForcibly);
        Path path = Path.of("/proc/" + writer.pid() + "/fd/1");
        start(routes -> routes.from(uri(path, "checkInterval=0")).to("mock:got"));

        writer.destroyForcibly().waitFor();
        assertThat(path).doesNotExist();

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void theComponentSwitchesItOff() throws Exception {
        Path fifo = folder.fifo("in");
        Main main = new Main();
        main.addInitialProperty("camel.component.fifo.health-check-consumer-enabled", "false");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(fifo, "autoCreate=false", "checkInterval=0")).to("mock:got");
            }
        });
        closing(main::stop);
        main.start();
        Files.delete(fifo);

        assertThat(health(main.getCamelContext()).getState()).isEqualTo(HealthCheck.State.UNKNOWN);
        assertThat(health(main.getCamelContext()).getMessage()).contains("Disabled");
    }

    private void expectDown(String reason) {
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage()).contains(reason);
        assertThat(health().getDetails()).containsEntry("reason", reason);
    }

    private HealthCheck.Result health() {
        return health(context);
    }

    private static HealthCheck.Result health(CamelContext context) {
        ConsumersHealthCheckRepository consumers = new ConsumersHealthCheckRepository();
        consumers.setCamelContext(context);
        return consumers.stream().findFirst().orElseThrow().call();
    }
}
