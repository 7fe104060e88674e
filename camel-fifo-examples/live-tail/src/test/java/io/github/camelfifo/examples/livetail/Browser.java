package io.github.camelfifo.examples.livetail;

import static org.awaitility.Awaitility.await;

import io.github.camelfifo.examples.support.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** A headless Chromium with one page, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final Duration LIMIT = Server.LIMIT;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final ChildProcess chromium;
    private final WebSocket page;
    private int lastId;

    /**
     * Starts it, with its profile and whatever else it writes in a folder.
     *
     * @throws IllegalStateException with its words, when it ends at once
     */
    Browser(Path program, Path folder) throws Exception {
        chromium = ChildProcess.start(
                List.of(
                        "env",
                        "HOME=" + folder,
                        "XDG_CONFIG_HOME=" + folder,
                        "XDG_CACHE_HOME=" + folder,
                        "LANG=C.UTF-8",
                        "LC_ALL=C.UTF-8",
                        "TZ=UTC",
                        program.toString(),
                        "--headless",
                        // its sandbox needs rights that a container or root does not have; it sees our page only
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-crash-reporter",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--remote-debugging-port=0",
                        "about:blank"),
                line -> {});
        try {
            page = connect();
        } catch (Exception | Error e) {
            chromium.close();
            throw e;
        }
    }

    private WebSocket connect() throws Exception {
        String start = "DevTools listening on ";
        String said = chromium.awaitLine(line -> line.startsWith(start + "ws://"));
        int port = URI.create(said.substring(start.length())).getPort();
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .timeout(LIMIT)
                .build();
        String pages = client.send(list, BodyHandlers.ofString()).body();
        JsonObject first = (JsonObject) ((JsonArray) Jsoner.deserialize(pages)).get(0);
        return client.newWebSocketBuilder()
                .buildAsync(URI.create(first.getString("webSocketDebuggerUrl")), new Messages())
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    void open(String url) throws Exception {
        call("Page.navigate", "url", url);
        await().atMost(LIMIT)
                .until(() -> evaluate("document.readyState === 'complete' && location.href")
                        .equals(url));
    }

    /** A screen of this size, in CSS pixels. */
    void resize(int width, int height, boolean phone) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                1,
                "mobile",
                phone);
    }

    /** Whether the user likes {@code light} or {@code dark}. */
    void prefer(String scheme) throws Exception {
        JsonObject feature = object("name", "prefers-color-scheme", "value", scheme);
        call("Emulation.setEmulatedMedia", "features", new JsonArray(List.of(feature)));
    }

    /** The value of a script's last expression: text, a number, a truth value, or null. */
    Object evaluate(String script) throws Exception {
        JsonObject answer = call("Runtime.evaluate", "expression", script, "returnByValue", true, "awaitPromise", true);
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(script + ": " + answer.toJson());
        }
        return ((JsonObject) answer.get("result")).get("value");
    }

    /** Waits until a script's last expression is true. */
    void awaitTrue(String script) {
        await(script).atMost(LIMIT).until(() -> Boolean.TRUE.equals(evaluate(script)));
    }

    /** What it shows now, as a PNG. */
    byte[] screenshot() throws Exception {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", "format", "png").getString("data"));
    }

    private JsonObject call(String method, Object... parameters) throws Exception {
        lastId++;
        JsonObject request = object("id", lastId, "method", method, "params", object(parameters));
        page.sendText(request.toJson(), true).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        while (true) {
            String message = messages.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new IOException("No answer to " + request.toJson());
            }
            JsonObject answer = (JsonObject) Jsoner.deserialize(message);
            // others are events
            if (Integer.valueOf(lastId).equals(answer.getInteger("id"))) {
                if (answer.containsKey("error")) {
                    throw new IOException(request.toJson() + ": " + message);
                }
                return (JsonObject) answer.get("result");
            }
        }
    }

    private static JsonObject object(Object... namesAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    @Override
    public void close() {
        try {
            call("Browser.close");
            // or it would still write into the folder
            chromium.await();
        } catch (Exception e) {
            throw new IllegalStateException("Chromium does not end", e);
        } finally {
            chromium.close();
        }
    }
}
