package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.dsl.FifoComponentBuilderFactory;
import io.github.camelfifo.dsl.FifoComponentBuilderFactory.FifoComponentBuilder;
import io.github.camelfifo.pipe.NoReader;
import io.github.camelfifo.testing.Catalog;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.util.StringHelper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad option of the component fails the start, however it is given and though no endpoint has it. */
class ComponentOptionsTest extends FifoTestSupport {

    private static final String TIME = "in milliseconds or such as 30s";
    private static final String SIZE = "bytes or with k, m or g";
    private static final String WORD = "later";

    /** What is no value of an option that Camel takes for text; one of these for each such option. */
    private static final Map<String, Bad> TEXTS = Map.ofEntries(
            Map.entry("baseDirectory", new Bad("/dev/null", "the path of a folder")),
            Map.entry("charset", new Bad("no-such", "such as UTF-8")),
            Map.entry("chunkSize", new Bad("12q", SIZE)),
            Map.entry("delimiter", new Bad("\\q", "\\n")),
            Map.entry("frameLength", new Bad("1.5k", SIZE)),
            Map.entry("group", new Bad("nobody-of-that-name", "a number nor a name")),
            Map.entry("maxFrameLength", new Bad("9999g", SIZE)),
            Map.entry("owner", new Bad("-1", "a number nor a name")),
            Map.entry("permissions", new Bad("999", "three octal digits")),
            Map.entry("pipeCapacity", new Bad("0", SIZE)),
            Map.entry("replyTo", new Bad(" ", "the path of a FIFO")),
            Map.entry("exclude", new Bad("{a", "a glob of file names")),
            Map.entry("include", new Bad("[a", "a glob of file names")),
            Map.entry("lockFile", new Bad(" ", "the path of a file")));

    /** A value that is refused, and a part of what is said of that. */
    private record Bad(String value, String accepted) {}

    /** An option with a value that is refused. */
    private record BadOption(String name, String value, String accepted) {

        String kebabName() {
            return StringHelper.camelCaseToDash(name);
        }

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    /** All options that the component has, each with what its type does not take. */
    static Stream<BadOption> options() throws Exception {
        PropertyConfigurerGetter types = new FifoComponentConfigurer();
        return Catalog.model().getComponentOptions().stream()
                .map(ComponentOptionModel::getName)
                .flatMap(name -> bad(name, types.getOptionType(name, false)).stream()
                        .map(bad -> new BadOption(name, bad.value(), bad.accepted())));
    }

    /** Blank properties Camel refuses itself. */
    static Stream<BadOption> optionsThatAreNotBlank() throws Exception {
        return options().filter(option -> !option.value().isBlank());
    }

    static Stream<BadOption> optionsOfABean() throws Exception {
        return optionsThatAreNotBlank().filter(option -> isOfABean(option.name()));
    }

    private static List<Bad> bad(String name, Class<?> type) {
        if (type == String.class) {
            assertThat(TEXTS).as("what is no value of a text option").containsKey(name);
            return List.of(TEXTS.get(name));
        }
        if (type == long.class) {
            return List.of(new Bad(WORD, TIME), new Bad("1k", TIME), new Bad("-1", TIME));
        }
        if (type == int.class) {
            return List.of(new Bad(WORD, "a whole number"), new Bad("1m", "a whole number"), new Bad("0", "is not 1"));
        }
        if (type == boolean.class) {
            return List.of(new Bad("maybe", "true or false"));
        }
        return type.isEnum()
                ? List.of(new Bad("NONE_OF_THEM", type.getEnumConstants()[0].toString()))
                : List.of(new Bad("nothing", "a bean of the type " + type.getSimpleName()));
    }

    @ParameterizedTest
    @MethodSource("optionsThatAreNotBlank")
    void byAProperty(BadOption option) throws Exception {
        Main main = application(option.name() + "=" + option.value());

        expectRefused(main::start, option.toString(), option.accepted());
    }

    @ParameterizedTest
    @MethodSource("optionsThatAreNotBlank")
    void byAPropertyWithDashes(BadOption option) throws Exception {
        Main main = application(option.kebabName() + "=" + option.value());

        expectRefused(main::start, option.toString(), option.accepted());
    }

    @ParameterizedTest
    @MethodSource("options")
    void byTheConfigurerOfTheComponent(BadOption option) {
        FifoComponent component = new FifoComponent();

        expectRefused(
                () -> {
                    PropertyBindingSupport.build()
                            .withCamelContext(context)
                            .withConfigurer(component.getComponentPropertyConfigurer())
                            .withTarget(component)
                            .withIgnoreCase(true)
                            .withProperty(option.name(), option.value())
                            .bind();
                    context.addComponent("pipes", component);
                },
                option.toString(),
                option.accepted());
    }

