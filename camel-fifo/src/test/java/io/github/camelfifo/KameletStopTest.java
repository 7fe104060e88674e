package io.github.camelfifo;

import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops, suspensions and restarts of routes that read from a kamelet, while a shell writes. */
class KameletStopTest extends FifoTestSupport {

    private static final int LINES = 1_000;
    private static final int TIMES = Integer.getInteger("fifo.test.stops", 1);

    /** Counts until there is a file with the name in $2, and then gives the last number. */
    private static final String COUNTING =
            "exec 3>\"$1\"; i=0; until [ -e \"$2\" ]; do i=$((i+1)); echo $i >&3; done; echo $i";

    private final Received received = new Received();
    private final LogCapture log = new LogCapture();

    /** How the route around a kamelet goes away and comes back. */
    enum Way {
        STOP_AND_START {
            @Override
            void leave(RouteController routes) throws Exception {
                routes.stopRoute("outer");
                assertThat(routes.getRouteStatus("outer")).isEqualTo(ServiceStatus.Stopped);
            }

            @Override
            void comeBack(RouteController routes) throws Exception {
                routes.startRoute("outer");
            }
        },
        SUSPEND_AND_RESUME {
            @Override
            void leave(RouteController routes) throws Exception {
                routes.suspendRoute("outer");
                assertThat(routes.getRouteStatus("outer")).isEqualTo(ServiceStatus.Suspended);
            }

            @Override
            void comeBack(RouteController routes) throws Exception {
                routes.resumeRoute("outer");
            }
        },
        RESTART {
            @Override
            void leave(RouteController routes) {
                // it does both
            }

            @Override
            void comeBack(RouteController routes) throws Exception {
                routes.stopRoute("outer");
                routes.startRoute("outer");
            }
        };

        abstract void leave(RouteController routes) throws Exception;

        abstract void comeBack(RouteController routes) throws Exception;
    }

    @BeforeEach
    void failSoonWhileTheRouteIsAway() {
        context.getComponent("kamelet", KameletComponent.class).setTimeout(20);
    }

    private Path startSource(String kamelet, String... options) throws Exception {
        Path fifo = folder.fifo("in");
        Path path = "fifo-source".equals(kamelet) ? fifo : folder.path();
        start(routes -> routes.from("kamelet:" + kamelet + "?path=" + path + ""
                        + (options.length == 0 ? "" : "&" + String.join("&", options)))
                .routeId("outer")
                .process(received));
        return fifo;
    }

    /** While a shell writes line after line; gives the number of the last one, which has come. */
    private int leaveAndComeBackInMidFlow(Path fifo, Way way) throws Exception {
        return leaveAndComeBackInMidFlow(fifo, way, () -> {});
    }

    private int leaveAndComeBackInMidFlow(Path fifo, Way way, Runnable eachTime) throws Exception {
        Path end = folder.path().resolveSibling(folder.path().getFileName() + ".end");
        closing(() -> Files.deleteIfExists(end));
        ShellProcess writer = sh(COUNTING, fifo, end);

        for (int i = 0; i < TIMES; i++) {
            received.awaitCount(received.count() + 20);
            way.leave(context.getRouteController());
            way.comeBack(context.getRouteController());
            received.awaitCount(received.count() + 1);
            eachTime.run();
        }

        Files.createFile(end);
        int last = Integer.parseInt(writer.await().strip());
        await().until(() -> received.lines().contains(String.valueOf(last)));
        return last;
    }

    /** Each line at least once, and none before those in front of it. */
    private void assertAllCameInOrder(int last) {
        assertThat(List.copyOf(new LinkedHashSet<>(received.lines()))).isEqualTo(Received.numbers(last));
    }

    @ParameterizedTest
    @CsvSource({
        "fifo-source, STOP_AND_START",
        "fifo-source, SUSPEND_AND_RESUME",
        "fifo-source, RESTART",
        "fifo-folder-source, STOP_AND_START",
        "fifo-folder-source, SUSPEND_AND_RESUME",
        "fifo-folder-source, RESTART"
    })
    void aRouteThatGoesAwayAndComesBackInMidFlowLosesNothingAndKeepsTheOrder(String kamelet, Way way) throws Exception {
        assertAllCameInOrder(leaveAndComeBackInMidFlow(startSource(kamelet, "retryDelay=10"), way));
    }

