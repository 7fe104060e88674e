package io.github.camelfifo.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page prints is what the application has that is tested. */
class RuntimesPageTest {

    private static final Path PAGE = Path.of("src/main/docs/fifo-runtimes.adoc");
    private static final Path APPLICATION = Path.of("../camel-fifo-examples/runtimes/spring-boot/src/main/resources");

    @ParameterizedTest
    @ValueSource(strings = {"application.yaml", "camel/routes.yaml"})
    void theFilesOfTheApplicationAreOnThePage(String file) throws IOException {
        assertThat(PAGE).content().contains("----\n" + Files.readString(APPLICATION.resolve(file)) + "----\n");
    }
}
