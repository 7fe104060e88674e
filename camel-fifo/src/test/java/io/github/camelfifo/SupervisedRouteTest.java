package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.spi.SupervisingRouteController;
import org.junit.jupiter.api.Test;

/** Camel's supervising route controller starts a route again and again until its FIFO is there. */
class SupervisedRouteTest extends FifoTestSupport {

    private static final int ATTEMPTS = 3;

    private final Received received = new Received();

    private SupervisingRouteController supervise(Path fifo) throws Exception {
        SupervisingRouteController controller = context.getRouteController().supervising();
        controller.setInitialDelay(0);
        controller.setBackOffDelay(50);
        controller.setBackOffMaxAttempts(Long.MAX_VALUE);
        start(routes -> routes.from(uri(fifo, "autoCreate=false")).routeId("in").process(received));
        return controller;
    }

    private static void awaitAttempts(SupervisingRouteController controller) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(controller.getRestartingRouteState("in"))
                        .isNotNull()
                        .satisfies(
                                state -> assertThat(state.getCurrentAttempts()).isGreaterThanOrEqualTo(ATTEMPTS)));
    }

    @Test
    void aRouteWhoseFifoIsMissingStartsOnceSomebodyHasMadeIt() throws Exception {
        Path fifo = folder.path("late");
        SupervisingRouteController controller = supervise(fifo);
        awaitAttempts(controller);
        assertThat(controller.getRestartException("in")).hasStackTraceContaining("Named pipe does not exist: " + fifo);
        assertThat(fifo).doesNotExist();

        folder.fifo("late");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> controller.getRouteStatus("in").isStarted());
        write(fifo, Received.lines(100));

        received.awaitNumbers(100);
    }

    @Test
    void theContextStopsWhileARouteIsBeingStartedAgainAndAgain() throws Exception {
        SupervisingRouteController controller = supervise(folder.path("never"));
        awaitAttempts(controller);

        assertThat(millis(context::stop)).isLessThan(30_000);
    }
}
