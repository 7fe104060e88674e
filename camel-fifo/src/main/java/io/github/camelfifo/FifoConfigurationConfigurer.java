package io.github.camelfifo;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Sets the options of a configuration that is a separate bean, as strictly as those of a component. Camel finds it
 * through the file in {@code META-INF} that names this class. It puts the configuration into a component and sets the
 * option there.
 */
public final class FifoConfigurationConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {

    /** Camel calls this. */
    public FifoConfigurationConfigurer() {}

    /**
     * Sets an option.
     *
     * @return false when the configuration has no such option
     * @throws IllegalArgumentException when the option does not take the value; names option and value and what is
     *     accepted
     */
    @Override
    public boolean configure(CamelContext camelContext, Object target, String name, Object value, boolean ignoreCase) {
        return isOption(name)
                && FifoComponent.OPTIONS.configure(camelContext, component(target), name, value, ignoreCase);
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return isOption(name) ? FifoComponent.OPTIONS.getOptionType(name, ignoreCase) : null;
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return isOption(name) ? FifoComponent.OPTIONS.getOptionValue(component(target), name, ignoreCase) : null;
    }

    /** A component makes its configuration when it is asked for one of the configuration's options, and only then. */
    private static boolean isOption(String name) {
        FifoComponent component = new FifoComponent();
        Object unused = FifoComponent.OPTIONS.getOptionValue(component, name, true);
        return component.getConfiguration() != null;
    }

    private static FifoComponent component(Object configuration) {
        FifoComponent component = new FifoComponent();
        component.setConfiguration((FifoConfiguration) configuration);
        return component;
    }
}
