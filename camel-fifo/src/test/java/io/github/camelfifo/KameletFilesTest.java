package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The kamelets offer the component's options, and the page shows them. After a change of an option or of the version,
 * rewrite both with
 *
 * <pre>mvn -pl camel-fifo test -Dtest=KameletFilesTest -Dfifo.docs.update=true</pre>
 */
class KameletFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/kamelets");
    private static final Path PAGE = Path.of("src/main/docs/fifo-runtimes.adoc");

    private static final String PREFIX = "camel.apache.org/";

    private static Path file(KameletOptions kamelet) {
        return FOLDER.resolve(kamelet.kamelet() + ".kamelet.yaml");
    }

    @ParameterizedTest
    @EnumSource
    void namesTypesValuesDefaultsAndDescriptionsAreTheComponents(KameletOptions kamelet) throws IOException {
        String text = Files.readString(file(kamelet));
        List<KameletOptions.Property> properties = kamelet.properties(Catalog.model());
        String current = section(text, "properties", properties, KameletOptions.Property::definition);
        current = section(
                current,
                "parameters",
                kamelet.options(Catalog.model()),
                each -> each.name() + ": \"" + each.placeholder() + '"');
        current = current.replaceAll(
                "(catalog\\.version: \"|:camel-fifo:)[^\"]+",
                "$1" + Catalog.model().getVersion());

        assertCurrent(file(kamelet), text, current);
    }

    @Test
    void everyOptionIsOfferedOrLeftOutOnPurpose() throws IOException {
        assertThat(KameletOptions.without(
                        Catalog.model().getEndpointOptions().stream().map(BaseOptionModel::getName)))
                .containsExactlyInAnyOrderElementsOf(KameletOptions.NOT_OFFERED);
        assertThat(sinkOrSource(KameletOptions.SINK, "consumer")).isEmpty();
        assertThat(sinkOrSource(KameletOptions.SOURCE, "producer")).isEmpty();
        assertThat(sinkOrSource(KameletOptions.FOLDER_SOURCE, "producer")).isEmpty();
    }

    private static List<String> sinkOrSource(KameletOptions kamelet, String group) throws IOException {
        return Catalog.model().getEndpointOptions().stream()
                .filter(option -> option.getGroup().startsWith(group))
                .map(BaseOptionModel::getName)
                .filter(name ->
                        map(yaml(kamelet), "spec", "definition", "properties").containsKey(name))
                .toList();
    }

    /** The keys are those of the custom resource definition and of Apache's catalog. */
    @ParameterizedTest
    @EnumSource
    void theFormIsThatOfApachesCatalog(KameletOptions kamelet) throws IOException {
        Map<String, Object> yaml = yaml(kamelet);
        String type = kamelet == KameletOptions.SINK ? "sink" : "source";

        assertThat(yaml).containsOnlyKeys("apiVersion", "kind", "metadata", "spec");
        assertThat(yaml).containsEntry("apiVersion", "camel.apache.org/v1").containsEntry("kind", "Kamelet");
        assertThat(map(yaml, "metadata")).containsOnlyKeys("name", "annotations", "labels");
        assertThat(map(yaml, "metadata")).containsEntry("name", kamelet.kamelet());
        assertThat(map(yaml, "metadata", "labels")).containsExactly(Map.entry(PREFIX + "kamelet.type", type));
        assertThat(map(yaml, "spec")).containsOnlyKeys("definition", "dependencies", "template");
        Map<String, Object> definition = map(yaml, "spec", "definition");
        assertThat(definition).containsOnlyKeys("title", "description", "required", "type", "properties");
        assertThat(definition).containsEntry("type", "object").containsEntry("required", List.of("path"));
        assertThat(map(definition, "properties").keySet())
                .containsExactlyElementsOf(kamelet.properties(Catalog.model()).stream()
                        .map(KameletOptions.Property::name)
                        .toList());
        assertThat(map(definition, "properties").values())
                .allSatisfy(property -> assertThat(property)
                        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                        .containsKeys("title", "description", "type")
                        .extracting(Map::keySet, InstanceOfAssertFactories.SET)
                        .isSubsetOf("title", "description", "type", "enum", "default", "example"));
        assertThat(map(yaml, "spec").get("dependencies"))
                .isEqualTo(List.of(
                        "camel:core",
                        "camel:kamelet",
                        "mvn:io.github.camelfifo:camel-fifo:" + Catalog.model().getVersion()));
    }

    @ParameterizedTest
    @EnumSource
    void theAnnotationsAreThoseThatToolsRead(KameletOptions kamelet) throws IOException {
        Map<String, Object> annotations = map(yaml(kamelet), "metadata", "annotations");

        assertThat(annotations)
                .containsOnlyKeys(Stream.of(
                                "kamelet.support.level",
                                "catalog.version",
                                "kamelet.icon",
                                "provider",
                                "kamelet.group",
                                "kamelet.namespace")
                        .map(PREFIX::concat)
                        .toArray(String[]::new));
        assertThat(annotations)
                .containsEntry(
                        PREFIX + "kamelet.support.level",
                        Catalog.model().getSupportLevel().toString())
                .containsEntry(PREFIX + "catalog.version", Catalog.model().getVersion())
                .containsEntry(PREFIX + "provider", "The camel-fifo developers");
        String icon = (String) annotations.get(PREFIX + "kamelet.icon");
        String begin = "data:image/svg+xml;base64,";
        assertThat(icon).startsWith(begin);
        assertThat(new String(Base64.getDecoder().decode(icon.substring(begin.length())), StandardCharsets.UTF_8))
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .endsWith("</svg>");
    }

    @Test
    void thePageShowsTheProperties() throws IOException {
        String page = Files.readString(PAGE);
        String current = page;
        for (KameletOptions kamelet : KameletOptions.values()) {
            current =
                    replace(current, "// " + kamelet.kamelet() + ": ", "", table(kamelet.properties(Catalog.model())));
        }

        assertCurrent(PAGE, page, current);
    }

    private static String table(List<KameletOptions.Property> properties) {
        String head = """
                [width="100%",cols="2,5,^1,1",options="header"]
                |===
                | Property | Description | Default | Type

                """;
        return properties.stream()
                .map(property -> Stream.of(
                                "`+" + property.name() + "+`" + ("path".equals(property.name()) ? " *required*" : ""),
                                described(property),
                                property.defaultValue() == null ? "" : "`+" + property.defaultValue() + "+`",
                                "`+" + property.type() + "+`")
                        .map(cell -> cell.isEmpty() ? "|" : "| " + cell.replace("|", "\\|"))
                        .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n\n", head, "\n|===\n"));
    }

    private static String described(KameletOptions.Property property) {
        String values = property.values().isEmpty()
                ? ""
                : property.values().stream()
                        .map(value -> "`+" + value + "+`")
                        .collect(Collectors.joining(", ", " One of ", "."));
        return property.description() + values;
    }

    private static void assertCurrent(Path file, String text, String current) throws IOException {
        if (Boolean.getBoolean("fifo.docs.update")) {
            Files.writeString(file, current);
            return;
        }
        assertThat(text)
                .as("%s; bring it up to date with -Dfifo.docs.update=true", file)
                .isEqualTo(current);
    }

    private static String section(
            String text,
            String name,
            List<KameletOptions.Property> properties,
            Function<KameletOptions.Property, String> lines) {
        String marker = "# " + name + ": ";
        int line = text.indexOf(marker + "START");
        String indent = text.substring(text.lastIndexOf('\n', line) + 1, line);
        String block = properties.stream()
                .map(lines)
                .flatMap(each -> Arrays.stream(each.split("\n")))
                .map(each -> indent + each + "\n")
                .collect(Collectors.joining());
        return replace(text, marker, indent, block);
    }

    private static String replace(String text, String marker, String indent, String block) {
        String start = marker + "START\n";
        String end = indent + marker + "END\n";
        assertThat(text).containsOnlyOnce(start).containsOnlyOnce(end);
        return text.substring(0, text.indexOf(start) + start.length()) + block + text.substring(text.indexOf(end));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> yaml(KameletOptions kamelet) {
        try {
            return (Map<String, Object>)
                    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file(kamelet)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String... keys) {
        Map<String, Object> found = of;
        for (String key : keys) {
            found = (Map<String, Object>) found.get(key);
        }
        return found;
    }
}
