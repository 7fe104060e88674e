package io.github.camelfifo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointHeaderModel;
import org.apache.camel.util.StringHelper;

/**
 * The option tables of the component page in AsciiDoc, made from the catalog's JSON, and so from the descriptions that
 * stand at the options themselves.
 */
final class OptionTables {

    private static final String WITH_DEFAULT = """
            [width="100%",cols="2,5,^1,2",options="header"]
            |===
            | Name | Description | Default | Type""";

    private static final String WITHOUT_DEFAULT = """
            [width="100%",cols="2,6,2",options="header"]
            |===
            | Name | Description | Type""";

    private final ComponentModel model;

    OptionTables(ComponentModel model) {
        this.model = model;
    }

    /** The sections of the page by the names that its markers give them. */
    Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("component-options", componentOptions());
        sections.put("endpoint-options", endpointOptions());
        sections.put("headers", headers());
        return sections;
    }

    /** Options that only hand defaults to the endpoints are named, not described a second time. */
    private String componentOptions() {
        Map<Boolean, List<ComponentOptionModel>> options = model.getComponentOptions().stream()
                .collect(Collectors.partitioningBy(option -> option.getConfigurationField() != null));
        String tables = grouped(WITH_DEFAULT, options.get(false), OptionTables::option);
        if (options.get(true).isEmpty()) {
            return tables;
        }
        String names = options.get(true).stream()
                .map(option -> literal(option.getName()))
                .collect(Collectors.joining(", "));
        return tables
                + "\n\nThese options of the endpoint, set on the component, are the defaults of all its endpoints: "
                + names + ".";
    }

    private String endpointOptions() {
        return table("Path", WITHOUT_DEFAULT, model.getEndpointPathOptions(), OptionTables::pathOption)
                + "\n\n"
                + grouped(WITH_DEFAULT, model.getEndpointParameterOptions(), OptionTables::option);
    }

    private String headers() {
        return grouped(WITHOUT_DEFAULT, model.getEndpointHeaders(), OptionTables::header);
    }

    /** One table for each group, in the order in which the JSON first has a member of it. */
    private static <T extends BaseOptionModel> String grouped(String head, List<T> members, Function<T, String> row) {
        Map<String, List<T>> groups = members.stream()
                .collect(Collectors.groupingBy(BaseOptionModel::getGroup, LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(group -> table(StringHelper.capitalize(group.getKey()), head, group.getValue(), row))
                .collect(Collectors.joining("\n\n"));
    }

    private static <T> String table(String title, String head, List<T> members, Function<T, String> row) {
        String rows = members.stream().map(row).collect(Collectors.joining("\n\n"));
        return "." + title + "\n" + head + "\n\n" + rows + "\n|===";
    }

    private static String header(EndpointHeaderModel header) {
        String names = literal(header.getName()) + " +\n" + literal(constant(header.getConstantName()));
        return cells(names, description(header), type(header));
    }

    private static String pathOption(BaseOptionModel option) {
        return cells(name(option), description(option), type(option));
    }

    private static String option(BaseOptionModel option) {
        Object defaultValue = option.getDefaultValue();
        String shown = defaultValue == null ? "" : literal(defaultValue.toString());
        return cells(name(option), description(option), shown, type(option));
    }

    private static String name(BaseOptionModel option) {
        return literal(option.getName()) + (option.isRequired() ? " *required*" : "");
    }

    private static String description(BaseOptionModel option) {
        StringBuilder text = new StringBuilder(option.getDescription().strip());
        if (text.charAt(text.length() - 1) != '.') {
            text.append('.');
        }
        List<String> values = option.getEnums();
        if (values != null && !values.isEmpty()) {
            text.append(" One of ")
                    .append(values.stream().map(OptionTables::literal).collect(Collectors.joining(", ")))
                    .append('.');
        }
        if (option.isDeprecated()) {
            text.append(" *Deprecated.*");
        }
        return text.toString();
    }

    private static String type(BaseOptionModel option) {
        return literal("duration".equals(option.getType()) ? "duration" : option.getShortJavaType());
    }

    private static String constant(String constantName) {
        String className = constantName.substring(0, constantName.indexOf('#'));
        return className.substring(className.lastIndexOf('.') + 1)
                + '.'
                + constantName.substring(className.length() + 1);
    }

    /** Monospaced and not looked into: a default may be {@code rw-------} or {@code \n}. */
    private static String literal(String text) {
        return "`+" + text + "+`";
    }

    private static String cells(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell.isEmpty() ? "|" : "| " + cell.replace("|", "\\|"))
                .collect(Collectors.joining("\n"));
    }
}
