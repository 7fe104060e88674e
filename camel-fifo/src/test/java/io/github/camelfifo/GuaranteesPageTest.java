package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees names tests that there are. */
class GuaranteesPageTest {

    private static final Path PAGE = Path.of("src/main/docs/fifo-guarantees.adoc");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");

    @Test
    void everyTestThatThePageNamesIsThere() throws Exception {
        List<MatchResult> named = TEST.matcher(Files.readString(PAGE)).results().toList();
        List<String> missing = new ArrayList<>();
        for (MatchResult test : named) {
            if (!isThere(test.group(1), test.group(2))) {
                missing.add(test.group());
            }
        }

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(missing).isEmpty();
    }

    private static boolean isThere(String testClass, String method) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file = files.filter(path -> path.endsWith(testClass + ".java"))
                    .findFirst()
                    .orElse(null);
            return file != null && (method == null || Files.readString(file).contains("void " + method + "("));
        }
    }
}
