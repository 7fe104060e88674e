package io.github.camelfifo.springboot;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The properties {@code camel.component.fifo.*} of an application; {@link FifoComponentCustomizer} asks for them. */
final class ComponentProperties {

    private static final String BEAN = "configuration";
    private static final ConfigurationPropertyName PREFIX =
            ConfigurationPropertyName.of(FifoComponentConfiguration.PREFIX);

    /** Of Camel's starters, and read by Camel's conditions. */
    private static final Set<String> SWITCHES = Set.of("enabled", "customizer");

    private final Environment environment;

    ComponentProperties(Environment environment) {
        this.environment = environment;
    }

    /**
     * The options that are given, by their names, in the order in which they must be set: a configuration that is a bean
     * replaces all that was set before.
     */
    Map<String, String> given() {
        Stream<String> inOrder = Stream.of(
                        Stream.of(BEAN),
                        options().map(option -> BEAN + "." + option),
                        options().filter(option -> !option.equals(BEAN)))
                .flatMap(options -> options);
        Map<String, String> given = new LinkedHashMap<>();
        Binder binder = Binder.get(environment);
        inOrder.forEach(
                option -> binder.bind(property(option), String.class).ifBound(value -> given.put(option, value)));
        return given;
    }

    /** {@return the full name of the property that sets an option} */
    static String property(String option) {
        return PREFIX + "." + dashed(option);
    }

    /** {@return the names of properties that set nothing, without those of environment variables, which are ambiguous} */
    Set<String> unknown() {
        Set<String> options = options()
                .map(option -> ConfigurationPropertyName.of(dashed(option)).getElement(0, Form.UNIFORM))
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names && !isOfTheSystem(source)) {
                names.filter(PREFIX::isAncestorOf).stream()
                        .filter(name -> !isKnown(name, options))
                        .forEach(name -> unknown.add(name.toString()));
            }
        }
        return unknown;
    }

    private static boolean isKnown(ConfigurationPropertyName name, Set<String> options) {
        int depth = PREFIX.getNumberOfElements();
        String first = name.getElement(depth, Form.UNIFORM);
        if (SWITCHES.contains(first)) {
            return true;
        }
        boolean isNested = name.getNumberOfElements() > depth + 1;
        return options.contains(first)
                && (!isNested || (first.equals(BEAN) && options.contains(name.getElement(depth + 1, Form.UNIFORM))));
    }

    /** In an environment variable, an underscore is a dot or a dash. */
    private static boolean isOfTheSystem(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    private static Stream<String> options() {
        return Stream.of(FifoComponentConfiguration.class.getRecordComponents()).map(RecordComponent::getName);
    }

    private static String dashed(String name) {
        return StringHelper.camelCaseToDash(name);
    }
}
