package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.FifoConfiguration;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every property arrives in the component of an application; a wrong one ends its start with a report. */
class OptionsRuntimeTest {

    private static final String PREFIX = "camel.component.fifo.";

    @Configuration(proxyBeanMethods = false)
    static class Shared {

        @Bean
        FifoConfiguration shared() {
            return new FifoConfiguration();
        }
    }

    /** Options that go with each other, each with what it is in the component. */
    private record Group(Map<String, String> given, Map<String, Object> values) {

        Group() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        Group with(String option, String text, Object value) {
            given.put(option, text);
            values.put(option, value);
            return this;
        }

        Group with(String option, String text) {
            return with(option, text, text);
        }

        @Override
        public String toString() {
            return given.keySet().toString();
        }
    }

    static List<Group> groups() {
        return List.of(
                new Group()
                        .with("acknowledge", "ON_COMPLETION")
                        .with("atomicity", "LOCK")
                        .with("autoCreate", "false", false)
                        .with("autowiredEnabled", "false", false)
                        .with("baseDirectory", "/tmp")
                        .with("bodyType", "BYTES")
                        .with("bridgeErrorHandler", "true", true)
                        .with("charset", "ISO-8859-1")
                        .with("checkInterval", "5s", 5_000L)
                        .with("chunkSize", "3k")
                        .with("embeddedDelimiter", "FAIL")
                        .with("group", "root")
                        .with("healthCheckConsumerEnabled", "false", false)
                        .with("healthCheckProducerEnabled", "false", false)
                        .with("lazyStartProducer", "true", true)
                        .with("maxBatchSize", "5", 5)
                        .with("maxFrameLength", "2k")
                        .with("noReader", "DISCARD")
                        .with("onFailure", "RETRY")
                        .with("oversizedFrame", "TRUNCATE")
                        .with("owner", "0")
                        .with("permissions", "rw-rw----")
                        .with("pipeCapacity", "128k")
                        .with("readerTimeout", "1m30s", 90_000L)
                        .with("retryDelay", "2s", 2_000L)
                        .with("skipEmptyFrames", "true", true)
                        .with("strict", "true", true)
                        .with("synchronous", "true", true)
                        .with("whenFull", "FAIL")
                        .with("workerThreads", "7", 7)
                        .with("writeTimeout", "7000", 7_000L),
                new Group().with("framing", "DELIMITED").with("delimiter", ";").with("holdOpen", "true", true),
                new Group().with("framing", "FIXED").with("frameLength", "16").with("stopOnEof", "true", true),
                new Group()
                        .with("framing", "LENGTH_PREFIXED")
                        .with("lengthFieldSize", "2", 2)
                        .with("deleteOnStop", "true", true),
                new Group().with("replyTo", "/tmp/replies").with("requestTimeout", "5s", 5_000L),
                new Group().with("include", "*.fifo").with("exclude", "*.tmp"),
                new Group().with("exclusive", "true", true).with("lockFile", "/tmp/lock"));
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        Stream<String> withoutRoutes = Stream.of(
                "--spring.main.web-application-type=none",
                "--spring.config.name=none",
                "--camel.main.jmx-enabled=false",
                "--camel.main.routes-include-pattern=false");
        return new SpringApplicationBuilder(Application.class, Shared.class)
                .run(Stream.concat(withoutRoutes, Stream.of(arguments)).toArray(String[]::new));
    }

    private static FifoComponent component(ConfigurableApplicationContext application) {
        return application.getBean(CamelContext.class).getComponent("fifo", FifoComponent.class);
    }

    @Test
    void everyOptionOfTheCatalogIsInOneOfTheGroups() throws Exception {
        try (InputStream json = getClass().getResourceAsStream("/META-INF/io/github/camelfifo/fifo.json")) {
            JsonObject catalog =
                    (JsonObject) Jsoner.deserialize(new String(json.readAllBytes(), StandardCharsets.UTF_8));
            List<String> names = catalog.getMap("componentProperties").keySet().stream()
                    .map(Object::toString)
                    .filter(name -> !name.equals("configuration"))
                    .toList();

            assertThat(groups().stream().flatMap(group -> group.given().keySet().stream()))
                    .containsOnlyOnceElementsOf(names.stream()
                            .filter(name -> !name.equals("framing"))
                            .toList())
                    .hasSameElementsAs(names);
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void optionsArrive(Group group) {
        String[] arguments = group.given().entrySet().stream()
                .map(option -> "--" + PREFIX + StringHelper.camelCaseToDash(option.getKey()) + "=" + option.getValue())
                .toArray(String[]::new);
        try (ConfigurableApplicationContext application = start(arguments)) {
            FifoComponent component = component(application);
            PropertyConfigurerGetter options = (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
            group.values().forEach((option, value) -> {
                Object arrived = options.getOptionValue(component, option, false);
                assertThat(arrived instanceof Enum<?> constant ? constant.name() : arrived)
                        .as(option)
                        .isEqualTo(value);
            });
        }
    }

    @Test
    void aBeanMayBeTheConfigurationAndItsOptionsMayBeGivenToo() {
        try (ConfigurableApplicationContext application =
                start("--" + PREFIX + "configuration=#bean:shared", "--" + PREFIX + "configuration.chunk-size=4k")) {
            assertThat(component(application).getConfiguration())
                    .isSameAs(application.getBean(FifoConfiguration.class));
            assertThat(component(application).getConfiguration().getChunkSize()).isEqualTo("4k");
        }
    }

    @Test
    void switchedOffItLeavesTheComponentAsItIs() {
        try (ConfigurableApplicationContext application =
                start("--" + PREFIX + "enabled=false", "--" + PREFIX + "worker-threads=7")) {
            assertThat(component(application).getWorkerThreads()).isEqualTo(64);
        }
        try (ConfigurableApplicationContext application =
                start("--" + PREFIX + "customizer.enabled=false", "--" + PREFIX + "worker-threads=7")) {
            assertThat(component(application).getWorkerThreads()).isEqualTo(64);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aWrongValueEndsTheStartWithAReport(CapturedOutput output) {
        assertThatThrownBy(() -> start("--" + PREFIX + "reader-timeout=later"))
                .rootCause()
                .hasMessageContaining("readerTimeout=later");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Invalid value 'later' for configuration property 'camel.component.fifo.reader-timeout'")
                .contains("readerTimeout=later is not a time, in milliseconds or such as 30s");
    }
}
