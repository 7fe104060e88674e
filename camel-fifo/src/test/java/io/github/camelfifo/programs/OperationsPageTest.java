package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.Snippets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that the operations page shows as an example is without a test. */
class OperationsPageTest {

    private static final Path TESTS = Path.of("src/test/java/io/github/camelfifo/programs");

    private static final List<String> NAMES =
            ProgramTestSupport.PAGE.all().stream().map(Snippets.Snippet::name).toList();

    private static String tests() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(TESTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void everyExampleIsUsedByATest() throws Exception {
        String tests = tests();

        assertThat(NAMES).hasSizeGreaterThan(15).doesNotHaveDuplicates();
        assertThat(NAMES).allSatisfy(name -> assertThat(tests).contains('"' + name + '"'));
    }

    /** A block without a name is one that no test runs. */
    @Test
    void onlyTheCommandsOfTheRollingRestartAreNotRun() throws Exception {
        long blocks = Files.readString(Path.of("src/main/docs/fifo-operations.adoc"))
                .lines()
                .filter(line -> line.startsWith("[source,"))
                .count();

        assertThat(blocks).isEqualTo(NAMES.size() + 1);
    }
}
