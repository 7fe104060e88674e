package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The dev console as Camel's HTTP server shows it. */
@EnabledIfSystemProperty(
        named = "fifo.ci",
        matches = "true",
        disabledReason = "starts an HTTP server, which takes ten seconds; .ci/run has -Dfifo.ci=true")
class DevConsoleHttpTest extends FifoTestSupport {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final String SERVER = "org.apache.camel.component.platform.http.main.ManagementHttpServer";

    private static void assumeThereIsAServer() {
        boolean found;
        try {
            Class<?> unused = Class.forName(SERVER);
            found = true;
        } catch (ClassNotFoundException e) {
            found = false;
        }
        assumeTrue(found, "this Camel has no camel-platform-http-main");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** An HttpClient would leave a selector behind until it is collected. */
    private static String get(int port, String path, String type) throws Exception {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://localhost:" + port + path).toURL().openConnection();
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Accept", type);
        connection.setRequestProperty("Connection", "close");
        assertThat(connection.getResponseCode()).as(path).isEqualTo(200);
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void textAndJsonAndTheHealthComeFromCamelsHttpServer() throws Exception {
        assumeThereIsAServer();
        Path fifo = folder.fifo("in");
        int port = freePort();
        Main main = new Main();
        main.addOverrideProperty("camel.main.dev-console-enabled", "true");
        main.addOverrideProperty("camel.management.enabled", "true");
        main.addOverrideProperty("camel.management.port", String.valueOf(port));
        main.addOverrideProperty("camel.management.dev-console-enabled", "true");
        main.addOverrideProperty("camel.management.health-check-enabled", "true");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(fifo)).to("mock:in");
            }
        });
        closing(main::stop);
        main.start();

        assertThat(get(port, "/q/dev", "text/plain")).contains("fifo: Named pipes (FIFOs) and what went through them");
        assertThat(get(port, "/q/dev/fifo", "text/plain"))
                .startsWith("FIFO:\n\n    " + fifo + "\n        Used by: consumer\n        State: flowing\n");
        JsonObject json = (JsonObject) Jsoner.deserialize(get(port, "/q/dev/fifo", "application/json"));
        JsonArray fifos = ((JsonObject) json.get("fifo")).getCollection("fifos");
        assertThat(fifos)
                .singleElement()
                .satisfies(shown ->
                        assertThat(((JsonObject) shown).getString("path")).isEqualTo(fifo.toString()));
        assertThat(get(port, "/q/dev/fifo?filter=/nowhere*", "text/plain"))
                .startsWith("FIFO:")
                .doesNotContain(fifo.toString());
        assertThat(get(port, "/observe/health/ready", "application/json"))
                .isEqualToIgnoringWhitespace("{\"status\":\"UP\"}");
    }
}
