package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.testing.Catalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each option that the catalog lists for the component arrives when an application of camel-main sets it. That bad values
 * fail the start is tested by {@link ComponentOptionsTest}.
 */
class MainOptionsTest extends FifoTestSupport {

    private static final String PREFIX = "camel.component.fifo.";
    private static final String CONFIGURATION = "configuration";
    private static final Path BASE = Path.of("/tmp/pipes");

    /** What is set, and what is expected of the component's own option of that name. */
    private record Setting(String name, String text, Object value, String with) {

        /** The property for an option: with dashes, as in the documentation. */
        private static String property(String prefix, String name) {
            return PREFIX + prefix + StringHelper.camelCaseToDash(name);
        }

        void set(Main main, String prefix) {
            main.addInitialProperty(property(prefix, name), text);
            Stream.of(with.split("&", -1))
                    .filter(each -> !each.isEmpty())
                    .map(each -> each.split("=", 2))
                    .forEach(each -> main.addInitialProperty(property(prefix, each[0]), each[1]));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The options that are for the component alone; all but the configuration, which the others reach. */
    static Stream<Setting> ofTheComponent() {
        return Stream.of(
                new Setting("baseDirectory", BASE.toString(), BASE.toString(), ""),
                new Setting("workerThreads", "7", 7, ""),
                new Setting("bridgeErrorHandler", "true", true, ""),
                new Setting("lazyStartProducer", "true", true, ""),
                new Setting("autowiredEnabled", "false", false, ""),
                new Setting("healthCheckConsumerEnabled", "false", false, ""),
                new Setting("healthCheckProducerEnabled", "false", false, ""));
    }

    static Stream<Setting> ofItsConfiguration() {
        return EveryOptionTest.options()
                .map(option -> new Setting(option.name(), option.valid(), option.value(), option.with()));
    }

    static Stream<Setting> all() {
        return Stream.concat(ofTheComponent(), ofItsConfiguration());
    }

    @Test
    void theCatalogHasNoOtherOptions() throws Exception {
        List<String> tested = new ArrayList<>(all().map(Setting::name).toList());
        tested.add(CONFIGURATION);

        assertThat(Catalog.model().getComponentOptions())
                .extracting(BaseOptionModel::getName)
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    @ParameterizedTest
    @MethodSource("all")
    void byItsName(Setting setting) throws Exception {
        expectArrivesWhenSet(setting, "");
    }

    @ParameterizedTest
    @MethodSource("ofItsConfiguration")
    void insideOfTheConfiguration(Setting setting) throws Exception {
        expectArrivesWhenSet(setting, CONFIGURATION + ".");
    }

    private void expectArrivesWhenSet(Setting setting, String prefix) throws Exception {
        FifoComponent without = new FifoComponent();
        assertThat(value(without, setting)).as("the default").isNotEqualTo(setting.value());
        Main main = closingMain();
        setting.set(main, prefix);

        main.start();

        FifoComponent component = main.getCamelContext().getComponent("fifo", FifoComponent.class);
        assertThat(value(component, setting)).isEqualTo(setting.value());
    }

    private static Object value(FifoComponent component, Setting setting) {
        PropertyConfigurerGetter options = (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
        return options.getOptionValue(component, setting.name(), false);
    }

    @Test
    void theWholeConfigurationByABean() throws Exception {
        FifoConfiguration configuration = new FifoConfiguration();
        Main main = closingMain();
        main.bind("shared", configuration);
        main.addInitialProperty(PREFIX + CONFIGURATION, "#bean:shared");

        main.start();

        assertThat(main.getCamelContext()
                        .getComponent("fifo", FifoComponent.class)
                        .getConfiguration())
                .isSameAs(configuration);
    }

    /** The only options of which every text that is not blank may be meant. */
    @ParameterizedTest
    @ValueSource(strings = {"replyTo", "lockFile"})
    void aPathThatIsBlankFailsTheStart(String option) throws Exception {
        Main main = closingMain();
        main.addInitialProperty(PREFIX + option, " ");

        assertThatThrownBy(main::start).hasStackTraceContaining(option);
    }

    @Test
    void anOptionThatThereIsNotFailsTheStart() throws Exception {
        Main main = closingMain();
        main.addInitialProperty(PREFIX + "max-frame-size", "2k");

        assertThatThrownBy(main::start).hasStackTraceContaining("maxFrameSize=2k");
    }

    private Main closingMain() throws Exception {
        Main main = new Main();
        closing(main::stop);
        return main;
    }
}
