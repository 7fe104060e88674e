package io.github.camelfifo.examples.livetail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Readme;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a person starts it: its own JVM. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LiveTailTest {

    private static final String PIPES = "camel-fifo-examples/live-tail/target/pipes";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private ChildProcess start(Object... arguments) throws Exception {
        return start(List.of(), arguments);
    }

    private ChildProcess start(List<String> more, Object... arguments) throws Exception {
        // quicker to start than the JVM's own choice
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        options.add("-Dpipes=" + folder);
        options.addAll(more);
        return ChildProcess.java(options, LiveTail.class, line -> {}, arguments);
    }

    private static String lines(ChildProcess liveTail) throws Exception {
        String url = liveTail.awaitLine(line -> line.startsWith("The page:")).replaceFirst(".* ", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "lines?after=0"))
                .timeout(Server.LIMIT)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }

    private static void type(String commands) throws Exception {
        try (ChildProcess shell = ChildProcess.start(List.of("sh", "-ec", commands), line -> {})) {
            assertThat(shell.await().says(0)).isTrue();
        }
    }

    private static void awaitNext(ChildProcess liveTail, int number) {
        await().atMost(Server.LIMIT)
                .untilAsserted(() -> assertThat(lines(liveTail)).contains("\"next\":" + number + ","));
    }

    @Test
    void whatTheReadmeSaysToTypeComesOnThePageUntilItIsTerminated() throws Exception {
        try (ChildProcess liveTail = start(0, "--quiet")) {
            liveTail.awaitLine(line -> line.startsWith("Ctrl-C"));
            assertThat(liveTail.lines()).contains("  echo hello > '" + folder.resolve("log") + "'");
            List<String> commands = Readme.ofThisModule()
                    .block("type")
                    .replace(PIPES, folder.toString())
                    .lines()
                    .toList();
            for (int number = 1; number < commands.size(); number++) {
                // one after the other, as a person types them
                type(commands.get(0) + "\n" + commands.get(number));
                awaitNext(liveTail, number);
            }
            assertThat(lines(liveTail))
                    .contains(
                            "\"text\":\"hello\"",
                            "<b>not bold",
                            "\"no line end\",\"incomplete\":true",
                            "\"fullLength\":100000")
                    .doesNotContain("INFO");
            type(commands.get(0) + "\n" + Readme.ofThisModule().block("flood"));
            await().atMost(Server.LIMIT)
                    .untilAsserted(() -> assertThat(lines(liveTail)).contains("\"missed\":90004,"));
            liveTail.terminate();
            assertThat(liveTail.await().lines()).noneMatch(line -> line.contains("Exception"));
        }
    }

    @Test
    void theDemoWritesLinesAndEndsWithIt() throws Exception {
        try (ChildProcess liveTail = start("0")) {
            await().atMost(Server.LIMIT)
                    .untilAsserted(() -> assertThat(lines(liveTail)).contains("\"text\":\"INFO  GET "));
            List<ProcessHandle> demo =
                    ProcessHandle.of(liveTail.pid()).orElseThrow().descendants().toList();
            assertThat(demo).isNotEmpty();

            liveTail.terminate();
            liveTail.await();

            await().atMost(Server.LIMIT).until(() -> demo.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getAllByName("127.0.0.1")[0])) {
            // for such a JVM, "loopback" is another address
            List<String> options = List.of("-Djava.net.preferIPv6Addresses=true");
            try (ChildProcess liveTail = start(options, taken.getLocalPort())) {
                ChildProcess.Result result = liveTail.await();

                assertThat(result.exitCode()).isEqualTo(2);
                assertThat(result.lines())
                        .containsExactly("Port " + taken.getLocalPort()
                                + " of 127.0.0.1 cannot be used (Address already in use);"
                                + " give another one as argument: -Dexec.args=8081");
            }
        }
    }

    @Test
    void argumentsAreAPortAndQuietInAnyOrder() {
        assertThat(Arguments.parse()).isEqualTo(new Arguments(8080, false));
        assertThat(Arguments.parse("--quiet", "9090")).isEqualTo(new Arguments(9090, true));
        assertThat(Arguments.parse("65535")).isEqualTo(new Arguments(65_535, false));
        for (String wrong : new String[] {"65536", "-1", "--quite", ""}) {
            assertThatThrownBy(() -> Arguments.parse(wrong))
                    .hasMessage("The arguments are a port, from 0 to 65535, and --quiet, but not \"" + wrong + "\"");
        }
    }
}
