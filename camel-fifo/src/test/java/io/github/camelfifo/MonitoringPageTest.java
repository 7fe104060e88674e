package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.FifoFolder;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.api.management.ManagedAttribute;
import org.junit.jupiter.api.Test;

/** The page on monitoring names every attribute, and what it shows as printed was printed. */
class MonitoringPageTest extends FifoTestSupport {

    private static final Path PAGE = Path.of("src/main/docs/fifo-monitoring.adoc");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?m)^\\| `([A-Z]\\w+)` \\|");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)\\[#jmx-example]\n----\n(.*?)----\n");
    /** Neither is printed: one changes with each run, the other is a table. */
    private static final Set<String> NOT_PRINTED = Set.of("LastErrorTime", "Pipes");

    private static Set<String> attributes() {
        return Arrays.stream(ManagedFifoEndpoint.class.getMethods())
                .filter(method -> method.isAnnotationPresent(ManagedAttribute.class)
                        && method.getDeclaringClass() == ManagedFifoEndpoint.class)
                .map(Method::getName)
                .map(name -> name.substring("get".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyAttributeIsInTheTable() throws Exception {
        List<String> named = ATTRIBUTE
                .matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(named).doesNotHaveDuplicates().hasSameElementsAs(attributes());
    }

    @Test
    void theExampleIsWhatAnEndpointShows() throws Exception {
        Path fifo = folder.fifo("orders.fifo");
        start(routes -> routes.from(uri(fifo))
                .filter(routes.body().isEqualTo("two"))
                .throwException(new IllegalArgumentException("two")));
        write(fifo, "one\ntwo\n");
        await().until(() -> endpoint(uri(fifo)).figures().failure().text() != null);

        Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
        assertThat(example.find()).isTrue();
        String inode = String.valueOf(FifoFolder.inode(fifo));
        assertThat(shown(uri(fifo)).replace(folder.path().toString(), "/run").replace(inode, "4711"))
                .isEqualTo(example.group(1));
    }

    private String shown(String uri) throws Exception {
        StringBuilder shown = new StringBuilder();
        for (String attribute : attributes()) {
            if (!NOT_PRINTED.contains(attribute)) {
                shown.append(attribute + " = " + Monitoring.attribute(endpoint(uri), attribute) + "\n");
            }
        }
        return shown.toString();
    }
}
