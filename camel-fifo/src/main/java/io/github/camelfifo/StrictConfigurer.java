package io.github.camelfifo;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.PropertyConfigurerSupport;

/**
 * Sets options as the generated configurer does, and refuses what that would make something else of. Camel's own conversion
 * leaves out what it does not understand, so that {@code later} becomes a time of 0, for ever; it takes {@code 1m} for a time
 * where a number is wanted, and does not say what it accepts. What kind of value an option has, the generated one knows.
 */
final class StrictConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {

    private static final Pattern TIME =
            Pattern.compile("-?\\d{1,18}|(?=.)(\\d{1,10}d)?(\\d{1,10}h)?(\\d{1,10}m)?(\\d{1,10}s)?(\\d{1,10}ms)?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final String OURS = StrictConfigurer.class.getPackageName();

    /** Of a component's options. */
    static final StrictConfigurer OF_COMPONENT = new StrictConfigurer(FifoComponent.class);
    /** Of an endpoint's. */
    static final StrictConfigurer OF_ENDPOINT = new StrictConfigurer(FifoEndpoint.class);
    /** Of the options of an endpoint. */
    static final Set<String> NAMES = generated(FifoEndpoint.class, "UriFactory", EndpointUriFactory.class)
            .propertyNames();

    private final PropertyConfigurer options;
    private final PropertyConfigurerGetter types;

    private StrictConfigurer(Class<?> source) {
        options = generated(source, "Configurer", PropertyConfigurer.class);
        types = (PropertyConfigurerGetter) options;
    }

    /** By its name, because what is written by hand is compiled before the rest is generated from it. */
    private static <T> T generated(Class<?> source, String suffix, Class<T> type) {
        try {
            return type.cast(Class.forName(source.getName() + suffix, true, source.getClassLoader())
                    .getConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("camel-fifo was built without its generated classes", e);
        }
    }

    /**
     * Sets an option.
     *
     * @throws IllegalArgumentException when the value is none that it takes; names option and value and what is accepted
     */
    @Override
    public boolean configure(CamelContext camelContext, Object target, String name, Object value, boolean ignoreCase) {
        Class<?> type = types.getOptionType(name, ignoreCase);
        if (type != null && value instanceof String text && !isAccepted(type, text)) {
            throw new IllegalArgumentException(refusal(name, text, type));
        }
        try {
            return options.configure(camelContext, target, name, value, ignoreCase);
        } catch (RuntimeException e) {
            IllegalArgumentException refused = new IllegalArgumentException(refusal(name, value, type));
            // not the cause: what Camel or Spring Boot shows is the first one, which says nothing to whoever gave the
            // value
            refused.addSuppressed(e);
            throw refused;
        }
    }

    /**
     * Looks for what only a setter can have done: to leave an option without a value that cannot be without.
     *
     * @throws IllegalArgumentException naming option and value and what is accepted
     */
    void requireValues(Object target) {
        for (String name : NAMES) {
            Class<?> type = types.getOptionType(name, false);
            boolean needsValue = type != null && type.isEnum() && type.getName().startsWith(OURS);
            if (needsValue && types.getOptionValue(target, name, false) == null) {
                throw new IllegalArgumentException(refusal(name, null, type));
            }
        }
    }

    /** What an option takes that Camel could not bind a value to; {@link #configure} has said so, unless it came before. */
    String explain(PropertyBindingException failure) {
        if (failure.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
            return refused.getMessage();
        }
        String name = failure.getPropertyName();
        return refusal(name, failure.getValue(), name == null ? null : types.getOptionType(name, true));
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return types.getOptionType(name, ignoreCase);
    }

    @Override
    public String[] getAutowiredNames() {
        return types.getAutowiredNames();
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return types.getCollectionValueType(target, name, ignoreCase);
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return types.getOptionValue(target, name, ignoreCase);
    }

    /** A reference to a bean, and what Camel's tools put in the place of a value, is not looked at. */
    private static boolean isAccepted(Class<?> type, String text) {
        if (EndpointHelper.isReferenceParameter(text) || text.equals(PropertyConfigurerSupport.MAGIC_VALUE)) {
            return true;
        }
        if (type == long.class) {
            return TIME.matcher(text).matches();
        }
        return type != int.class || NUMBER.matcher(text).matches();
    }

    private static String refusal(String option, Object value, Class<?> type) {
        return option + "=" + value + " is not " + accepted(type);
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
