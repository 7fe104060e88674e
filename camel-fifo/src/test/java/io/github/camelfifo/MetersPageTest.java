package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;

/** The page on monitoring shows the meters and the console as they are. */
class MetersPageTest extends FifoTestSupport {

    private static final Path PAGE = Path.of("src/main/docs/fifo-monitoring.adoc");

    /** {@code | `name` | kind | unit}, and the meaning on the next lines. */
    private static final Pattern ROW =
            Pattern.compile("\\| `(camel\\.fifo\\.[a-z.]+)` \\| (\\w+) \\|(?: (\\w+))?\\n\\| ");

    private final Received received = new Received();

    private static String row(Meter.Id id) {
        String kind = id.getType().name().toLowerCase(Locale.ROOT);
        return id.getName() + " " + kind + " " + (id.getBaseUnit() == null ? "" : id.getBaseUnit());
    }

    private static String printed(String name) throws Exception {
        Matcher found = Pattern.compile("\\[#" + name + "]\\n----\\n(.*?\\n)----\\n", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    @Test
    void theTableHasAllMetersWithTheirKindsAndUnits() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        context.getRegistry().bind("meters", registry);
        start(routes -> routes.from(uri(folder.path("in"))).process(received));

        Set<String> meters =
                registry.getMeters().stream().map(meter -> row(meter.getId())).collect(Collectors.toSet());
        List<String> rows = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " " + (row.group(3) == null ? "" : row.group(3)))
                .toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(meters);
    }

    @Test
    void theConsolesOutputIsWhatItReallyPrints() throws Exception {
        Path devices = Files.createDirectory(folder.path("devices"));
        folder.fifo("devices/door.fifo");
        start(routes -> {
            routes.from(uri(folder.path("orders"))).process(received);
            routes.from(uri(devices, "include=*.fifo")).process(received);
            routes.from("direct:receipts").to(uri(folder.path("receipts"), "noReader=DISCARD"));
        });
        write(folder.path("orders"), "three apples\ntwo pears\n");
        received.awaitLines("three apples", "two pears");
        context.createProducerTemplate().sendBody("direct:receipts", "accepted: three apples");
        DevConsole console = Monitoring.devConsole(context);

        assertThat(asOnThePage(console.call(MediaType.TEXT).toString())).isEqualTo(printed("console-text"));
        JsonObject json = (JsonObject) console.call(
                MediaType.JSON, Map.of("filter", folder.path("orders").toString()));
        String pretty = Jsoner.prettyPrint(json.toJson(), 2).replace("\\/", "/");
        assertThat(asOnThePage(pretty).strip())
                .isEqualTo(printed("console-json").strip());
    }

    /** The folder of the pipes and the inodes are others in each run. */
    private String asOnThePage(String output) {
        return output.replace(folder.path().toString(), "/run/shop")
                .replaceAll("Inode: \\d+", "Inode: 4711")
                .replaceAll("\"inode\": \\d+", "\"inode\": 4711");
    }
}
