package io.github.camelfifo.examples.livetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.support.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.main.Main;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.awaitility.Awaitility;

/** The routes at work in this JVM, and what shells and browsers do with them. */
final class Server implements AutoCloseable {

    /** A machine that is slow is no fault of what is tested. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    static {
        Awaitility.setDefaultTimeout(LIMIT);
    }

    static final int KEPT_LINES = 10_000;
    private static final long KEPT_BYTES = 4 * 1024 * 1024;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final Path pipe;
    final RingBuffer lines;
    final int port;
    private final Main camel;

    Server(Path pipe) throws Exception {
        this(pipe, 0, KEPT_LINES);
    }

    Server(Path pipe, int port, int keptLines) throws Exception {
        this.pipe = pipe;
        this.lines = new RingBuffer(keptLines, KEPT_BYTES);
        this.camel = LiveTail.camel(pipe, port, lines);
        camel.start();
        this.port = LiveTail.port(camel.getCamelContext());
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** A connection of a client that says what it likes. */
    Socket connect() throws IOException {
        return new Socket(InetAddress.getAllByName("127.0.0.1")[0], port);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url() + path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    }

    /** An answer that has to be a good one. */
    JsonObject linesAfter(long number) throws Exception {
        HttpResponse<String> response = get("lines?after=" + number);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return (JsonObject) Jsoner.deserialize(response.body());
    }

    /** Has a shell run a command that finds the pipe as {@code "$1"}, and waits for its end. */
    void sh(String command) throws Exception {
        try (ChildProcess shell = ChildProcess.start(List.of("sh", "-c", command, "sh", pipe.toString()), line -> {})) {
            assertThat(shell.await()).isEqualTo(new ChildProcess.Result(0, List.of()));
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}