    @ParameterizedTest
    @CsvSource({
        "fifo-source, STOP_AND_START", "fifo-source, SUSPEND_AND_RESUME",
        "fifo-folder-source, STOP_AND_START", "fifo-folder-source, SUSPEND_AND_RESUME"
    })
    void whileTheRouteIsAwayMessagesStayInThePipeAndTheLogSaysSo(String kamelet, Way way) throws Exception {
        Path fifo = startSource(kamelet, "retryDelay=10");
        PipeEnd holder = reader(fifo);
        PipeEnd writer = awaitWriter(fifo);
        writer.write("1\n2\n");
        received.awaitNumbers(2);
        way.leave(context.getRouteController());

        writer.write("3\n4\n5\n");

        await().until(() -> !log.lines("WARN", "refuses messages from " + fifo).isEmpty());
        assertThat(holder.unread()).isEqualTo("3\n4\n5\n".length());
        received.assertNumbers(2);
        way.comeBack(context.getRouteController());
        received.awaitCount(5);
        received.assertNumbers(5);
        holder.awaitEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo-source", "fifo-folder-source"})
    void theContextsStopDeliversAllThatIsInThePipe(String kamelet) throws Exception {
        Path fifo = startSource(kamelet, "retryDelay=10");
        PipeEnd holder = reader(fifo);
        awaitWriter(fifo).write(Received.lines(LINES));
        received.awaitCount(1);

        context.stop();

        received.assertNumbers(LINES);
        assertThat(holder.unread()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo-source", "fifo-folder-source"})
    void whatComesWhileTheRouteIsStoppedIsInThePipeAfterTheContextsStop(String kamelet) throws Exception {
        Path fifo = startSource(kamelet, "retryDelay=10");
        PipeEnd holder = reader(fifo);
        PipeEnd writer = awaitWriter(fifo);
        writer.write("1\n");
        received.awaitNumbers(1);
        context.getRouteController().stopRoute("outer");
        writer.write("2\n3\n");
        await().until(() -> !log.lines("WARN", "refuses messages from " + fifo).isEmpty());

        context.stop();

        received.assertNumbers(1);
        holder.expect("2\n3\n");
    }

    @Test
    void onReceiptWhatComesWhileTheRouteIsStoppedIsLostWithTheContextAndTheLogSaysHowMuch() throws Exception {
        Path fifo = startSource("fifo-source", "acknowledge=ON_RECEIPT", "onFailure=SKIP");
        PipeEnd writer = awaitWriter(fifo);
        writer.write("1\n");
        received.awaitNumbers(1);
        context.getRouteController().stopRoute("outer");
        writer.write("2\n3\n");
        await().until(() -> !log.lines("WARN", "refuses messages from " + fifo).isEmpty());

        context.stop();

        received.assertNumbers(1);
        assertThat(log.lines("WARN", fifo.toString(), "lost")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSuspensionLosesNothingWithoutRetryEither(Acknowledge acknowledge) throws Exception {
        Path fifo = startSource("fifo-source", "acknowledge=" + acknowledge, "onFailure=SKIP");

        assertAllCameInOrder(leaveAndComeBackInMidFlow(fifo, Way.SUSPEND_AND_RESUME));
    }

    /**
     * A stop may catch the one message on its way into the route, or not. If it does, Camel's error handler reports it,
     * though it may have been delivered before.
     */
    @ParameterizedTest
    @EnumSource
    void withoutRetryEachMessageThatAStopCatchesOnItsWayIsReported(Acknowledge acknowledge) throws Exception {
        Path fifo = startSource("fifo-source", "acknowledge=" + acknowledge, "onFailure=SKIP");

        List<Integer> missing = new ArrayList<>(List.of(0));
        List<Integer> reported = new ArrayList<>(List.of(0));
        int last = leaveAndComeBackInMidFlow(fifo, Way.STOP_AND_START, () -> {
            List<String> lines = received.lines();
            missing.add(Integer.parseInt(lines.get(lines.size() - 1)) - lines.size());
            reported.add(log.lines("Error processing exchange", "RejectedExecutionException")
                    .size());
            int i = missing.size() - 1;
            assertThat(reported.get(i) - reported.get(i - 1)).isBetween(missing.get(i) - missing.get(i - 1), 1);
        });

        assertThat(received.lines())
                .hasSize(last - missing.get(missing.size() - 1))
                .isSortedAccordingTo(comparingInt(Integer::parseInt));
    }

    @Test
    void aDeadLetterChannelDoesNotGetWhatComesWhileTheRouteIsStopped() throws Exception {
        Path fifo = folder.fifo("in");
        Received dead = new Received();
        start(routes -> {
            routes.errorHandler(routes.deadLetterChannel("direct:dead"));
            routes.from("direct:dead").process(dead);
            routes.from("kamelet:fifo-source?retryDelay=10&path=" + fifo)
                    .routeId("outer")
                    .process(received);
        });
        PipeEnd writer = awaitWriter(fifo);
        writer.write("1\n");
        received.awaitNumbers(1);
        context.getRouteController().stopRoute("outer");

        writer.write("2\n");

        await().until(() -> !log.lines("WARN", "refuses messages from " + fifo).isEmpty() || dead.count() > 0);
        context.getRouteController().startRoute("outer");
        received.awaitNumbers(2);
        assertThat(dead.lines()).isEmpty();
    }
}
