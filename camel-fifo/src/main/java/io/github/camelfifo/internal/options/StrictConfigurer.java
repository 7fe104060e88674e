package io.github.camelfifo.internal.options;

import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Sets and reads options by name through the generated configurer, and refuses a value that Camel would change
 * silently. Camel turns a time of {@code later} into 0, which means for ever, and accepts {@code 1m} as a number. The
 * component and the endpoint have one each.
 */
public final class StrictConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {

    private final PropertyConfigurer options;
    private final PropertyConfigurerGetter types;

    /**
     * Wraps the generated configurer, and finds it by name: Camel's plugin generates it only after javac has compiled
     * our classes.
     *
     * @param source the class with the options
     */
    public StrictConfigurer(Class<?> source) {
        try {
            options = Class.forName(source.getName() + "Configurer", true, source.getClassLoader())
                    .asSubclass(PropertyConfigurer.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("camel-fifo was built without its generated classes", e);
        }
        types = (PropertyConfigurerGetter) options;
    }

    /**
     * Sets an option.
     *
     * @throws IllegalArgumentException when the option does not take the value; names option and value and what is
     *     accepted
     */
    @Override
    public boolean configure(CamelContext camelContext, Object target, String name, Object value, boolean ignoreCase) {
        Class<?> type = types.getOptionType(name, ignoreCase);
        if (type != null && value instanceof String text && !OptionSyntax.accepts(type, text)) {
            throw OptionSyntax.refusal(name, text, type);
        }
        try {
            return options.configure(camelContext, target, name, value, ignoreCase);
        } catch (RuntimeException e) {
            IllegalArgumentException refused = OptionSyntax.refusal(name, value, type);
            // not as the cause: Camel and Spring Boot show the first cause, and this one does not help the user
            refused.addSuppressed(e);
            throw refused;
        }
    }

    /** {@return the reason why Camel could not bind a value, with what the option takes} */
    public String explain(PropertyBindingException failure) {
        if (failure.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
            return refused.getMessage();
        }
        String name = failure.getPropertyName();
        Class<?> type = name == null ? null : types.getOptionType(name, true);
        return OptionSyntax.refusal(name, failure.getValue(), type).getMessage();
    }

    /**
     * {@return the options of a target, for checks}
     *
     * @param target the component or the endpoint
     * @param defaults a new one with no option set
     */
    public GivenOptions given(Object target, Object defaults) {
        return new GivenOptions(name -> value(target, name), name -> value(defaults, name));
    }

    private Object value(Object target, String name) {
        Object value = types.getOptionValue(target, name, false);
        Class<?> type = types.getOptionType(name, false);
        if (value == null && type.isEnum()) {
            // only a setter can have set null
            throw OptionSyntax.refusal(name, null, type);
        }
        return value;
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return types.getOptionType(name, ignoreCase);
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return types.getOptionValue(target, name, ignoreCase);
    }
}
