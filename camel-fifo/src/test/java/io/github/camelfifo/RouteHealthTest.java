package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Camel makes of a consumer's health for the state of its route; the page of monitoring says so. */
class RouteHealthTest extends FifoTestSupport {

    private Path fifo;

    private CamelContext started(boolean autoStartup, String... properties) throws Exception {
        fifo = folder.fifo("in");
        Main main = new Main();
        for (String property : properties) {
            String[] parts = property.split("=", 2);
            main.addInitialProperty(parts[0], parts[1]);
        }
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(fifo, "autoCreate=false", "checkInterval=0"))
                        .routeId("reader")
                        .autoStartup(autoStartup)
                        .to("mock:got");
            }
        });
        closing(main::stop);
        main.start();
        return main.getCamelContext();
    }

    private static HealthCheck.Result health(CamelContext context) {
        return HealthCheckHelper.invoke(context, "full").stream()
                .filter(result -> result.getCheck().getId().equals("consumer:reader"))
                .findFirst()
                .orElseThrow();
    }

    private static String state(CamelContext context) {
        return health(context).getState().name();
    }

    @Test
    void aStartedRouteHasTheHealthOfItsConsumer() throws Exception {
        CamelContext context = started(true);
        assertThat(state(context)).isEqualTo("UP");

        Files.delete(fifo);

        assertThat(health(context).getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health(context).getMessage()).hasValue("Named pipe does not exist: " + fifo);
        assertThat(health(context).getDetails())
                .containsEntry("path", fifo.toString())
                .containsEntry("reason", "Named pipe does not exist: " + fifo)
                .containsEntry("route.id", "reader")
                .containsEntry("route.status", "Started");
    }

    @ParameterizedTest
    @CsvSource({"DOWN", "UNKNOWN"})
    void aSuspendedRouteHasTheInitialState(String initial) throws Exception {
        CamelContext context = started(true, "camel.health.initial-state=" + initial);

        context.getRouteController().suspendRoute("reader");

        assertThat(state(context)).isEqualTo(initial);
        assertThat(health(context).getMessage()).isEmpty();
        assertThat(health(context).getDetails())
                .containsEntry("route.status", "Suspended")
                .doesNotContainKey("path");
        context.getRouteController().resumeRoute("reader");
        assertThat(state(context)).isEqualTo("UP");
    }

    @Test
    void aSuspendedRouteIsDownUnlessToldOtherwise() throws Exception {
        CamelContext context = started(true);

        context.getRouteController().suspendRoute("reader");

        assertThat(state(context)).isEqualTo("DOWN");
    }

    @Test
    void withTheInitialStateUpASuspendedRouteHasTheHealthOfItsConsumer() throws Exception {
        CamelContext context = started(true, "camel.health.initial-state=UP");
        context.getRouteController().suspendRoute("reader");
        assertThat(state(context)).isEqualTo("UP");
        assertThat(health(context).getDetails()).containsEntry("path", fifo.toString());

        Files.delete(fifo);

        assertThat(state(context)).isEqualTo("DOWN");
    }

    @ParameterizedTest
    @CsvSource({"DOWN", "UNKNOWN", "UP"})
    void aStoppedRouteIsDown(String initial) throws Exception {
        CamelContext context = started(true, "camel.health.initial-state=" + initial);

        context.getRouteController().stopRoute("reader");

        assertThat(state(context)).isEqualTo("DOWN");
        assertThat(health(context).getMessage()).hasValue("Route reader has status Stopped");
    }

    /** Camel takes such a route for one that others look after. */
    @Test
    void aRouteThatDoesNotStartByItselfIsUpWhateverItsConsumerSays() throws Exception {
        CamelContext context = started(false);
        RouteController routes = context.getRouteController();
        assertThat(state(context)).isEqualTo("UP");

        routes.startRoute("reader");
        Files.delete(fifo);
        assertThat(state(context)).isEqualTo("UP");
        routes.suspendRoute("reader");
        assertThat(state(context)).isEqualTo("UP");
        routes.stopRoute("reader");
        assertThat(state(context)).isEqualTo("UP");
    }

    @Test
    void aRouteThatTheSupervisingControllerHasNotStartedYetHasNone() throws Exception {
        CamelContext context =
                started(true, "camel.routecontroller.enabled=true", "camel.routecontroller.initial-delay=600000");

        assertThat(HealthCheckHelper.invoke(context, "full"))
                .extracting(result -> result.getCheck().getId())
                .containsExactly("context");
    }

    @Test
    void aRouteThatTheSupervisingControllerCannotStartIsDownUntilItCan() throws Exception {
        CamelContext context = started(
                true,
                "camel.routecontroller.enabled=true",
                "camel.routecontroller.initial-delay=0",
                "camel.routecontroller.back-off-delay=20");
        await().until(() -> status(context).isStarted());
        RouteController routes = context.getRouteController();
        routes.stopRoute("reader");
        assertThat(state(context)).as("stopped by hand").isEqualTo("UNKNOWN");
        Files.delete(fifo);
        assertThatThrownBy(() -> routes.startRoute("reader")).hasStackTraceContaining("Named pipe does not exist");

        assertThat(state(context)).isEqualTo("DOWN");
        assertThat(health(context).getMessage()).hasValue("Route reader has status Stopped");
        folder.fifo("in");
        await().untilAsserted(() -> assertThat(state(context)).isEqualTo("UP"));
    }

    private static ServiceStatus status(CamelContext context) {
        ServiceStatus status = context.getRouteController().getRouteStatus("reader");
        return status == null ? ServiceStatus.Stopped : status;
    }
}
