package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.util.List;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.SupervisingRouteController;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes that come, go, are replaced and are tried again while the context runs: nothing is lost, and nothing stays open. */
class EipLifecycleTest extends EipTestSupport {

    private static final int ROUNDS = 3;
    private static final List<String> PIPES = List.of("one", "two", "three");

    @ParameterizedTest
    @EnumSource
    void routesOfATemplateComeAndGo(Reading reading) throws Exception {
        PIPES.forEach(folder::fifo);
        String options = in(reading).substring(uri(in).length());
        start(routes -> routes.routeTemplate("copy")
                .templateParameter("from")
                .templateParameter("to")
                .from("fifo:{{from}}" + options)
                .to("fifo:{{to}}"));
        List<String> openBefore = LeakCheck.openDescriptors();

        for (int round = 0; round < ROUNDS; round++) {
            String suffix = "-out" + round;
            for (String pipe : PIPES) {
                TemplatedRouteBuilder.builder(context, "copy")
                        .routeId(pipe)
                        .parameter("from", folder.path(pipe))
                        .parameter("to", folder.path(pipe + suffix))
                        .add();
            }
            List<ShellProcess> readers = PIPES.stream()
                    .map(pipe -> sh("cat \"$1\"", folder.path(pipe + suffix)))
                    .toList();
            for (String pipe : PIPES) {
                sh("seq \"$2\" > \"$1\"", folder.path(pipe), LINES).await();
            }
            readers.forEach(reader -> awaitOutput(reader, Received.lines(LINES)));
            for (String pipe : PIPES) {
                context.getRouteController().stopRoute(pipe);
                assertThat(context.removeRoute(pipe)).isTrue();
            }
            readers.forEach(reader -> assertThat(reader.await()).isEqualTo(Received.lines(LINES)));
            assertThat(context.getEndpoints()).as("endpoints").isEmpty();
            assertThat(ofTheFolder(LeakCheck.openDescriptors())).isEqualTo(ofTheFolder(openBefore));
        }
    }

    private List<String> ofTheFolder(List<String> descriptors) {
        return descriptors.stream()
                .filter(path -> path.startsWith(folder.path().toString()))
                .toList();
    }

    /** While one writer writes on, in blocks that cut lines. The test keeps the pipe open, or the writer would see the reader go. */
    @ParameterizedTest
    @EnumSource
    void aRouteIsReplacedWhileItFlows(Reading reading) throws Exception {
        reader(in);
        context.start();
        replaceRoute(reading);
        ShellProcess writer = sh("seq \"$2\" | dd of=\"$1\" bs=37 status=none", in, 100 * LINES);

        for (int round = 1; round <= ROUNDS; round++) {
            received.awaitCount(round * 10 * LINES);
            replaceRoute(reading);
        }

        writer.await();
        received.awaitNumbers(100 * LINES);
        assertThat(received.frames()).noneMatch(Received.Frame::isMarkedIncomplete);
        assertThat(context.getRoutes()).hasSize(1);
        assertThat(context.getEndpoints()).hasSize(1);
        stop();
    }

    private void replaceRoute(Reading reading) throws Exception {
        routes(routes -> routes.from(in(reading)).routeId("lines").process(received));
    }

    @ParameterizedTest
    @EnumSource
    void theBeginningOfALineThatAReplacedRouteHadReadIsNotLost(Reading reading) throws Exception {
        replaceRouteInMidLine(reading);

        received.awaitLines("whole", "half");
    }

    private void replaceRouteInMidLine(Reading reading) throws Exception {
        reader(in);
        context.start();
        replaceRoute(reading);
        PipeEnd writer = writer(in);
        writer.write("whole\nha");
        received.awaitCount(1);
        replaceRoute(reading);
        writer.write("lf\n");
    }

    @ParameterizedTest
    @EnumSource
    void aSupervisedRouteWaitsUntilAShellMakesItsPipe(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        sh("rm \"$1\"", in).await();
        SupervisingRouteController controller = context.getRouteController().supervising();
        controller.setInitialDelay(0);
        controller.setBackOffDelay(20);
        start(routes ->
                routes.from(in(reading, "autoCreate=false")).routeId("lines").to(uri(folder.path("out"))));
        await().untilAsserted(() -> assertThat(controller.getRestartException("lines"))
                .hasStackTraceContaining("Named pipe does not exist: " + in));

        sh("mkfifo \"$1\" && seq \"$2\" > \"$1\"", in, LINES).await();

        stopWithAllReadBy(reader);
    }
}