    @ParameterizedTest
    @MethodSource("typedOptions")
    void byTheComponentDsl(TypedOption option) throws Exception {
        FifoComponentBuilder builder = FifoComponentBuilderFactory.fifo();
        call(builder, option.name(), option.value());

        expectRefused(() -> builder.register(context, "pipes"), option.toString());
    }

    @ParameterizedTest
    @MethodSource("typedOptions")
    void byASetter(TypedOption option) throws Exception {
        FifoComponent component = new FifoComponent();
        FifoConfiguration configuration = new FifoConfiguration();
        call(isOfABean(option.name()) ? configuration : component, setter(option.name()), option.value());
        component.setConfiguration(configuration);

        expectRefused(() -> context.addComponent("pipes", component), option.toString());
    }

    @ParameterizedTest
    @MethodSource("typedOptionsOfABean")
    void byABean(TypedOption option) throws Exception {
        FifoConfiguration configuration = new FifoConfiguration();
        call(configuration, setter(option.name()), option.value());
        Main main = application("configuration=#bean:shared");
        main.bind("shared", configuration);

        expectRefused(main::start, option.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "framing=CHUNKS, max-batch-size=5, maxBatchSize=5 does not go with framing=CHUNKS",
        "framing=SESSION, acknowledge=ON_COMPLETION, acknowledge=ON_COMPLETION does not go with framing=SESSION",
        "framing=SESSION, body-type=BYTES, bodyType=BYTES does not go with framing=SESSION",
        "framing=DELIMITED, charset=UTF-16, charset=UTF-16",
        "framing=FIXED, delimiter=;, delimiter=; does not go with framing=FIXED",
        "hold-open=true, no-reader=FAIL, noReader=FAIL does not go with holdOpen=true"
    })
    void optionsThatContradictEachOtherFailTheStart(String one, String other, String message) throws Exception {
        Main main = application(one, other);

        expectRefused(main::start, message);
    }

    /** Not yet: it may be an endpoint that has what is missing. */
    @Test
    void whatAnEndpointMayAddToDoesNot() throws Exception {
        Main main = application("on-failure=RETRY", "retry-delay=5s", "delimiter=;", "request-timeout=5s");
        main.start();

        FifoEndpoint endpoint = main.getCamelContext()
                .getEndpoint(
                        uri(
                                folder.path("in"),
                                "acknowledge=ON_COMPLETION&framing=DELIMITED",
                                "replyTo=" + folder.path("replies")),
                        FifoEndpoint.class);
        assertThat(endpoint.getConfiguration().getRetryDelay()).isEqualTo(5_000);
        assertThatThrownBy(() -> main.getCamelContext().getEndpoint(uri(folder.path("in"))))
                .hasStackTraceContaining("delimiter=; does not go with framing=LINES");
    }

    @Test
    void aBaseDirectoryThatIsAFileFailsTheStart() throws Exception {
        Path file = Files.createFile(folder.path("file"));
        Main main = application("baseDirectory=" + file);

        expectRefused(main::start, "baseDirectory=" + file, "the path of a folder");
    }

    @ParameterizedTest
    @MethodSource("optionsOfABean")
    void insideOfTheConfiguration(BadOption option) throws Exception {
        Main main = application("configuration." + option.kebabName() + "=" + option.value());

        expectRefused(main::start, option.toString(), option.accepted());
    }

    @ParameterizedTest
    @MethodSource("optionsOfABean")
    void insideOfABeanThatCamelMakes(BadOption option) throws Exception {
        Main main = application("configuration=#bean:shared");
        main.addInitialProperty("camel.beans.shared", "#class:" + FifoConfiguration.class.getName());
        main.addInitialProperty("camel.beans.shared." + option.kebabName(), option.value());

        expectRefused(main::start, option.toString(), option.accepted());
    }

    @ParameterizedTest
    @MethodSource("optionsThatAreNotBlank")
    void insideOfAComponentThatIsABean(BadOption option) throws Exception {
        Main main = new Main();
        closing(main::stop);
        main.addInitialProperty("camel.beans.pipes", "#class:" + FifoComponent.class.getName());
        main.addInitialProperty("camel.beans.pipes." + option.kebabName(), option.value());
        main.configure()
                .addLambdaRouteBuilder(
                        routes -> routes.from("pipes:" + folder.path("in")).to("mock:got"));

        expectRefused(main::start, option.toString(), option.accepted());
    }

