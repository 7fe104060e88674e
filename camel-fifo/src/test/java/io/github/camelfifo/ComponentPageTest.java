package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The component page describes the options that there are. After a change of an option, rewrite the page's tables with
 *
 * <pre>mvn -pl camel-fifo test -Dtest=ComponentPageTest -Dfifo.docs.update=true</pre>
 */
class ComponentPageTest {

    private static final Path PAGE = Path.of("src/main/docs/fifo-component.adoc");

    @Test
    void theOptionTablesAreCurrent() throws IOException {
        String page = Files.readString(PAGE);
        String current = page;
        for (Map.Entry<String, String> section :
                new OptionTables(Catalog.model()).sections().entrySet()) {
            current = replace(current, section.getKey(), section.getValue());
        }
        if (Boolean.getBoolean("fifo.docs.update")) {
            Files.writeString(PAGE, current);
            return;
        }
        assertThat(page)
                .as("%s; bring it up to date with -Dfifo.docs.update=true", PAGE)
                .isEqualTo(current);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jnr-constants", "jnr-ffi"})
    void theVersionsOfJnrAreThoseOfTheBuild(String artifact) throws IOException {
        Properties versions = new Properties();
        try (InputStream resolved = Posix.class.getResourceAsStream("jnr-versions.properties")) {
            versions.load(resolved);
        }
        String dependency = "<artifactId>%s</artifactId>\n    <version>%s</version>";

        assertThat(Files.readString(PAGE)).contains(dependency.formatted(artifact, versions.getProperty(artifact)));
    }

    private static String replace(String page, String name, String tables) {
        String start = "// " + name + ": START\n";
        String end = "\n// " + name + ": END\n";
        assertThat(page).containsOnlyOnce(start).containsOnlyOnce(end);
        return page.substring(0, page.indexOf(start) + start.length()) + tables + page.substring(page.indexOf(end));
    }
}
