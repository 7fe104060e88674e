package io.github.camelfifo.examples.livetail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.examples.support.ChildProcess;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client gets over HTTP of what shells write into the pipe. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LinesAnswerTest {

    private static final int FLOOD = Boolean.getBoolean("fifo.ci") ? 100_000 : 50_000;

    @TempDir
    private static Path folder;

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = new Server(folder.resolve("log"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The lines that a shell's command writes, when all are there. */
    private static List<JsonObject> written(String command, int count) throws Exception {
        long before = server.lines.last();
        server.sh(command);
        await().until(() -> server.lines.last() == before + count);
        JsonObject answer = server.linesAfter(before);
        assertThat(answer.getLong("next")).isEqualTo(before + count);
        return lines(answer);
    }

    private static List<JsonObject> lines(JsonObject answer) {
        Collection<JsonObject> lines = answer.getCollection("lines");
        return List.copyOf(lines);
    }

    @Test
    void linesComeWithTheirNumbersOnceAndInOrder() throws Exception {
        long before = server.lines.last();

        List<JsonObject> lines = written("printf 'one\\ntwo\\n\\n' > \"$1\"", 3);

        assertThat(lines).extracting(line -> line.getString("text")).containsExactly("one", "two", "");
        assertThat(lines)
                .extracting(line -> line.getLong("number"))
                .containsExactly(before + 1, before + 2, before + 3);
        assertThat(lines).allSatisfy(line -> assertThat(line).containsOnlyKeys("number", "millis", "text"));
        JsonObject answer = server.linesAfter(before + 3);
        assertThat(lines(answer)).isEmpty();
        assertThat(answer.getBoolean("more")).isFalse();
        assertThat(answer.getString("pipe")).isEqualTo(server.pipe.toString());
    }

    @Test
    void aLineWithoutItsEndAndALineThatIsTooLongAreMarked() throws Exception {
        List<JsonObject> lines = written("{ printf '%020000d\\n' 7; printf 'no end'; } > \"$1\"", 2);

        assertThat(lines.get(0).getString("text")).isEqualTo("0".repeat(16 * 1024));
        assertThat(lines.get(0).getLong("fullLength")).isEqualTo(20_000);
        assertThat(lines.get(1).getString("text")).isEqualTo("no end");
        assertThat(lines.get(1).getBoolean("incomplete")).isTrue();
    }

    @Test
    void anyBytesComeAsText() throws Exception {
        List<JsonObject> lines = written(
                "printf '\\000\\033[31m\\377\\n</script>\"\\\\\\302\\205 \\342\\200\\250\\360\\237\\220\\252\\n' > \"$1\"",
                2);

        assertThat(lines)
                .extracting(line -> line.getString("text"))
                .containsExactly("\0\u001b[31m\ufffd", "</script>\"\\\u0085 \u2028\ud83d\udc2a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lines | The parameter after is missing: the number of the last line that you have, 0 for none",
                "lines?after= | after= is not the number of a line: digits, at most 9223372036854775807",
                "lines?after=-1 | after=-1 is not the number of a line: digits, at most 9223372036854775807",
                "lines?after=ten | after=ten is not the number of a line: digits, at most 9223372036854775807",
                "lines?after=9223372036854775808 | after=9223372036854775808 is not the number of a line: digits, at most 9223372036854775807",
                "lines?after=1&after=2 | after=[1, 2] is not the number of a line: digits, at most 9223372036854775807",
            })
    void aParameterThatIsNoNumberIsRefusedByNameAndValue(String path, String error) throws Exception {
        HttpResponse<String> response = server.get(path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(((JsonObject) Jsoner.deserialize(response.body())).getString("error"))
                .isEqualTo(error);
    }

    @Test
    void aNumberBeyondTheLastLineIsRefusedAndTheAnswerSaysWhichRunItIs() throws Exception {
        HttpResponse<String> response = server.get("lines?after=" + Long.MAX_VALUE);

        JsonObject answer = (JsonObject) Jsoner.deserialize(response.body());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(answer.getString("error"))
                .startsWith("after=9223372036854775807 is beyond the last line, which is number ");
        assertThat(answer.getString("run")).isEqualTo(server.linesAfter(0).getString("run"));
    }

    @Test
    void answersAreNotCachedAndNoRequestHeaderComesBack() throws Exception {
        HttpResponse<String> response = server.get("lines?after=0");

        assertThat(response.headers().map())
                .containsOnlyKeys(
                        ":status",
                        "cache-control",
                        "content-length",
                        "content-security-policy",
                        "content-type",
                        "x-content-type-options");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
    }

    @Test
    void thePageAllowsItsOwnScriptAndNothingOfOthers() throws Exception {
        HttpResponse<String> response = server.get("");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<title>Live tail</title>");
        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'sha256-", "style-src 'sha256-")
                .doesNotContain("unsafe");
    }

    @Test
    void thereIsNothingElseToAskFor() throws Exception {
        assertThat(server.get("log").statusCode()).isEqualTo(404);
        assertThat(server.get("lines/1?after=0").statusCode()).isEqualTo(404);
        HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(server.url() + "lines?after=0"))
                .POST(HttpRequest.BodyPublishers.ofString("x"));
        assertThat(server.send(post).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "127.0.0.1:8080, 200",
        "localhost, 200",
        "localhost:1, 200",
        "evil.example, 421",
        "evil.example:8080, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.evil.example:80, 421",
        "127x0.0.1, 421",
    })
    void aWebSiteWhoseNameStandsForThisMachineGetsNothing(String host, int status) throws Exception {
        String forged = "CamelHttpUrl: http://127.0.0.1/\r\ncamelhttpurl: http://127.0.0.1/\r\n";
        for (String path : new String[] {"/", "/lines?after=0", "/lines?after=0&CamelHttpUrl=http://127.0.0.1/"}) {
            String answer = answer(
                    "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + forged + "Connection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            if (status == 421) {
                assertThat(answer)
                        .contains("\nOnly http://127.0.0.1 and http://localhost are answered.\n")
                        .doesNotContain(server.pipe.toString(), "evil");
            }
        }
    }

    /** By hand: Java's client names the host itself. */
    private static String answer(String request) throws Exception {
        try (Socket socket = server.connect()) {
            socket.setSoTimeout((int) Server.LIMIT.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFloodIsNotHeldUpByASlowClientWhichIsToldWhatItMissed() throws Exception {
        try (Server flooded = new Server(folder.resolve("flood"));
                Socket never = flooded.connect()) {
            // a client that asks for all and reads nothing
            never.getOutputStream()
                    .write("GET /lines?after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                            .repeat(20)
                            .getBytes(StandardCharsets.US_ASCII));
            try (ChildProcess writer = ChildProcess.start(
                    List.of("sh", "-c", "seq -f 'line %.0f' " + FLOOD + " > \"$1\"", "sh", flooded.pipe.toString()),
                    line -> {})) {
                long after = 0;
                long got = 0;
                long missed = 0;
                while (after < FLOOD) {
                    // slow: it asks when the buffer has gone round twice
                    long due = Math.min(after + 2 * Server.KEPT_LINES, FLOOD);
                    await().until(() -> flooded.lines.last() >= due);
                    JsonObject answer = flooded.linesAfter(after);
                    List<JsonObject> lines = lines(answer);
                    assertThat(lines).hasSizeBetween(1, LinesAnswer.MAX_LINES);
                    long expected = after + answer.getLong("missed");
                    for (JsonObject line : lines) {
                        expected++;
                        assertThat(line.getLong("number")).isEqualTo(expected);
                        assertThat(line.getString("text")).isEqualTo("line " + expected);
                    }
                    missed += answer.getLong("missed");
                    got += lines.size();
                    after = answer.getLong("next");
                    assertThat(after).isEqualTo(expected);
                }
                assertThat(writer.await().says(0)).isTrue();
                assertThat(got + missed).isEqualTo(FLOOD);
                assertThat(missed).isGreaterThanOrEqualTo(Server.KEPT_LINES);
                assertThat(flooded.lines.last()).isEqualTo(FLOOD);
            }
        }
    }

    @Test
    void anAnswerIsBoundedInBytesAndABrowserGetsAllInPieces() throws Exception {
        long before = server.lines.last();
        server.sh("for i in $(seq 100); do printf '%010000d\\n' $i; done > \"$1\"");
        await().until(() -> server.lines.last() == before + 100);

        int answers = 0;
        int count = 0;
        JsonObject answer;
        long after = before;
        do {
            answer = server.linesAfter(after);
            assertThat(answer.toJson().length()).isLessThan((int) LinesAnswer.MAX_BYTES * 2);
            count += lines(answer).size();
            answers++;
            after = answer.getLong("next");
        } while (answer.getBoolean("more"));

        assertThat(count).isEqualTo(100);
        assertThat(answers).isEqualTo(4);
    }
}
