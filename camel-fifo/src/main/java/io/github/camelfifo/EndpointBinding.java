package io.github.camelfifo;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/** Says what an option accepts when Camel could not bind its value; Camel itself names only option and value. */
final class EndpointBinding {

    private EndpointBinding() {}

    /**
     * The same failure with what is accepted.
     *
     * @param  failure    of binding an option of the endpoint
     * @param  path       of the FIFO
     * @param  configurer knows the options' types; may be null
     */
    static IllegalArgumentException explained(
            PropertyBindingException failure, String path, PropertyConfigurer configurer) {
        String option = failure.getPropertyName();
        Class<?> type = configurer instanceof PropertyConfigurerGetter getter && option != null
                ? getter.getOptionType(option, true)
                : null;
        return new IllegalArgumentException(
                option + "=" + failure.getValue() + " is not " + accepted(type) + " (fifo:" + path + ")", failure);
    }

    private static String accepted(Class<?> type) {
        if (type == null) {
            return "a value that this option takes";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == long.class || type == Long.class) {
            return "a time, in milliseconds or such as 30s";
        }
        return "a value of the type " + type.getSimpleName();
    }
}
