package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The jar that users get: the build runs this class with the packaged jar in the place of the compiled classes. */
class PackagedJarIT {

    private static final String CONSOLES = "META-INF/services/org/apache/camel/dev-console/";

    private static Path jar() throws Exception {
        return Path.of(FifoComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static List<String> entries() throws Exception {
        try (JarFile jar = new JarFile(jar().toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void itIsTheJar() throws Exception {
        assertThat(jar()).isRegularFile().asString().endsWith(".jar");
    }

    /** Camel looks for consoles in the folder, and finds no folder in a jar that has only files. */
    @Test
    void itHasTheFolderInWhichCamelLooksForConsoles() throws Exception {
        assertThat(entries()).contains(CONSOLES, CONSOLES + "fifo");
    }

    @Test
    void camelFindsTheConsoleInItAmongAllOthers() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            DevConsoleRegistry registry = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
            registry.loadDevConsoles();

            assertThat(registry.stream()).anyMatch(FifoDevConsole.class::isInstance);
        }
    }

    /** By which Quarkus, Spring Boot and Camel's kamelets find it. */
    @Test
    void itHasWhatOtherRuntimesLookFor() throws Exception {
        assertThat(entries())
                .contains(
                        "META-INF/jandex.idx",
                        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
                        "META-INF/spring-configuration-metadata.json",
                        "kamelets/fifo-source.kamelet.yaml",
                        "kamelets/fifo-folder-source.kamelet.yaml",
                        "kamelets/fifo-sink.kamelet.yaml");
    }

    @Test
    void itHasNoFileInItsRootThatAnotherComponentsJarHasToo() throws Exception {
        assertThat(entries()).filteredOn(entry -> !entry.contains("/")).isEmpty();
    }
}
