package io.github.camelfifo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.FifoConfiguration;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Snippets;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of runtimes shows for camel-main, the DSLs and the catalog does what it says. */
class MainExamplesTest extends MainTestSupport {

    private static final Snippets PAGE = Snippets.ofPage("fifo-runtimes.adoc");

    private void expectAnswer(String pipes) {
        try (ShellProcess shell =
                ShellProcess.sh("cd \"$1\"; cat answers & echo 'three apples' > orders; wait", folder.path(pipes))) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(shell.output()).isEqualTo("accepted: three apples\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "xml"})
    void anApplicationOfPropertiesAndAFileOfRoutesAnswers(String language) throws Exception {
        Files.createDirectory(folder.path("routes"));
        Files.writeString(
                folder.path("routes/shop." + language),
                PAGE.get("main", language).in(folder.path()));
        setProperties(PAGE.get("main", "properties").in(folder.path()));

        main.start();

        assertThat(main.getCamelContext().getRoute("shop")).isNotNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path("pipes/orders"))))
                .isEqualTo("rw-rw----");
        expectAnswer("pipes");
    }

    @Test
    void aBeanHoldsTheDefaults() throws Exception {
        setProperties(PAGE.get("main-bean", "properties").in(folder.path()));

        main.start();

        FifoConfiguration defaults =
                main.getCamelContext().getComponent("fifo", FifoComponent.class).getConfiguration();
        assertThat(defaults.getPermissions()).isEqualTo("rw-rw----");
        assertThat(defaults.getReaderTimeout()).isEqualTo(5_000);
    }

    @ParameterizedTest
    @CsvSource({"endpoint-dsl, .", "component-dsl, pipes"})
    void aRouteInJavaAnswers(String example, String pipes) throws Exception {
        main.start();

        load(PAGE.get(example, "java"));

        expectAnswer(pipes);
    }

    @Test
    void theCatalogSaysWhatIsWrong() throws Exception {
        String source = """
                import io.github.camelfifo.FifoComponent;
                import java.io.InputStream;
                import java.nio.charset.StandardCharsets;
                import java.util.concurrent.Callable;
                import org.apache.camel.catalog.CamelCatalog;
                import org.apache.camel.catalog.DefaultCamelCatalog;
                import org.apache.camel.catalog.EndpointValidationResult;

                public class Snippet implements Callable<String> {
                    @Override
                    public String call() throws Exception {
                        %s
                    }
                }
                """.formatted(
                PAGE.get("catalog", "java").code().replaceFirst("System\\.out\\.println\\((.*)\\);", "return $1;"));
        try (URLClassLoader loader = new SnippetCompiler(folder.path()).compile(List.of(source))) {
            Callable<?> snippet = (Callable<?>)
                    loader.loadClass("Snippet").getDeclaredConstructor().newInstance();

            assertThat(snippet.call().toString())
                    .isEqualToNormalizingWhitespace(
                            PAGE.get("catalog-printed", "text").code());
        }
    }
}
