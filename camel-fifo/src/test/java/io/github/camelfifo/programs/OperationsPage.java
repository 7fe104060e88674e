package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The examples of the operations page, as they stand there but for the folder of their pipes. */
final class OperationsPage {

    private static final Path PAGE = Path.of("src/main/docs/fifo-operations.adoc");
    /** Where the pipes of all examples lie. */
    private static final String FOLDER = "/run/shop/";

    private static final Pattern EXAMPLE = Pattern.compile(
            "// example: (?<name>[\\w-]+)\n\\[source,\\w+]\n----\n(?<code>.*?\n)----\n", Pattern.DOTALL);

    private OperationsPage() {}

    /** The whole page. */
    static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all examples. */
    static List<String> names() {
        return examples().stream().map(example -> example.group(1)).toList();
    }

    /** An example as it stands on the page. */
    static String example(String name) {
        List<String> found = examples().stream()
                .filter(example -> example.group(1).equals(name))
                .map(example -> example.group(2))
                .toList();
        assertThat(found).as("example %s", name).hasSize(1);
        return found.get(0);
    }

    /** An example with its pipes in another folder. */
    static String example(String name, Path folder) {
        return example(name).replace(FOLDER, folder + "/");
    }

    private static List<MatchResult> examples() {
        return EXAMPLE.matcher(text()).results().toList();
    }
}
