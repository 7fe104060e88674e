package io.github.camelfifo.springboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/**
 * What Spring Boot's tools show of our properties, made from the catalog's JSON, in the form of
 * {@code spring-configuration-metadata.json}.
 */
final class ConfigurationMetadata {

    private static final String PREFIX = "camel.component.fifo";
    private static final String SOURCE = FifoComponentConfiguration.class.getName();
    private static final String SWITCHES = "org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon";

    /** Of what has another name in Java than in the catalog. */
    private static final Map<String, String> TYPES =
            Map.of("boolean", "java.lang.Boolean", "int", "java.lang.Integer", "long", "java.lang.Long");

    private final Map<String, JsonObject> properties = new TreeMap<>();
    private final List<JsonObject> hints = new ArrayList<>();

    ConfigurationMetadata(List<ComponentOptionModel> options) {
        addSwitch("enabled", SOURCE, "Whether to enable auto configuration of the fifo component.");
        addSwitch(
                "customizer.enabled",
                SWITCHES + "$CustomizerProperties",
                "Whether the properties of the fifo component are set on it.");
        options.forEach(this::add);
    }

    /** The file's content. */
    String json() {
        JsonObject all = new JsonObject();
        all.put(
                "groups",
                new JsonArray(List.of(
                        group(PREFIX, SOURCE), group(PREFIX + ".customizer", SWITCHES + "$CustomizerProperties"))));
        all.put("properties", new JsonArray(properties.values()));
        all.put("hints", new JsonArray(hints));
        return Jsoner.prettyPrint(all.toJson(), 2) + "\n";
    }

    private static JsonObject group(String name, String type) {
        JsonObject group = new JsonObject();
        group.put("name", name);
        group.put("type", type);
        group.put("sourceType", SOURCE);
        return group;
    }

    private void addSwitch(String name, String source, String description) {
        JsonObject property = property(PREFIX + "." + name, "java.lang.Boolean", description, source);
        property.put("defaultValue", true);
    }

    private JsonObject property(String name, String type, String description, String source) {
        JsonObject property = new JsonObject();
        property.put("name", name);
        property.put("type", type);
        property.put("description", description);
        property.put("sourceType", source);
        properties.put(name, property);
        return property;
    }

    private void add(ComponentOptionModel option) {
        String name = PREFIX + "." + StringHelper.camelCaseToDash(option.getName());
        JsonObject property = property(name, type(option), option.getDescription(), SOURCE);
        if (option.getDefaultValue() != null) {
            property.put("defaultValue", option.getDefaultValue());
        }
        if (option.isDeprecated()) {
            property.put("deprecated", true);
            JsonObject deprecation = new JsonObject();
            String reason = option.getDeprecationNote();
            if (reason != null && !reason.isEmpty()) {
                deprecation.put("reason", reason);
            }
            property.put("deprecation", deprecation);
        }
        boolean isEnumOfJava = TYPES.get(option.getJavaType()) == null;
        if (option.getEnums() != null && !isEnumOfJava) {
            hints.add(hint(name, option.getEnums()));
        }
    }

    private static JsonObject hint(String name, List<String> accepted) {
        JsonObject hint = new JsonObject();
        hint.put("name", name);
        JsonArray values = new JsonArray();
        for (String each : accepted) {
            JsonObject value = new JsonObject();
            value.put("value", Integer.valueOf(each));
            values.add(value);
        }
        hint.put("values", values);
        return hint;
    }

    private static String type(ComponentOptionModel option) {
        return "duration".equals(option.getType())
                ? "java.time.Duration"
                : TYPES.getOrDefault(option.getJavaType(), option.getJavaType());
    }
}
