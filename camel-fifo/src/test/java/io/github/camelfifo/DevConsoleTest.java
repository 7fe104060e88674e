package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.Soon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Camel's developer console shows of the FIFOs of a context. */
class DevConsoleTest extends FifoTestSupport {

    private final Received received = new Received();

    private String text(Map<String, Object> options) {
        return (String) Monitoring.devConsole(context).call(MediaType.TEXT, options);
    }

    private String text() {
        return text(Map.of());
    }

    /** As it comes out of the JSON's text. */
    private JsonObject json(Map<String, Object> options) throws Exception {
        JsonObject json = (JsonObject) Monitoring.devConsole(context).call(MediaType.JSON, options);
        return (JsonObject) Jsoner.deserialize(json.toJson());
    }

    private List<JsonObject> fifos(Map<String, Object> options) throws Exception {
        return objects(json(options), "fifos");
    }

    private static List<JsonObject> objects(JsonObject parent, String name) {
        JsonArray array = parent.getCollection(name);
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> paths(List<JsonObject> fifos) {
        return fifos.stream().map(fifo -> fifo.getString("path")).toList();
    }

    private void startThree() throws Exception {
        Path many = Files.createDirectory(folder.path("many"));
        folder.fifo("many/a.fifo");
        folder.fifo("many/b.fifo");
        start(routes -> {
            routes.from(uri(folder.path("in"))).process(received);
            routes.from(uri(many, "include=*.fifo")).process(received);
            routes.from("direct:a").to(uri(folder.path("out"), "noReader=DISCARD"));
        });
    }

    @Test
    void itIsFoundByItsNameAndSaysWhatItIs() {
        context.start();

        assertThat(Monitoring.devConsole(context).getId()).isEqualTo("fifo");
        assertThat(Monitoring.devConsole(context).getGroup()).isEqualTo("camel");
        assertThat(Monitoring.devConsole(context).getDisplayName()).isEqualTo("FIFO");
        assertThat(Monitoring.devConsole(context).getDescription()).contains("Named pipes");
    }

    @Test
    void itIsFoundWithAllOthers() {
        context.start();
        DevConsoleRegistry registry = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);

        registry.loadDevConsoles();

        assertThat(registry.stream()).anyMatch(FifoDevConsole.class::isInstance);
    }

    @Test
    void withoutAFifoItShowsNone() throws Exception {
        context.start();

        assertThat(text()).isEmpty();
        assertThat(fifos(Map.of())).isEmpty();
    }

    @Test
    void itShowsConsumersProducersAndFoldersWithTheirPipes() throws Exception {
        startThree();

        assertThat(paths(fifos(Map.of())))
                .containsExactly(
                        folder.path("in").toString(),
                        folder.path("many").toString(),
                        folder.path("out").toString());
        assertThat(fifos(Map.of()))
                .extracting(fifo -> fifo.get("usedBy").toString())
                .containsExactly("[consumer]", "[folder]", "[producer]");
        assertThat(paths(objects(fifos(Map.of()).get(1), "pipes")))
                .containsExactlyInAnyOrder(
                        folder.path("many/a.fifo").toString(),
                        folder.path("many/b.fifo").toString());
        assertThat(text())
                .contains("    " + folder.path("in")
                        + "\n        Used by: consumer\n        State: flowing\n        In: bytes 0")
                .contains("    " + folder.path("many")
                        + "\n        Used by: folder\n        State: flowing\n        In: bytes 0")
                .contains("        " + folder.path("many/b.fifo") + "\n            Used by: member\n")
                .contains("    " + folder.path("out") + "\n        Used by: producer\n        Out: bytes 0");
    }

    @Test
    void theFiguresAreThoseOfTheEndpoint() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).process(received));
        write(fifo, "one\ntwo\n");
        received.awaitLines("one", "two");

        JsonObject shown = fifos(Map.of()).get(0);

        assertThat(shown.getLong("inode")).isEqualTo(FifoFolder.inode(fifo));
        assertThat(shown.getString("state")).isEqualTo("flowing");
        assertThat(new TreeSet<>(shown.keySet()))
                .containsAll(Arrays.stream(Figure.values()).map(Figure::key).toList());
        assertThat(shown.getLong("bytesIn")).isEqualTo(8);
        assertThat(shown.getLong("framesIn")).isEqualTo(2);
        assertThat(text()).contains("In: bytes 8, frames 2, sessions 1, oversized 0, malformed 0, redelivered 0");
        assertThat(text()).contains("Waiting: 0 of 65536 bytes");
    }

    @Test
    void whatAProducerThrewAwayIsShown() throws Exception {
        startThree();

        context.createProducerTemplate().sendBody("direct:a", "line");

        assertThat(text()).contains("Out: bytes 0, frames 0, discarded 1, reader waits 0");
        assertThat(fifos(Map.of()).get(2).getLong("discarded")).isEqualTo(1);
    }

    @Test
    void theLastErrorIsShownWithItsTime() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes ->
                routes.from(uri(fifo, "autoCreate=false", "checkInterval=20")).process(received));
        assertThat(text()).doesNotContain("Last error");
        Files.delete(fifo);

        Soon.await().until(() -> text().contains("State: lost") && text().contains("Last error"));
        assertThat(text()).containsPattern("Last error: \\d{4}-\\d\\d-\\d\\dT.*Z .*" + fifo);
        JsonObject shown = fifos(Map.of()).get(0);
        assertThat(shown.getString("lastError")).contains(fifo.toString());
        assertThat(shown.getLong("lastErrorTimestamp")).isPositive();
    }

    @Test
    void aFifoThatNobodyUsesAnyMoreIsNotShown() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).routeId("in").process(received));

        context.getRouteController().stopRoute("in");

        assertThat(text()).isEmpty();
    }

    @Test
    void aPartCanBeAskedFor() throws Exception {
        startThree();

        assertThat(paths(fifos(Map.of("filter", folder.path("i") + "*"))))
                .containsExactly(folder.path("in").toString());
        assertThat(text(Map.of("filter", folder.path("in").toString()))).doesNotContain("many", "out");
        List<JsonObject> one = fifos(Map.of("filter", ".*/b\\.fifo"));
        assertThat(paths(one)).containsExactly(folder.path("many").toString());
        assertThat(paths(objects(one.get(0), "pipes")))
                .containsExactly(folder.path("many/b.fifo").toString());
    }

    @Test
    void theFirstOnesCanBeAskedFor() throws Exception {
        startThree();

        assertThat(paths(fifos(Map.of("limit", "1"))))
                .containsExactly(folder.path("in").toString());
        List<JsonObject> two = fifos(Map.of("limit", "2"));
        assertThat(paths(two))
                .containsExactly(
                        folder.path("in").toString(), folder.path("many").toString());
        assertThat(objects(two.get(1), "pipes")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "-1"})
    void aLimitThatIsNoNumberIsRefusedByName(String limit) throws Exception {
        startThree();
        String refused = "limit=" + limit + " is not a number of FIFOs, 1 or more";

        assertThat(text(Map.of("limit", limit))).isEqualTo("    Error: " + refused + "\n");
        assertThat(json(Map.of("limit", limit)).getString("error")).isEqualTo(refused);
    }
}
