package io.github.camelfifo.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;

/**
 * What Spring Boot's tools show of our properties is what the catalog says of the options. After a change of an option,
 * rewrite the file with
 *
 * <pre>mvn -pl camel-fifo test -Dtest=ConfigurationMetadataTest -Dfifo.docs.update=true</pre>
 */
class ConfigurationMetadataTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    @Test
    void theMetadataAreCurrent() throws IOException {
        String current = new ConfigurationMetadata(Catalog.model().getComponentOptions()).json();
        if (Boolean.getBoolean("fifo.docs.update")) {
            Files.writeString(FILE, current);
            return;
        }
        assertThat(FILE)
                .as("bring it up to date with -Dfifo.docs.update=true")
                .content()
                .isEqualTo(current);
    }

    @Test
    void anOptionHasItsTypeItsDefaultAndItsDescription() throws Exception {
        JsonObject time = property("reader-timeout", Files.readString(FILE));

        assertThat(time)
                .containsEntry("type", "java.time.Duration")
                .containsEntry("defaultValue", "30000")
                .containsEntry("sourceType", FifoComponentConfiguration.class.getName());
        assertThat(time.getString("description")).startsWith("How long a message waits for a reader");
        assertThat(property("framing", Files.readString(FILE)))
                .containsEntry("type", "io.github.camelfifo.frame.Framing")
                .containsEntry("defaultValue", "LINES");
    }

    @Test
    void aDeprecatedOptionSaysSo() throws Exception {
        ComponentOptionModel option = new ComponentOptionModel();
        option.setName("oldOption");
        option.setJavaType("java.lang.String");
        option.setDeprecated(true);
        option.setDeprecationNote("Use another one.");

        JsonObject property = property("old-option", new ConfigurationMetadata(List.of(option)).json());

        assertThat(property)
                .containsEntry("deprecated", true)
                .containsEntry("deprecation", Map.of("reason", "Use another one."));
    }

    private static JsonObject property(String name, String metadata) throws DeserializationException {
        Collection<JsonObject> properties = ((JsonObject) Jsoner.deserialize(metadata)).getCollection("properties");
        return properties.stream()
                .filter(property -> property.getString("name").equals("camel.component.fifo." + name))
                .findFirst()
                .orElseThrow();
    }
}
