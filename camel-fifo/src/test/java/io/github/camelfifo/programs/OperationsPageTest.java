package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that the operations page shows as an example is without a test. */
class OperationsPageTest {

    private static final Path TESTS = Path.of("src/test/java/io/github/camelfifo/programs");

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
        List<String> names = OperationsPage.names();

        assertThat(names).hasSizeGreaterThan(15).doesNotHaveDuplicates();
        assertThat(names).allSatisfy(name -> assertThat(tests).contains('"' + name + '"'));
    }

    /** A block without a name is one that no test runs. */
    @Test
    void onlyTheCommandsOfTheRollingRestartAreNotRun() {
        long blocks = OperationsPage.text()
                .lines()
                .filter(line -> line.startsWith("[source,"))
                .count();

        assertThat(blocks).isEqualTo(OperationsPage.names().size() + 1);
    }
}
