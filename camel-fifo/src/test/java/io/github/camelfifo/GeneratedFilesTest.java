package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What stands in {@code src/generated} is what the build makes of the annotations.
 *
 * <p>The generator writes into the source tree itself and can be told no other place, so the build takes a copy of
 * {@code src/generated} before it generates (pom.xml, {@code before-generating}) and this test compares the two. It
 * needs no git, so it also works in a source archive. It fails in every fresh clone whose committed files are stale;
 * in a working tree it fails once, by when the files are already made anew and only have to be committed.
 */
class GeneratedFilesTest {

    private static final Path GENERATED = Path.of("src/generated");

    @Test
    void theGeneratedFilesAreThoseTheBuildMakes() throws IOException {
        String before = System.getProperty("fifo.generated.before");
        assumeTrue(before != null, "not started by Maven: nothing was generated");

        assertThat(filesIn(GENERATED))
                .as("src/generated was out of date and has been made anew: look at the change and commit it")
                .isNotEmpty()
                .isEqualTo(filesIn(Path.of(before)));
    }

    /** The generator removes nothing; a source left behind fails to compile, a service file would go unnoticed. */
    @Test
    void everyServiceFileNamesAClassThatExists() throws IOException {
        Map<String, String> services = filesIn(GENERATED.resolve("resources/META-INF/services/org/apache/camel"));
        for (Map.Entry<String, String> service : services.entrySet()) {
            Properties properties = new Properties();
            properties.load(new StringReader(service.getValue()));
            String className = properties.getProperty("class");
            if (className != null) {
                assertThat(getClass().getClassLoader().getResource(className.replace('.', '/') + ".class"))
                        .as("class %s, named by %s", className, service.getKey())
                        .isNotNull();
            }
        }
    }

    private static Map<String, String> filesIn(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
