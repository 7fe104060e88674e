package io.github.camelfifo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;

/** The options of each kamelet, from the catalog of the component; KameletFilesTest holds the files against them. */
// what List.of and Map.of give never changes
@SuppressWarnings("ImmutableEnumChecker")
enum KameletOptions {
    SOURCE(
            "fifo-source",
            source(List.of("path"), List.of("exclusive", "holdOpen", "autoCreate", "permissions", "deleteOnStop")),
            Map.of("acknowledge", "ON_COMPLETION", "onFailure", "RETRY")),
    FOLDER_SOURCE(
            "fifo-folder-source",
            source(List.of("path", "include", "exclude"), List.of("holdOpen", "autoCreate")),
            Map.of("acknowledge", "ON_COMPLETION", "onFailure", "RETRY", "include", "*")),
    SINK(
            "fifo-sink",
            List.of(
                    "path",
                    "framing",
                    "delimiter",
                    "frameLength",
                    "lengthFieldSize",
                    "charset",
                    "maxFrameLength",
                    "embeddedDelimiter",
                    "noReader",
                    "readerTimeout",
                    "whenFull",
                    "writeTimeout",
                    "atomicity",
                    "holdOpen",
                    "autoCreate",
                    "permissions",
                    "deleteOnStop"),
            Map.of());

    /** What no kamelet offers: what belongs on the component, ends routes, answers, or is for Java alone. */
    static final List<String> NOT_OFFERED = List.of(
            "checkInterval",
            "group",
            "lockFile",
            "owner",
            "pipeCapacity",
            "strict",
            "replyTo",
            "requestTimeout",
            "stopOnEof",
            "bridgeErrorHandler",
            "exceptionHandler",
            "exchangePattern",
            "lazyStartProducer",
            "synchronous");

    /** The value can have characters with a meaning in a URI. A value in RAW() cannot be left out. */
    private static final List<String> RAW = List.of("include");

    /** The component refuses it with the default of framing, also when it has its default value. */
    private static final String NEVER_BY_DEFAULT = "delimiter";

    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("path", "/run/shop/orders"),
            Map.entry("include", "*.fifo"),
            Map.entry("exclude", "*.tmp"),
            Map.entry("delimiter", ";"),
            Map.entry("frameLength", "64"),
            Map.entry("charset", "ISO-8859-1"),
            Map.entry("maxFrameLength", "64k"),
            Map.entry("chunkSize", "4k"),
            Map.entry("retryDelay", "5s"),
            Map.entry("readerTimeout", "5s"),
            Map.entry("writeTimeout", "5s"),
            Map.entry("permissions", "rw-rw----"));

    private final String kamelet;
    private final List<String> names;
    private final Map<String, String> ownDefaults;

    KameletOptions(String kamelet, List<String> names, Map<String, String> ownDefaults) {
        this.kamelet = kamelet;
        this.names = names;
        this.ownDefaults = ownDefaults;
    }

    /** What all sources have, between what one has alone. */
    private static List<String> source(List<String> first, List<String> last) {
        List<String> shared = List.of(
                "framing",
                "delimiter",
                "frameLength",
                "lengthFieldSize",
                "charset",
                "maxFrameLength",
                "oversizedFrame",
                "skipEmptyFrames",
                "bodyType",
                "chunkSize",
                "maxBatchSize",
                "acknowledge",
                "onFailure",
                "retryDelay");
        return Stream.of(first, shared, last).flatMap(List::stream).toList();
    }

    /** One property of a kamelet. A default of null means that the kamelet leaves the option out. */
    record Property(
            String name,
            String title,
            String description,
            String type,
            List<String> values,
            String defaultValue,
            String example) {

        /** How the template hands it to the component. */
        String placeholder() {
            String placeholder =
                    defaultValue == null && !"path".equals(name) ? "{{?" + name + "}}" : "{{" + name + "}}";
            return RAW.contains(name) ? "RAW(" + placeholder + ")" : placeholder;
        }

        /** The property in the definition, as YAML. */
        String definition() {
            List<String> lines = new ArrayList<>(List.of(
                    name + ":", "  title: " + title, "  description: " + quoted(description), "  type: " + type));
            if (!values.isEmpty()) {
                lines.add("  enum: " + values.stream().map(this::literal).collect(Collectors.joining(", ", "[", "]")));
            }
            if (defaultValue != null) {
                lines.add("  default: " + literal(defaultValue));
            }
            if (example != null) {
                lines.add("  example: " + literal(example));
            }
            return String.join("\n", lines);
        }

        private String literal(String value) {
            return "string".equals(type) ? quoted(value) : value;
        }
    }

    String kamelet() {
        return kamelet;
    }

    /** All endpoint options that no kamelet has. */
    static List<String> without(Stream<String> names) {
        return names.filter(name -> Stream.of(values()).noneMatch(each -> each.names.contains(name)))
                .toList();
    }

    List<Property> properties(ComponentModel catalog) {
        return names.stream().map(name -> property(option(catalog, name))).toList();
    }

    /** What the template hands on beside the path. */
    List<Property> options(ComponentModel catalog) {
        return properties(catalog).stream()
                .filter(property -> !"path".equals(property.name()))
                .toList();
    }

    private static EndpointOptionModel option(ComponentModel catalog, String name) {
        return catalog.getEndpointOptions().stream()
                .filter(option -> option.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No option " + name));
    }

    private Property property(EndpointOptionModel option) {
        String name = option.getName();
        boolean isFolder = this == FOLDER_SOURCE && "path".equals(name);
        List<String> values = option.getEnums() == null ? List.of() : option.getEnums();
        return new Property(
                name,
                option.getDisplayName(),
                isFolder
                        ? "The path of the folder, absolute or relative to the working directory. It cannot contain a"
                                + " question mark."
                        : option.getDescription(),
                type(option),
                values,
                ownDefaults.getOrDefault(name, defaultValue(option)),
                isFolder ? "/run/shop" : EXAMPLES.get(name));
    }

    private static String defaultValue(EndpointOptionModel option) {
        Object value = option.getDefaultValue();
        return value == null || option.getName().equals(NEVER_BY_DEFAULT) ? null : value.toString();
    }

    private static String type(EndpointOptionModel option) {
        return switch (option.getJavaType()) {
            case "boolean" -> "boolean";
            case "int" -> "integer";
            default -> "string";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
