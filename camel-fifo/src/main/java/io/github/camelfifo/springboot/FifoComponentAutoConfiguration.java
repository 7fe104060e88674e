package io.github.camelfifo.springboot;

import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Sets the component's options from the properties {@code camel.component.fifo.*} of a Spring Boot application. Spring
 * Boot finds it through {@code AutoConfiguration.imports}, also where Camel's own auto-configuration is missing: there
 * it must do nothing, and must not refer to a class of Camel's outside of the nested one.
 */
@AutoConfiguration(afterName = FifoComponentAutoConfiguration.CAMEL)
@ConditionalOnClass(name = FifoComponentAutoConfiguration.CAMEL)
public class FifoComponentAutoConfiguration {

    static final String CAMEL = "org.apache.camel.spring.boot.CamelAutoConfiguration";

    /** Spring Boot calls this. */
    public FifoComponentAutoConfiguration() {}

    /** What needs Camel's auto-configuration; Spring Boot loads it only where that is on the class path. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
    @ConditionalOnHierarchicalProperties({"camel.component", FifoComponentConfiguration.PREFIX})
    @EnableConfigurationProperties({ComponentConfigurationProperties.class, FifoComponentConfiguration.class})
    static class OfCamelSpringBoot {

        @Bean
        FifoComponentCustomizer fifoComponentCustomizer(Environment environment) {
            return new FifoComponentCustomizer(new ComponentProperties(environment), environment);
        }
    }
}
