package io.github.camelfifo;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Sets the options of a configuration that is a bean of its own, as strictly as those of a component: Camel finds it by the
 * name of the file that names this class. It knows what the component's knows of the configuration that is inside of that.
 */
public final class FifoConfigurationConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {

    private static final StrictConfigurer OPTIONS = StrictConfigurer.OF_COMPONENT;
    /** Those of the component itself leave its configuration unmade. */
    private static final Set<String> NAMES = StrictConfigurer.NAMES.stream()
            .filter(FifoConfigurationConfigurer::isInside)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    /** Camel makes one. */
    public FifoConfigurationConfigurer() {}

    /**
     * Sets an option.
     *
     * @return false when the configuration has no such option
     * @throws IllegalArgumentException when the value is none that it takes; names option and value and what is accepted
     */
    @Override
    public boolean configure(CamelContext camelContext, Object target, String name, Object value, boolean ignoreCase) {
        return isOption(name) && OPTIONS.configure(camelContext, component(target), name, value, ignoreCase);
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return isOption(name) ? OPTIONS.getOptionType(name, ignoreCase) : null;
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return isOption(name) ? OPTIONS.getOptionValue(component(target), name, ignoreCase) : null;
    }

    private static boolean isOption(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isInside(String name) {
        FifoComponent component = new FifoComponent();
        Object unused = OPTIONS.getOptionValue(component, name, false);
        return component.getConfiguration() != null;
    }

    private static FifoComponent component(Object configuration) {
        FifoComponent component = new FifoComponent();
        component.setConfiguration((FifoConfiguration) configuration);
        return component;
    }
}
