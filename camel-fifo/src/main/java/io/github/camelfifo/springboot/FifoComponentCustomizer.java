package io.github.camelfifo.springboot;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.internal.options.StrictConfigurer;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.apache.camel.support.PropertyBindingSupport;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Sets the options of each component that Camel makes, from the application's properties; Camel calls it. Camel would
 * make the component only when a route needs it, so this makes it at once when there are properties: a wrong one fails
 * the start.
 */
final class FifoComponentCustomizer implements ComponentCustomizer, CamelContextConfiguration {

    private static final String SCHEME = "fifo";

    private final ComponentProperties properties;
    private final Environment environment;

    FifoComponentCustomizer(ComponentProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof FifoComponent && isEnabled();
    }

    private boolean isEnabled() {
        return HierarchicalPropertiesEvaluator.evaluate(
                environment, "camel.component.customizer", FifoComponentConfiguration.PREFIX + ".customizer");
    }

    @Override
    public void configure(String name, Component target) {
        for (Map.Entry<String, String> option : properties.given().entrySet()) {
            set(target, option.getKey(), option.getValue());
        }
    }

    @Override
    public void beforeApplicationStart(CamelContext camelContext) {
        if (!isEnabled()) {
            return;
        }
        Set<String> unknown = properties.unknown();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("The component fifo has no such option: " + String.join(", ", unknown));
        }
        if (!properties.given().isEmpty()) {
            Component unused = camelContext.getComponent(SCHEME);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camelContext) {
        // nothing to do
    }

    /** Spring Boot reports this exception with the file and line of the property. */
    private static void set(Component target, String option, String value) {
        try {
            PropertyBindingSupport.build()
                    .withCamelContext(target.getCamelContext())
                    .withTarget(target)
                    .withConfigurer(target.getComponentPropertyConfigurer())
                    .withIgnoreCase(true)
                    .withMandatory(true)
                    .withProperty(option, value)
                    .bind();
        } catch (PropertyBindingException e) {
            StrictConfigurer options = (StrictConfigurer) target.getComponentPropertyConfigurer();
            throw new InvalidConfigurationPropertyValueException(
                    ComponentProperties.property(option), value, options.explain(e));
        }
    }
}
