package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** nginx writes its access log into a pipe, and a route reads it. */
@Needs(program = "nginx", debianPackage = "nginx-light")
class NginxTest extends ProgramTestSupport {

    private static final String ROUTE = "access";

    private Path fifo;

    @BeforeEach
    void makePipe() throws Exception {
        fifo = fifo(ROUTE);
    }

    /** The example as it is, with what it leaves to the machine. */
    private ShellProcess startNginx(Object... more) throws Exception {
        Path configuration = file("nginx.conf", """
                daemon off;
                pid nginx.pid;
                error_log errors;
                events { }
                http {
                    client_body_temp_path temporary;
                    proxy_temp_path temporary;
                    fastcgi_temp_path temporary;
                    uwsgi_temp_path temporary;
                    scgi_temp_path temporary;
                    server {
                        listen unix:%s/socket;
                        location / { return 204; }
                    }
                %s
                }
                """.formatted(folder.path(), example("nginx")));
        List<Object> arguments =
                new ArrayList<>(List.of("-p", folder.path(), "-c", configuration, "-e", folder.path("errors")));
        arguments.addAll(List.of(more));
        return start("nginx", arguments.toArray());
    }

    private void awaitNginx() {
        soon().until(() -> Files.exists(folder.path("socket")) && Files.exists(folder.path("nginx.pid")));
    }

    /** Asks for a page, and gives the answer. It does not wait for more: nginx closes only when it has logged the request. */
    private String get(String page) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.path("socket")));
            channel.write(
                    ByteBuffer.wrap("GET /%s HTTP/1.0\r\n\r\n".formatted(page).getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(1024);
            channel.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void getAll(int first, int last) {
        for (String number : numbers(first, last)) {
            assertThat(get(number)).contains("204");
        }
    }

    private void awaitPages(int last) {
        awaitLogged(ROUTE, last);
        assertThat(logged(ROUTE))
                .containsExactlyElementsOf(numbers(1, last).stream()
                        .map(number -> "\"GET /" + number + " HTTP/1.0\" 204")
                        .toList());
    }

    private static long workerOf(ShellProcess nginx) {
        return soon().until(
                        () -> ProcessHandle.of(nginx.pid())
                                .orElseThrow()
                                .children()
                                .toList(),
                        workers -> workers.size() == 1)
                .get(0)
                .pid();
    }

    @Test
    void withHoldOpenARestartOfTheRouteLosesNoRequest() throws Exception {
        startRoutes("nginx-route");
        startNginx();
        awaitNginx();

        getAll(1, 100);
        context.getRouteController().stopRoute(ROUTE);
        getAll(101, 200);
        context.getRouteController().startRoute(ROUTE);
        getAll(201, 300);

        awaitPages(300);
    }

    @Test
    void withHoldOpenAReloadDoesNotWaitForTheRoute() throws Exception {
        startRoutes("nginx-route");
        ShellProcess nginx = startNginx();
        awaitNginx();
        getAll(1, 10);
        long before = workerOf(nginx);
        context.getRouteController().stopRoute(ROUTE);

        run("sh", "-c", "kill -HUP " + nginx.pid());
        soon().until(() -> workerOf(nginx) != before);
        getAll(11, 20);
        context.getRouteController().startRoute(ROUTE);

        awaitPages(20);
    }

    @Test
    void withoutAReaderItDoesNotStartAndDoesNotReload() throws Exception {
        ShellProcess nginx = startNginx();
        awaitInOpen(nginx.pid());
        assertThat(folder.path("nginx.pid")).doesNotExist();

        startRouteWithout("holdOpen=true", "nginx-route");
        awaitNginx();
        getAll(1, 10);
        awaitPages(10);
        context.getRouteController().stopRoute(ROUTE);
        ShellProcess check = startNginx("-t");
        run("sh", "-c", "kill -HUP " + nginx.pid());

        awaitInOpen(check.pid());
        awaitInOpen(nginx.pid());
        context.getRouteController().startRoute(ROUTE);
        soon().untilAsserted(() -> assertThat(OtherProcess.waitsIn(nginx.pid())).isNotEqualTo(OtherProcess.IN_OPEN));
    }

    @Test
    void withoutAReaderRequestsAreAnsweredAndNotLogged() throws Exception {
        startRouteWithout("holdOpen=true", "nginx-route");
        startNginx();
        awaitNginx();
        context.getRouteController().stopRoute(ROUTE);

        getAll(1, 3);
        soon().untilAsserted(() -> assertThat(Files.readString(folder.path("errors")))
                .containsOnlyOnce("failed (32: Broken pipe) while logging request"));
        context.getRouteController().startRoute(ROUTE);
        getAll(4, 4);

        awaitLogged(ROUTE, 1);
        assertThat(logged(ROUTE)).isEqualTo(List.of("\"GET /4 HTTP/1.0\" 204"));
    }

    @Test
    void aFullPipeStopsItUntilTheRouteReads() throws Exception {
        assumeWaitsAreKnown();
        startRoutes("nginx-route");
        ShellProcess nginx = startNginx();
        awaitNginx();
        context.getRouteController().stopRoute(ROUTE);
        try (PipeEnd pipe = PipeEnd.writing(fifo)) {
            pipe.fill();
        }
        getAll(1, 1);
        soon().untilAsserted(
                        () -> assertThat(OtherProcess.waitsIn(workerOf(nginx))).endsWith("pipe_write"));

        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> get("2"));
        soon().during(Duration.ofMillis(300)).until(() -> !second.isDone());
        context.getRouteController().startRoute(ROUTE);

        assertThat(second.get()).contains("204");
    }
}
