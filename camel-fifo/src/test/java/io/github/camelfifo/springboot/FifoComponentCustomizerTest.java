package io.github.camelfifo.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.FifoConfiguration;
import io.github.camelfifo.testing.Catalog;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Every property of an application arrives in the component, and no wrong one does. */
class FifoComponentCustomizerTest {

    private static final String PREFIX = "camel.component.fifo.";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final FifoComponent component = new FifoComponent();
    private final StandardEnvironment environment = new StandardEnvironment();

    /** An option with a value other than its default, and what that is in the component. */
    private record Option(String name, String given, Object value) {

        String dashed() {
            return StringHelper.camelCaseToDash(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Option> options() throws Exception {
        return Catalog.model().getComponentOptions().stream()
                .filter(option -> !option.getName().equals("configuration"))
                .map(FifoComponentCustomizerTest::option)
                .toList();
    }

    static Stream<Option> optionsOfEndpoints() throws Exception {
        List<String> names = Catalog.model().getComponentOptions().stream()
                .filter(option -> option.getConfigurationField() != null)
                .map(ComponentOptionModel::getName)
                .toList();
        return options().stream().filter(option -> names.contains(option.name()));
    }

    /** Those that are checked when they are set; others are checked when the component starts. */
    static Stream<Option> checkedOptions() throws Exception {
        return options().stream().filter(option -> !(option.value() instanceof String));
    }

    private static Option option(ComponentOptionModel option) {
        String name = option.getName();
        Object usual = option.getDefaultValue();
        if (option.getType().equals("duration")) {
            return new Option(name, "1m30s", 90_000L);
        }
        return switch (option.getJavaType()) {
            case "boolean" -> new Option(name, String.valueOf(!(Boolean) usual), !(Boolean) usual);
            case "int" -> new Option(name, "2", 2);
            case "java.lang.String" -> new Option(name, "some " + name, "some " + name);
            default -> {
                String last = option.getEnums().get(option.getEnums().size() - 1);
                assertThat(last).isNotEqualTo(usual);
                yield new Option(name, last, last);
            }
        };
    }

    @AfterEach
    void close() throws IOException {
        context.close();
    }

    private void given(String property, Object value) {
        environment.getPropertySources().addFirst(new MapPropertySource(property, Map.of(property, value)));
    }

    private FifoComponentCustomizer customizer() {
        return new FifoComponentCustomizer(new ComponentProperties(environment), environment);
    }

    private void customize() {
        component.setCamelContext(context);
        customizer().configure("fifo", component);
    }

    private void start() {
        FifoComponentCustomizer customizer = customizer();
        context.getRegistry().bind("customizer", customizer);
        customizer.beforeApplicationStart(context);
        context.start();
    }

    private Object value(String option) {
        Object value = ((PropertyConfigurerGetter) component.getComponentPropertyConfigurer())
                .getOptionValue(component, option, false);
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionWithDashesArrives(Option option) {
        given(PREFIX + option.dashed(), option.given());
        customize();

        assertThat(value(option.name())).isEqualTo(option.value());
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionAsCamelWritesItArrives(Option option) {
        given(PREFIX + option.name(), option.given());
        customize();

        assertThat(value(option.name())).isEqualTo(option.value());
    }

    @ParameterizedTest
    @MethodSource("options")
    void anEnvironmentVariableArrives(Option option) {
        String variable = (PREFIX + option.name()).replace('.', '_').toUpperCase(Locale.ROOT);
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, option.given())));
        customize();

        assertThat(value(option.name())).isEqualTo(option.value());
    }

    @ParameterizedTest
    @MethodSource("optionsOfEndpoints")
    void anOptionInsideOfTheConfigurationArrives(Option option) {
        given(PREFIX + "configuration." + option.dashed(), option.given());
        customize();

        assertThat(value(option.name())).isEqualTo(option.value());
    }

    @ParameterizedTest
    @MethodSource("checkedOptions")
    void aWrongValueIsRefusedByNameAndValue(Option option) {
        given(PREFIX + option.name(), "1k");

        assertThatThrownBy(this::customize)
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, e -> {
                    assertThat(e.getName()).isEqualTo(PREFIX + option.dashed());
                    assertThat(e.getValue()).isEqualTo("1k");
                    assertThat(e.getReason()).startsWith(option.name() + "=1k is not ");
                });
    }

