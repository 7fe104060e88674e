package io.github.camelfifo.internal.options;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.PropertyConfigurerSupport;

/** Which texts an option takes, by its type; {@link StrictConfigurer} asks before it sets an option. */
final class OptionSyntax {

    private static final Pattern TIME =
            Pattern.compile("-?\\d{1,18}|(?=.)(\\d{1,10}d)?(\\d{1,10}h)?(\\d{1,10}m)?(\\d{1,10}s)?(\\d{1,10}ms)?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    private OptionSyntax() {}

    /** Also true for a reference to a bean, and for the placeholder that Camel's tools write instead of a value. */
    static boolean accepts(Class<?> type, String text) {
        if (EndpointHelper.isReferenceParameter(text) || text.equals(PropertyConfigurerSupport.MAGIC_VALUE)) {
            return true;
        }
        if (type == long.class) {
            return TIME.matcher(text).matches();
        }
        return type != int.class || NUMBER.matcher(text).matches();
    }

    /**
     * {@return an exception that names the option, the value and what is accepted}
     *
     * @param type null when Camel does not know the option
     */
    static IllegalArgumentException refusal(String option, Object value, Class<?> type) {
        return new IllegalArgumentException(option + "=" + value + " is not " + accepted(type));
    }

    private static String accepted(Class<?> type) {
        if (type == null || type == String.class) {
            return "a value that this option takes";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == long.class) {
            return "a time, in milliseconds or such as 30s";
        }
        return type == int.class
                ? "a whole number"
                : "a bean of the type " + type.getSimpleName() + ", such as #bean:name";
    }
}
