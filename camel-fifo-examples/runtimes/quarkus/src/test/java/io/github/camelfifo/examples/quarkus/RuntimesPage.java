package io.github.camelfifo.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page of the component prints about Quarkus. */
final class RuntimesPage {

    private static final Path PAGE = Path.of("../../../camel-fifo/src/main/docs/fifo-runtimes.adoc");

    private RuntimesPage() {}

    /** The block after the comment {@code // quarkus: NAME}, its lines without indentation. */
    static List<String> lines(String name) throws IOException {
        Matcher block = Pattern.compile(
                        "^// quarkus: " + Pattern.quote(name) + "\n(?:\\[[^\n]*]\n)?----\n(.*?)\n----$",
                        Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(PAGE));
        assertThat(block.find()).as(name).isTrue();
        return stripped(block.group(1));
    }

    /** Each line without indentation; empty lines are left out. */
    static List<String> stripped(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** The log without times, in the folder of the page. */
    static List<String> comparable(String log, Path folder) {
        return stripped(log.replace(folder.toString(), "/run/relay")
                .replaceAll("(?m)^\\d\\d:\\d\\d:\\d\\d,\\d+ ", "")
                .replaceAll("\\b(\\d+s)?\\d+ms\\b", "TIME")
                .replaceAll("\\d+\\.\\d+s\\b", "TIME")
                .replaceAll("uptime:\\d+m?s", "uptime:TIME"));
    }
}
