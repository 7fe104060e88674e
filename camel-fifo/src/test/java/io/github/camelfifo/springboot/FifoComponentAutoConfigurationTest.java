package io.github.camelfifo.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.FifoConfiguration;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** Applications that Spring Boot configures by itself from what is on the class path. */
@ExtendWith(LeakCheck.class)
class FifoComponentAutoConfigurationTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({CamelAutoConfiguration.class, FifoComponentAutoConfiguration.class})
    static class Application {

        @Bean
        FifoConfiguration shared() {
            FifoConfiguration shared = new FifoConfiguration();
            shared.setChunkSize("4k");
            return shared;
        }

        @Bean
        FifoComponent pipes() {
            return new FifoComponent();
        }
    }

    /** With all that Spring Boot finds on the class path. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Detected {}

    @AfterEach
    void close() {
        application.close();
    }

    private void start(String... properties) {
        start(Application.class, properties);
    }

    private void start(Class<?> root, String... properties) {
        Map<String, Object> given = new HashMap<>();
        given.put("camel.main.jmx-enabled", "false");
        for (String property : properties) {
            given.put(StringHelper.before(property, "="), StringHelper.after(property, "="));
        }
        application.getEnvironment().getPropertySources().addFirst(new MapPropertySource("given", given));
        application.register(root);
        application.refresh();
    }

    private CamelContext context() {
        return application.getBean(CamelContext.class);
    }

    private FifoComponent component() {
        return context().getComponent("fifo", FifoComponent.class);
    }

    @Test
    void aRouteHasTheOptionsOfTheProperties() throws Exception {
        start("camel.component.fifo.max-batch-size=3", "camel.component.fifo.skip-empty-frames=true");
        BlockingQueue<Object> bodies = new LinkedBlockingQueue<>();
        RouteBuilder.addRoutes(
                context(),
                routes -> routes.from("fifo:" + folder.fifo("in"))
                        .process(exchange -> bodies.add(exchange.getMessage().getBody())));
        try (PipeEnd writer = PipeEnd.writing(folder.path("in"))) {
            writer.write("a\n\nb\n");
        }

        assertThat(bodies.poll(60, TimeUnit.SECONDS)).isEqualTo(List.of("a", "b"));
    }

    @Test
    void everyComponentOfTheTypeHasThem() {
        start("camel.component.fifo.worker-threads=7");

        assertThat(context().getComponent("pipes", FifoComponent.class).getWorkerThreads())
                .isEqualTo(7);
    }

    @Test
    void aBeanOfTheApplicationMayBeTheConfiguration() {
        start("camel.component.fifo.configuration=#bean:shared", "camel.component.fifo.configuration.charset=UTF-16");

        assertThat(component().getConfiguration()).isSameAs(application.getBean(FifoConfiguration.class));
        assertThat(component().getConfiguration().getChunkSize()).isEqualTo("4k");
        assertThat(component().getConfiguration().getCharset()).isEqualTo("UTF-16");
    }

    @Test
    void withoutPropertiesThereIsNoComponentUntilSomebodyNeedsIt() {
        start();

        assertThat(context().hasComponent("fifo")).isNull();
        assertThat(component().getConfiguration()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.fifo.enabled=false",
                "camel.component.enabled=false",
                "camel.component.fifo.customizer.enabled=false",
                "camel.component.customizer.enabled=false"
            })
    void theSwitchesOfCamelsStartersSwitchItOff(String off) {
        start(off, "camel.component.fifo.worker-threads=7", "camel.component.fifo.framing=NONE");

        assertThat(component().getWorkerThreads()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "camel.component.enabled, camel.component.fifo.enabled",
        "camel.component.customizer.enabled, camel.component.fifo.customizer.enabled"
    })
    void itsOwnSwitchComesBeforeThatOfAllComponents(String all, String own) {
        start(all + "=false", own + "=true", "camel.component.fifo.worker-threads=7");

        assertThat(component().getWorkerThreads()).isEqualTo(7);
    }

    @Test
    void aWrongPropertyFailsTheStartThoughNoRouteUsesTheComponent() {
        assertThatThrownBy(() -> start("camel.component.fifo.framing=NONE"))
                .rootCause()
                .hasMessageContainingAll("camel.component.fifo.framing", "framing=NONE is not one of LINES");
    }

    @Test
    void itIsFoundByItself() {
        start(Detected.class);

        assertThat(application.getBeansOfType(FifoComponentCustomizer.class)).hasSize(1);
    }
}