    @Test
    void aWrongValueInsideOfTheConfigurationIsRefusedByNameAndValue() {
        given(PREFIX + "configuration.reader-timeout", "later");

        assertThatThrownBy(this::customize)
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, e -> {
                    assertThat(e.getName()).isEqualTo(PREFIX + "configuration.reader-timeout");
                    assertThat(e.getReason())
                            .isEqualTo("readerTimeout=later is not a time, in milliseconds or such as 30s");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "framing=NONE|camel.component.fifo.framing",
                "worker-threads=0|workerThreads=0 is not 1 or more (component fifo)",
                "charset=no-such|charset=no-such is not a charset of this JVM",
                "base-directory=|baseDirectory= is not the path of a folder",
                "configuration=#bean:none|camel.component.fifo.configuration",
                "reeder-timeout=5s|The component fifo has no such option: camel.component.fifo.reeder-timeout",
                "framing.x=LINES|The component fifo has no such option: camel.component.fifo.framing.x",
                "configuration.x=5s|The component fifo has no such option: camel.component.fifo.configuration.x",
                "configuration.worker-threads=5|camel.component.fifo.configuration.worker-threads"
            })
    void aWrongPropertyFailsTheStartThoughNoRouteUsesTheComponent(String property, String message) {
        given(PREFIX + StringHelper.before(property, "="), StringHelper.after(property, "="));

        assertThatThrownBy(this::start).hasStackTraceContaining(message);
    }

    @Test
    void propertiesThatContradictEachOtherFailTheStart() {
        given(PREFIX + "framing", "CHUNKS");
        given(PREFIX + "max-batch-size", "5");

        assertThatThrownBy(this::start)
                .hasStackTraceContaining(
                        "maxBatchSize=5 does not go with framing=CHUNKS; leave one of them out (component fifo)");
    }

    @Test
    void aNameInTheEnvironmentThatMeansNothingDoesNotFailTheStart() {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "systemEnvironment", Map.of("CAMEL_COMPONENT_FIFO_READER_TIMEOUT", "5s")));
        start();

        assertThat(context.getComponent("fifo", FifoComponent.class)
                        .getConfiguration()
                        .getReaderTimeout())
                .isEqualTo(5_000);
    }

    @Test
    void whatIsNotGivenIsLeftAsItIs() {
        component.setWorkerThreads(7);
        given(PREFIX + "strict", "true");
        customize();

        assertThat(component.getWorkerThreads()).isEqualTo(7);
    }

    @Test
    void aBeanComesBeforeTheOptionsThatAreSetOnIt() {
        FifoConfiguration shared = new FifoConfiguration();
        shared.setChunkSize("4k");
        context.getRegistry().bind("shared", shared);
        given(PREFIX + "configuration", "#bean:shared");
        given(PREFIX + "configuration.max-batch-size", "3");
        given(PREFIX + "charset", "UTF-16");
        customize();

        assertThat(component.getConfiguration()).isSameAs(shared);
        assertThat(shared.getMaxBatchSize()).isEqualTo(3);
        assertThat(shared.getCharset()).isEqualTo("UTF-16");
    }

    @Test
    void aPlaceholderOfCamelsIsResolved() {
        context.getPropertiesComponent().addInitialProperty("size", "3k");
        given(PREFIX + "chunk-size", "{{size}}");
        customize();

        assertThat(Objects.requireNonNull(component.getConfiguration()).getChunkSize())
                .isEqualTo("3k");
    }
}