    @Test
    void goodOnesInsideOfABeanReachTheEndpoints() throws Exception {
        Main main = application("configuration=#bean:shared");
        main.addInitialProperty("camel.beans.shared", "#class:" + FifoConfiguration.class.getName());
        main.addInitialProperty("camel.beans.shared.reader-timeout", "5s");
        main.addInitialProperty("camel.beans.shared.noReader", "fail");
        main.start();

        FifoConfiguration made = main.getCamelContext()
                .getEndpoint(uri(folder.path("out")), FifoEndpoint.class)
                .getConfiguration();
        assertThat(made.getReaderTimeout()).isEqualTo(5_000);
        assertThat(made.getNoReader()).isEqualTo(NoReader.FAIL);
    }

    @Test
    void anOptionOfTheComponentIsNoneOfTheConfiguration() throws Exception {
        Main main = application("configuration.lazy-start-producer=true");

        assertThatThrownBy(main::start).hasStackTraceContaining("lazyStartProducer=true");
    }

    @Test
    void workersThatAreTakenAwayAfterTheStartFailTheFirstRoute() throws Exception {
        context.start();
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(0);

        assertThatThrownBy(() ->
                        routes(routes -> routes.from(uri(folder.path("in"))).to("mock:got")))
                .hasMessage("workerThreads=0 is not 1 or more");
    }

    @Test
    void aBlankBaseDirectoryByASetter() {
        FifoComponent component = new FifoComponent();
        component.setBaseDirectory(" ");

        expectRefused(() -> context.addComponent("pipes", component), "baseDirectory= ", "the path of a folder");
    }

    @Test
    void goodOnesReachTheEndpoints() throws Exception {
        Main main = application(
                "reader-timeout=5s", "maxFrameLength=2k", "no-reader=fail", "strict=TRUE", "worker-threads=7");
        main.start();

        FifoConfiguration made = main.getCamelContext()
                .getEndpoint(uri(folder.path("out")), FifoEndpoint.class)
                .getConfiguration();
        assertThat(made.getReaderTimeout()).isEqualTo(5_000);
        assertThat(made.getMaxFrameLength()).isEqualTo("2k");
        assertThat(made.getNoReader()).isEqualTo(NoReader.FAIL);
        assertThat(made.isStrict()).isTrue();
        assertThat(main.getCamelContext()
                        .getComponent("fifo", FifoComponent.class)
                        .getWorkerThreads())
                .isEqualTo(7);
    }

    /** An option with a value of its own type. */
    private record TypedOption(String name, Object value) {

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    /** What a setter of that type takes and the option does not; there is nothing of the kind for true and false. */
    static Stream<TypedOption> typedOptions() throws Exception {
        return options()
                .map(option -> option.name())
                .distinct()
                .filter(name -> type(name) != boolean.class && type(name) != FifoConfiguration.class)
                .map(name -> new TypedOption(name, badOfItsType(name, type(name))));
    }

    static Stream<TypedOption> typedOptionsOfABean() throws Exception {
        return typedOptions().filter(option -> isOfABean(option.name()));
    }

    private static boolean isOfABean(String option) {
        return Stream.of(FifoConfiguration.class.getMethods())
                .anyMatch(method -> method.getName().equals(setter(option)));
    }

    private static Class<?> type(String option) {
        return new FifoComponentConfigurer().getOptionType(option, false);
    }

    private static Object badOfItsType(String name, Class<?> type) {
        if (type == long.class) {
            return -1L;
        }
        if (type == int.class) {
            return 0;
        }
        return type == String.class ? TEXTS.get(name).value() : null;
    }

    private static String setter(String option) {
        return "set" + StringHelper.capitalize(option);
    }

    private static void call(Object target, String name, Object value) throws ReflectiveOperationException {
        Method method = Stream.of(target.getClass().getMethods())
                .filter(each -> each.getName().equals(name) && each.getParameterCount() == 1)
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        method.invoke(target, value);
    }

    private static void expectRefused(ThrowingCallable start, String... said) {
        assertThatThrownBy(start).rootCause().hasMessageContainingAll(said);
    }

    private Main application(String... properties) throws Exception {
        Main main = new Main();
        closing(main::stop);
        for (String property : properties) {
            main.addInitialProperty(
                    "camel.component.fifo." + StringHelper.before(property, "="), StringHelper.after(property, "="));
        }
        return main;
    }
}
